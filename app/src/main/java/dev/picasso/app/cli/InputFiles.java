package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The arrays that a scripting command feeds to a model. */
final class InputFiles {
  @Option(
      names = "--input",
      paramLabel = "[NAME=]FILE",
      description =
          "Input as .npy, batch first, in the model file's own layout. Once for each input, with"
              + " its name where there are several.")
  private List<String> files = new ArrayList<>();

  /** The arrays by name; an empty name stands for the only input. */
  Map<String, Tensor> read() {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (String file : files) {
      int equals = file.indexOf('=');
      String name = equals < 0 ? "" : file.substring(0, equals);
      if (inputs.put(name, NpyFile.read(Path.of(file.substring(equals + 1)))) != null) {
        throw new PicassoException("--input " + file + ": there is an input of that name already.");
      }
    }
    return inputs;
  }

  /** The files that they lie in. */
  List<Path> paths() {
    return files.stream().map(f -> Path.of(f.substring(f.indexOf('=') + 1))).toList();
  }

  /**
   * The arrays under the graph's names, in its shapes and types.
   *
   * @throws PicassoException if names or sizes do not fit
   */
  static Map<String, Tensor> fitted(Map<String, Tensor> given, List<Value> wanted) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    if (given.size() != wanted.size()) {
      throw new PicassoException(
          "The model takes "
              + wanted.size()
              + (wanted.size() == 1 ? " input" : " inputs")
              + ", not "
              + given.size()
              + ": "
              + names(wanted)
              + ".");
    }
    given.forEach(
        (name, x) -> {
          Value input = input(name, wanted);
          inputs.put(input.name(), fit(x, input));
        });
    return inputs;
  }

  private static Value input(String name, List<Value> wanted) {
    if (name.isEmpty() && wanted.size() == 1) {
      return wanted.get(0);
    }
    return wanted.stream()
        .filter(v -> plain(v.name()).equals(plain(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new PicassoException(
                    (name.isEmpty() ? "--input needs a name" : "The model has no input " + name)
                        + "; there are "
                        + names(wanted)
                        + "."));
  }

  /**
   * Without the number of the first output, which TensorFlow writes behind the name or does not.
   */
  private static String plain(String name) {
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }

  private static String names(List<Value> wanted) {
    return wanted.stream().map(v -> v.name() + " " + v.shape()).collect(Collectors.joining(", "));
  }

  /** An axis of length one more or less is no reason to refuse. */
  private static Tensor fit(Tensor x, Value input) {
    Shape shape = input.shape();
    if (x.shape().rank() == 0 || shape.rank() == 0) {
      return x;
    }
    long batch = x.shape().dim(0);
    Shape wanted = shape.batchAxes() == 0 ? shape : shape.withBatch(batch);
    if (!x.shape().equals(wanted) && wanted.size() != x.size()) {
      throw new PicassoException(
          "The input " + input.name() + " is " + shape + "; the array is " + x.shape() + ".");
    }
    return x.reshaped(wanted.dims());
  }
}
