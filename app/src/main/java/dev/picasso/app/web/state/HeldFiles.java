package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.format.SafeNames;
import dev.picasso.model.config.ConfiguredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What a person gave the inputs of models that are not explained: files in the session's folder,
 * each in a folder of its own, under the name that the person knows.
 */
public final class HeldFiles {
  private static final String FOLDER = "held";

  private HeldFiles() {}

  /**
   * Keeps a file for a model.
   *
   * @param given what the person calls it
   * @param bytes of it
   * @throws NoRoomException if the disk has no room for it
   */
  public static Path keep(
      Session session, ConfiguredModel model, String given, long bytes, ImageStore.Source source) {
    session.take(bytes);
    Path beside = KeptInputs.beside(session.folder(), model);
    Path own = beside.resolve(FOLDER).resolve(Names.random());
    try {
      Path file = Files.createDirectories(own).resolve(SafeNames.file(Names.shown(given)));
      source.writeTo(file);
      return file;
    } catch (IOException e) {
      Folders.delete(own);
      session.giveBack(bytes);
      if (NoRoomException.isFullDisk(e)) {
        throw NoRoomException.diskIsFull(e);
      }
      throw new PicassoException(Names.shown(given) + ": cannot be stored.", e);
    }
  }

  /** Deletes those of some files that were kept so for this session. */
  public static void discard(Session session, Collection<Path> files) {
    for (Path file : files) {
      Path own = file.resolveSibling("");
      boolean ours =
          own.startsWith(session.folder())
              && own.getNameCount() >= 2
              && own.getName(own.getNameCount() - 2).toString().equals(FOLDER);
      if (ours) {
        session.giveBack(Folders.size(own));
        Folders.delete(own);
      }
    }
  }
}
