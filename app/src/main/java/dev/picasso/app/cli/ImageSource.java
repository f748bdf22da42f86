package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.decode.ImageDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Images from files, from pipes, and from the standard input, which is called "-". */
final class ImageSource {
  private static final Path STANDARD_INPUT = Path.of("-");

  private ImageSource() {}

  /**
   * Reads and decodes one.
   *
   * @throws dev.picasso.image.ImageException if it cannot be read, is too large, or is no image
   */
  static DecodedImage decode(Path file) {
    ImageDecoder decoder = ImageDecoder.standard();
    return file.equals(STANDARD_INPUT) ? decoder.decode("-", System.in) : decoder.decode(file);
  }

  /**
   * Refuses what is given twice and comes only once.
   *
   * @throws PicassoException if there is such
   */
  static void requireReadable(List<Path> files) {
    Set<Path> streams = new HashSet<>();
    for (Path file : files) {
      boolean input = file.equals(STANDARD_INPUT) || file.equals(Path.of("/dev/stdin"));
      boolean stream =
          input || (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file));
      if (stream && !streams.add(input ? STANDARD_INPUT : file)) {
        throw new PicassoException(
            file + ": what comes through a pipe can be read once; it is given twice.");
      }
    }
  }
}
