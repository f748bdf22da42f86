package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import dev.picasso.examples.Examples;
import dev.picasso.graph.Tensor;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far the sums of maps are from what methods promise, on trained networks. With {@code
 * -Dpicasso.write-docs} docs/methods-compared.md is written anew.
 */
class SumsComparedTest {
  private static final Section TABLE = Section.of("methods-compared.md", "## Sums");

  private static final List<Attribution> METHODS =
      List.of(
          Methods.builtIn().get("integrated-gradients"),
          Methods.builtIn().get("integrated-gradients", Map.of("steps", "500")),
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
          digits("wild/keras3-digits/model.keras"),
          digits("wild/keras3-mnist-cnn/model.keras"),
          digits("wild/savedmodel-digits-small"),
          digits("wild/savedmodel-mnist-cnn"),
          digits("wild/tflite-digits/tflite_model.tflite"),
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

  /** On the second network 50 steps of integrated gradients miss 8 in a hundred. */
  @ParameterizedTest(name = "network {0}, method {1}")
  @CsvSource({"0, 0", "1, 0", "0, 2", "1, 2"})
  void onTheTanksSumsAreWithinOneInAHundred(int network, int method) {
    Case tanks = CASES.get(network);
    try (ReadyModel model = tanks.load()) {
      assertThat(worst(METHODS.get(method), tanks.trials(model)).orElseThrow()).isLessThan(.01);
    }
  }

  @ParameterizedTest(name = "network {0}")
  @CsvSource({"0", "1"})
  void relevanceAndWhatBiasesTookAreTheScoreOfTheTanks(int network) {
    Case tanks = CASES.get(network);
    try (ReadyModel model = tanks.load()) {
      assertThat(withBiases(tanks.trials(model))).isLessThan(.01);
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
    StringBuilder text = new StringBuilder(MethodRows.before(TABLE.text()));
    text.append(
        "| | integrated gradients | with 500 steps | DeepLIFT | LRP-ε, biases ignored | LRP-ε and"
            + " biases |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (Case each : CASES) {
      StringBuilder row = new StringBuilder("| " + each.model() + " |");
      try (ReadyModel model = each.load()) {
        List<Trial> trials = each.trials(model);
        for (Attribution method : METHODS) {
          row.append(cell(worst(method, trials)));
        }
        row.append(cell(Optional.of(withBiases(trials))));
      }
      System.err.println(row);
      text.append(row).append("\n");
    }
    return text.toString();
  }

  private static String cell(Optional<Double> share) {
    return share
        .map(
            s ->
                Double.isInfinite(s)
                    ? " not finite |"
                    : String.format(Locale.ROOT, " %.3f %% |", 100 * s))
        .orElse(" – |");
  }

  /** How far the relevance at the pixels and what biases took of it are from the score. */
  private static double withBiases(List<Trial> trials) {
    double worst = 0;
    for (Trial trial : trials) {
      double pixels = sum(trial.maps(Methods.builtIn().get("lrp")).orElseThrow());
      double off = Math.abs(pixels + BiasRelevance.of(trial) - score(trial));
      worst = Math.max(worst, off / Math.abs(score(trial)));
    }
    return worst;
  }

  private static double sum(Maps maps) {
    double sum = 0;
    for (float number : maps.values().floats()) {
      sum += number;
    }
    return sum;
  }

  private static double score(Trial trial) {
    Tensor x = trial.image().prepared().x();
    return trial.model().explainer().predict(x).score(0, trial.target());
  }

  /** The largest difference of the images, as a share of what the map should sum to. */
  private static Optional<Double> worst(Attribution method, List<Trial> trials) {
    double worst = 0;
    for (Trial trial : trials) {
      Optional<Maps> maps;
      try {
        maps = trial.maps(method);
      } catch (SettingException e) {
        return Optional.of(Double.POSITIVE_INFINITY); // refused, since its numbers would be none
      }
      if (maps.isEmpty()) {
        return Optional.empty();
      }
      double off = off(trial, maps.get());
      worst = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(worst, off);
    }
    return Optional.of(worst);
  }

  private static double off(Trial trial, Maps maps) {
    return maps.residuals()
        .map(shares -> shares[0])
        .orElseGet(() -> Math.abs(sum(maps) - score(trial)) / Math.abs(score(trial)));
  }
}
