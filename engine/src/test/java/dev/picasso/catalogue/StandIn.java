package dev.picasso.catalogue;

import dev.picasso.catalogue.CatalogueEntry.Input;
import dev.picasso.catalogue.CatalogueEntry.Labels;
import dev.picasso.image.Preset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Entries for small models of the test's own. */
public final class StandIn {
  private StandIn() {}

  /**
   * A model with its labels.
   *
   * @param labels as a text, the first line of which is no class of the model's
   * @param width of the input, as high as it is wide
   */
  public static CatalogueEntry entry(String name, RemoteFile model, RemoteFile labels, int width) {
    return new CatalogueEntry(
        name,
        "A stand-in: " + name,
        "Small, for tests; it's <b>no</b> \"real\" one.",
        "The test",
        "none",
        model,
        Optional.empty(),
        new Labels(labels, 1),
        new Input(width, width, Preset.TORCH, Optional.empty()));
  }

  /** Labels after a line "background". */
  public static byte[] labels(String... names) {
    return ("background\n" + String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
