package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code attribute --plan}, and occlusion of parts and of a sample on the command line. */
class PlanTest {
  @TempDir Path folder;

  private Terminal plan(TestModel kind, Object method, String... settings) throws IOException {
    Object[] words = new Object[5 + 2 * settings.length];
    words[0] = "attribute";
    words[1] = kind.write(folder);
    words[2] = "--method";
    words[3] = method;
    words[4] = "--plan";
    for (int i = 0; i < settings.length; i++) {
      words[5 + 2 * i] = "--set";
      words[6 + 2 * i] = settings[i];
    }
    return Terminal.run(words);
  }

  @Test
  void aPlanIsATableOfLayersAndWhatIsExpected() throws IOException {
    Terminal plan = plan(TestModel.COLOUR, "occlusion", "patch=3");
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.code()).isZero();
    assertThat(plan.out().lines().findFirst().orElseThrow())
        .matches("layer +operator +map +part +share");
    assertThat(plan.out())
        .contains("parts end: ")
        .contains("With a patch of 3 × 3 hidden")
        .contains("times as fast as the whole model")
        .contains("The model runs whole for each patch. Parts would be")
        .endsWith("it does not pay.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "FLAT, no axes of rows",
    "ONE_SIGMOID, times as fast",
  })
  void whereTheModelRunsWholeItSaysWhy(TestModel kind, String why) throws IOException {
    Terminal plan = plan(kind, "occlusion");
    assertThat(plan.code()).isZero();
    assertThat(plan.out()).contains("The model runs whole for each patch. ").contains(why);
  }

  @Test
  void otherMethodsHaveNoPlan() throws IOException {
    Terminal plan = plan(TestModel.COLOUR, "saliency");
    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.problems())
        .isEqualTo(
            "--plan: saliency hides no patches, so that nothing is computed in part; occlusion"
                + " does.");
  }

  @ParameterizedTest
  @CsvSource({
    "stride=0, 'stride is 0; it must be'",
    "share=0, 'share is 0; it must be'",
    "share=1.5, 'share is 1.5; it must be'",
    "regions=some, 'regions is some; it must be'",
  })
  void aWrongSettingIsRefused(String setting, String message) throws IOException {
    Terminal refused = plan(TestModel.COLOUR, "occlusion", setting);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems()).contains(message);
  }

  @Test
  void anApproximateMapSaysHowFarOffItIs() throws IOException {
    float[] x = new float[360];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 31 % 17 / 17f;
    }
    Path file = folder.resolve("x.npy");
    NpyFile.write(file, Tensor.of(x, 1, 3, 10, 12));
    Path map = folder.resolve("map.npy");
    Object model = TestModel.COLOUR.write(folder);
    Terminal done = occlusion(model, file, map, "patch=2", "stride=1", "regions=approximate");
    assertThat(done.code()).isZero();
    assertThat(done.err())
        .containsPattern(
            "note: image by image: \\d+ of 99 squares computed, the others estimated; on \\d+ of"
                + " these, .*the largest error is [0-9.e-]+\\.");
    Terminal large = occlusion(model, file, map, "patch=500");
    assertThat(large.code()).isZero();
    float[] one = NpyFile.read(map).floats();
    assertThat(one).containsOnly(one[0]);
  }

  /** Writes the occlusion map of class 1 with some settings. */
  private static Terminal occlusion(Object model, Path file, Path map, String... settings) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("attribute", model, "--method", "occlusion", "--input", file, "--class", "1"));
    for (String setting : settings) {
      arguments.add("--set");
      arguments.add(setting);
    }
    arguments.add("-o");
    arguments.add(map);
    return Terminal.run(arguments.toArray());
  }
}
