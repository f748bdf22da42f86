package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the file that a command shall write, before anything takes time. */
final class OutputFile {
  /** How NumPy's files begin. */
  private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** How ONNX files begin: with the version of their format. */
  private static final byte[] ONNX = {8};

  private OutputFile() {}

  /**
   * Makes sure that an array can be written, and that what is given stays.
   *
   * @throws PicassoException if the file is one of the inputs or a part of the model, or there is
   *     no such folder
   */
  static void requireNpy(Path output, ModelRequest model, List<Path> inputs) {
    require(output, model, inputs, NPY);
  }

  /** The same for a model. */
  static void requireOnnx(Path output, ModelRequest model) {
    require(output, model, List.of(), ONNX);
  }

  private static void require(
      Path output, ModelRequest model, List<Path> inputs, byte[] beginning) {
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(output)) {
      throw new PicassoException(output + ": cannot be written, it is a folder; name a file.");
    }
    if (!Files.isDirectory(folder)) {
      throw new PicassoException(output + ": cannot be written, there is no such folder.");
    }
    if (!Files.isRegularFile(output)) {
      return;
    }
    Stream<Path> given =
        Stream.of(Stream.of(model.path()), model.options().weights().stream(), inputs.stream())
            .flatMap(s -> s);
    if (given.anyMatch(g -> isSame(g, output)) || isPart(output, model.path(), beginning)) {
      throw new PicassoException(
          output
              + ": is not written over, since it is what the command reads, or lies beside it and"
              + " is something else. Name another file.");
    }
  }

  private static boolean isSame(Path a, Path b) {
    try {
      return Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }

  /** Beside the model lie its weights and labels; results of the same kind may give way. */
  private static boolean isPart(Path output, Path model, byte[] beginning) {
    try {
      Path file = output.toRealPath();
      Path real = model.toRealPath();
      boolean beside =
          Files.isDirectory(real)
              ? file.startsWith(real)
              : file.resolveSibling("").equals(real.resolveSibling(""));
      return beside && !beginsWith(file, beginning);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean beginsWith(Path file, byte[] beginning) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(beginning.length);
      return bytes.length == 0 || Arrays.equals(bytes, beginning);
    }
  }
}
