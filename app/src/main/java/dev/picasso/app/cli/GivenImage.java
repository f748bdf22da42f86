package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.run.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An image from a file, from a pipe, or from the standard input, which is called "-". */
record GivenImage(Path file) implements ImageSource {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Read read(Stop stop) {
    ImageDecoder decoder = ImageDecoder.standard();
    byte[] bytes =
        file.equals(STANDARD_INPUT) ? decoder.read("-", System.in) : decoder.read(name(), file);
    return Read.of(name(), bytes, decoder, stop);
  }

  static List<GivenImage> all(List<Path> files) {
    return files.stream().map(GivenImage::new).toList();
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
