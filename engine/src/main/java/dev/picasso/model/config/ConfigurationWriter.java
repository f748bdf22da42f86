package dev.picasso.model.config;

import dev.picasso.Words;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.graph.Shape;
import dev.picasso.image.Preprocessing;
import dev.picasso.model.Head;
import dev.picasso.model.ModelRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Writes a {@code picasso.yaml} for one model, which {@link Configuration} reads as it was. */
public final class ConfigurationWriter {
  private static final int HEX = 16;

  private final StringBuilder text = new StringBuilder("models:\n");
  private final Path folder;

  private ConfigurationWriter(Path folder) {
    this.folder = folder;
  }

  /**
   * The text of the file.
   *
   * @param preprocessing how images get in
   * @param folder where the file will lie; paths in it are written relative to this
   */
  public static String of(ConfiguredModel model, Preprocessing preprocessing, Path folder) {
    ConfigurationWriter writer = new ConfigurationWriter(folder.toAbsolutePath().normalize());
    writer.model(model.request());
    writer.text.append("    preprocessing:\n");
    PreprocessingKeys.of(preprocessing)
        .forEach((key, value) -> writer.text.append("      ").append(line(key, value)));
    if (model.preprocessing().assumed()) {
      writer.text.append("      ").append(PreprocessingKeys.ASSUMED).append(": true\n");
    }
    writer.line("top", String.valueOf(model.top()));
    writer.files(model.images(), model.held());
    return writer.text.toString();
  }

  /**
   * The text that says what is said of a model and leaves open what is left open, to be read by
   * {@link SentConfiguration#kept}. Classes of the user's are left out, and files elsewhere but for
   * what inputs hold.
   *
   * @param folder where the file will lie; its files are named relative to it
   */
  public static String said(ConfiguredModel model, Path folder) {
    ConfigurationWriter writer = new ConfigurationWriter(folder.toAbsolutePath().normalize());
    writer.text.append("  - title: ").append(quoted(model.request().title())).append('\n');
    writer.request(model.request().with(writer.told(model.request().options())));
    if (model.preprocessing().custom().isEmpty()) {
      Map<String, Object> keys = PreprocessingKeys.of(model.preprocessing());
      writer.text.append(keys.isEmpty() ? "    preprocessing: {}\n" : "    preprocessing:\n");
      keys.forEach((key, value) -> writer.text.append("      ").append(line(key, value)));
    }
    writer.line("top", String.valueOf(model.top()));
    writer.files(model.images().stream().filter(writer::isInside).toList(), model.held());
    return writer.text.toString();
  }

  private ImportOptions told(ImportOptions options) {
    Map<String, LambdaMeaning> lambdas = new TreeMap<>(options.lambdas());
    lambdas.values().removeIf(LambdaMeaning.Custom.class::isInstance);
    return options.withWeights(options.weights().filter(this::isInside)).withLambdas(lambdas);
  }

  private void files(List<Path> images, Map<String, Path> held) {
    if (!images.isEmpty()) {
      list("images", images.stream().map(this::path).toList());
    }
    if (!held.isEmpty()) {
      text.append("    held:\n");
      new TreeMap<>(held).forEach((name, file) -> entry(name, quoted(path(file))));
    }
  }

  private void model(ModelRequest request) {
    text.append("  - id: ").append(quoted(request.id())).append('\n');
    if (!request.title().equals(request.id())) {
      line("title", quoted(request.title()));
    }
    request(request);
  }

  private void request(ModelRequest request) {
    line("path", quoted(path(request.path())));
    request.format().ifPresent(f -> line("format", quoted(f)));
    options(request.options());
    request.head().ifPresent(head -> line("head", words(head)));
    if (!request.labels().isEmpty()) {
      list("labels", request.labels());
    }
  }

  private void options(ImportOptions options) {
    options.weights().ifPresent(file -> line("weights", quoted(path(file))));
    if (options.theanoKernels()) {
      line("kernels", "theano");
    }
    if (!options.inputShapes().isEmpty() || !options.inputs().isEmpty()) {
      inputs(options);
    }
    if (!options.outputs().isEmpty()) {
      list("output", options.outputs());
    }
    options.signature().ifPresent(s -> line("signature", quoted(s)));
    if (!options.tags().isEmpty()) {
      list("tags", options.tags().stream().sorted().toList());
    }
    lambdas(options.lambdas());
  }

  private void inputs(ImportOptions options) {
    text.append("    input:\n");
    for (String name : options.inputs()) {
      text.append("      - {name: ").append(quoted(name));
      shape(options, name).ifPresent(s -> text.append(", shape: ").append(sides(s)));
      text.append("}\n");
    }
    shape(options, "")
        .ifPresent(s -> text.append("      - {shape: ").append(sides(s)).append("}\n"));
  }

  private static Optional<Shape> shape(ImportOptions options, String name) {
    return Optional.ofNullable(options.inputShapes().get(name));
  }

  /** Of one image. */
  private static String sides(Shape shape) {
    return LongStream.of(shape.dims())
        .skip(1)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void lambdas(Map<String, LambdaMeaning> lambdas) {
    if (lambdas.isEmpty()) {
      return;
    }
    text.append("    lambdas:\n");
    new TreeMap<>(lambdas)
        .forEach(
            (name, meaning) -> {
              if (meaning instanceof LambdaMeaning.Identity) {
                entry(name, "identity");
              } else if (meaning instanceof LambdaMeaning.Affine affine) {
                entry(
                    name,
                    "{scale: "
                        + Words.factor(affine.scale())
                        + ", offset: "
                        + Words.factor(affine.offset())
                        + "}");
              } else if (meaning instanceof LambdaMeaning.Custom custom) {
                entry(name, quoted(custom.function().getClass().getName()));
              }
            });
  }

  /** The word for a head in a configuration. */
  public static String words(Head.Kind head) {
    return head == Head.Kind.NUMBERS ? "none" : head.name().toLowerCase(Locale.ROOT);
  }

  private boolean isInside(Path file) {
    return file.toAbsolutePath().normalize().startsWith(folder);
  }

  private String path(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    return (isInside(file) ? folder.relativize(whole) : whole).toString().replace('\\', '/');
  }

  private void line(String key, String value) {
    text.append("    ").append(key).append(": ").append(value).append('\n');
  }

  private void list(String key, List<String> values) {
    text.append("    ").append(key).append(":\n");
    values.forEach(v -> text.append("      - ").append(quoted(v)).append('\n'));
  }

  private void entry(String key, String value) {
    text.append("      ").append(quoted(key)).append(": ").append(value).append('\n');
  }

  private static String line(String key, Object value) {
    String shown =
        value instanceof List<?> many
            ? many.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"))
            : String.valueOf(value);
    return key + ": " + shown + "\n";
  }

  /** Bare where that means the same text in YAML, else in double quotes. */
  static String quoted(String value) {
    boolean bare =
        value.matches("[A-Za-z_][A-Za-z0-9_./ -]*[A-Za-z0-9_]")
            && !value.matches("(?i)true|false|null|yes|no|on|off");
    if (bare) {
      return value;
    }
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (isUnseen(c)) {
        String hex = Integer.toString(c, HEX);
        out.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** What YAML refuses, or takes for the end of a line. */
  private static boolean isUnseen(char c) {
    boolean control = c < ' ' || (c >= 0x7f && c < 0xa0);
    return control || c == 0x2028 || c == 0x2029 || c == 0xfeff || c >= 0xfffe;
  }
}
