package dev.picasso.docs;

import dev.picasso.PicassoException;
import dev.picasso.TestData;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.pixels.PixelEvidence;
import dev.picasso.model.pixels.PixelSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/assumptions.md says what is assumed of models at hand, so that a changed guess is seen. With
 * {@code -Dpicasso.write-docs} it is written anew.
 */
class AssumptionsTest {
  private static final Section EXAMPLES = Section.of("assumptions.md", "## Examples");
  private static final Section DATA = Section.of("assumptions.md", "## Test data");
  private static final String AGAIN =
      "if the new guess is meant, it is written anew by ./mvnw test -Dtest=AssumptionsTest"
          + " -Dpicasso.write-docs=yes -Dsurefire.failIfNoSpecifiedTests=false";
  private static final int LABELS = 3;

  private static final ModelLoader LOADER = ModelLoader.standard();

  @Test
  void ofTheExamplesTheSameIsAssumed() throws IOException {
    EXAMPLES.holds(section(Path.of("../examples")), AGAIN);
  }

  @Test
  void ofTheTestDataTheSameIsAssumed() throws IOException {
    DATA.holds(section(TestData.require("")), AGAIN);
  }

  private static String section(Path root) {
    List<String> rows = new ArrayList<>();
    Map<String, Integer> imageless = new TreeMap<>();
    List<String> refused = new ArrayList<>();
    for (Path file : models(root)) {
      String name = root.relativize(file).toString().replace('\\', '/');
      try {
        ConfiguredModel configured = ConfiguredModel.of(file);
        Model model = LOADER.load(configured.request());
        if (model.input().isPresent()) {
          rows.add(row(name, configured, model, model.input().get()));
        } else {
          imageless.merge(name.split("/", -1)[0], 1, Integer::sum);
        }
      } catch (PicassoException e) {
        refused.add("`" + name + "`");
      }
    }
    StringBuilder text = new StringBuilder();
    text.append("\n| file | images | pixels | colours | classes | labels |\n");
    text.append("|---|---|---|---|---|---|\n");
    rows.forEach(text::append);
    if (!imageless.isEmpty()) {
      String counts =
          imageless.entrySet().stream()
              .map(e -> e.getValue() + " in " + e.getKey())
              .collect(Collectors.joining(", "));
      text.append("\nModels that take no image: " + counts + ".\n");
    }
    if (!refused.isEmpty()) {
      text.append("\nNot read: " + String.join(", ", refused) + ".\n");
    }
    return text.toString();
  }

  private static String row(String name, ConfiguredModel configured, Model model, InputSpec input) {
    String pixels;
    String colours;
    try {
      ModelInput found = ModelInput.of(configured.preprocessing(), model);
      PixelEvidence evidence = PixelSearch.of(model, input);
      pixels = evidence.range().map(r -> r + ": " + evidence.reason()).orElse("0 to 1, assumed");
      colours =
          ((Preprocessor) found.preprocessor()).settings().colour().name().toLowerCase(Locale.ROOT);
    } catch (PicassoException e) {
      pixels = "none: " + e.getMessage().replaceFirst("^[^:]*: ", "").replaceFirst("[;.].*", "");
      colours = "";
    }
    return "| %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            name,
            input.layout() + " " + input.height() + "x" + input.width() + "x" + input.channels(),
            pixels,
            colours,
            classes(model),
            labels(model))
        .replace(System.lineSeparator(), "\n");
  }

  private static String classes(Model model) {
    return model.scores().targets()
        + ", "
        + model.head().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String labels(Model model) {
    List<String> labels = model.classes();
    return labels.stream()
            .limit(LABELS)
            .map(l -> l.replace("|", "\\|"))
            .collect(Collectors.joining(", "))
        + (labels.size() > LABELS ? " … (" + labels.size() + ")" : "");
  }

  /** The models below a folder, each once: a folder that is one is not looked into. */
  private static List<Path> models(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> found = new ArrayList<>();
      for (Path child : children.sorted().toList()) {
        if (LOADER.recognises(child)) {
          found.add(child);
        } else if (Files.isDirectory(child)) {
          found.addAll(models(child));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
