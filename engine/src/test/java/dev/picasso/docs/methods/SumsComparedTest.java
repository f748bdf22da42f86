package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import dev.picasso.examples.Examples;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How far the sums of maps are from what methods promise, on trained networks. With {@code
 * -Dpicasso.write-docs} docs/methods-compared.md is written anew.
 */
class SumsComparedTest {
  private static final Section TABLE = Section.of("methods-compared.md", "## Sums");

  private static final List<Attribution> METHODS =
      List.of(
          Methods.builtIn().get("integrated-gradients"),
          Methods.builtIn().get("deeplift"),
          Methods.builtIn().get("lrp", Map.of("bias", "ignored")));

  private static final String TANKS = "examples/tanks/overcast.h5";

  /** Networks and the pictures that they are asked about. */
  private static final List<Case> CASES =
      List.of(
          Case.example(TANKS, "tanks/images", "tank-overcast-1.png", "no-tank-sunny-1.png"),
          Case.example(
              "examples/tanks/balanced.keras",
              "tanks/images",
              "tank-overcast-1.png",
              "no-tank-sunny-1.png"),
          Case.example("examples/mnist-keras/mnist.h5", "mnist-keras/images", "3-1.png", "7-1.png"),
          new Case(
              "tflite/mobilenet_v2_1.0_224_quant.tflite",
              true,
              List.of("images/cat.bmp", "images/owl.jpg")),
          digits("wild/keras3-digits"),
          digits("wild/keras3-mnist-cnn"),
          digits("wild/savedmodel-digits-small"),
          digits("wild/savedmodel-mnist-cnn"),
          digits("wild/tflite-digits"),
          digits("wild/tfjs-fashion"));

  /**
   * A network.
   *
   * @param model below the examples' parent, or below the test data
   * @param isShared whether it is among the test data
   */
  private record Case(String model, boolean isShared, List<String> images) {
    static Case example(String model, String folder, String... names) {
      return new Case(
          model, false, List.of(names).stream().map(n -> "examples/" + folder + "/" + n).toList());
    }

    private Path file(String name) {
      return name.startsWith("examples/")
          ? Examples.folder().resolveSibling(name)
          : TestData.require(name);
    }

    ReadyModel load() {
      return ReadyModel.load(
          ConfiguredModel.of(file(model)), ModelLoader.standard(), RuntimeOptions.defaults());
    }

    List<Trial> trials(ReadyModel ready) {
      return images.stream().map(image -> Trial.of(ready, file(image))).toList();
    }
  }

  private static Case digits(String model) {
    return new Case(
        model,
        true,
        List.of("examples/mnist-keras/images/3-1.png", "examples/mnist-keras/images/7-1.png"));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 1, 2})
  void onTheTanksSumsAreWithinOneInAHundred(int method) {
    Case tanks = CASES.get(0);
    try (ReadyModel model = tanks.load()) {
      assertThat(worst(METHODS.get(method), tanks.trials(model)).orElseThrow()).isLessThan(.01);
    }
  }

  @Test
  void theTableIsWhatWasMeasured() throws IOException {
    if (Section.isWriting()) {
      TABLE.holds(table(), "");
    }
    assertThat(TABLE.text()).contains("| " + TANKS + " |");
  }

  private static String table() throws IOException {
    StringBuilder text = new StringBuilder(TABLE.text().replaceFirst("(?s)\n\\|.*", "\n"));
    text.append("| | integrated gradients | DeepLIFT | LRP-ε, biases ignored |\n");
    text.append("|---|---|---|---|\n");
    for (Case each : CASES) {
      StringBuilder row = new StringBuilder("| " + each.model() + " |");
      try (ReadyModel model = each.load()) {
        for (Attribution method : METHODS) {
          row.append(
              worst(method, each.trials(model))
                  .map(share -> String.format(Locale.ROOT, " %.3f %% |", 100 * share))
                  .orElse(" – |"));
        }
      }
      System.err.println(row);
      text.append(row).append("\n");
    }
    return text.toString();
  }

  /** The largest difference of the images, as a share of what the map should sum to. */
  private static Optional<Double> worst(Attribution method, List<Trial> trials) {
    double worst = 0;
    for (Trial trial : trials) {
      Optional<Maps> maps = trial.maps(method);
      if (maps.isEmpty()) {
        return Optional.empty();
      }
      worst = Math.max(worst, off(trial, maps.get()));
    }
    return Optional.of(worst);
  }

  private static double off(Trial trial, Maps maps) {
    return maps.residuals()
        .map(shares -> shares[0])
        .orElseGet(
            () -> {
              double score =
                  trial
                      .model()
                      .explainer()
                      .predict(trial.image().prepared().x())
                      .score(0, trial.target());
              double sum = 0;
              for (float number : maps.values().floats()) {
                sum += number;
              }
              return Math.abs(sum - score) / Math.abs(score);
            });
  }
}
