package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Names of the catalogue where a command takes a model; files and folders go before them. */
final class CatalogueModels {
  private CatalogueModels() {}

  /**
   * The folder of a pulled model, where a path is its name and nothing lies at the path.
   *
   * @throws PicassoException if the catalogue has the model and this machine has not
   */
  static Path resolve(Path given, ModelStore store) {
    if (Files.exists(given) || given.isAbsolute() || given.getNameCount() != 1) {
      return given;
    }
    Optional<CatalogueEntry> entry = store.catalogue().find(given.toString());
    if (entry.isEmpty()) {
      return given;
    }
    if (!store.has(entry.get())) {
      throw new PicassoException(
          "%s is a model of the catalogue, and not on this machine yet (%s). Get it once:\n  picasso pull %s"
              .formatted(given, Words.bytes(entry.get().size()), given));
    }
    return store.folder(entry.get());
  }
}
