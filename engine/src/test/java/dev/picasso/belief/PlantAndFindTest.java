package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.gradients.GradientTimesInput;
import dev.picasso.attribution.perturbation.Occlusion;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Layout;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a network that says "red" where there is a red square of a few pixels, and else "plain". */
class PlantAndFindTest {
  private static final int SIDE = 20;
  private static final Preprocessor COLOURS =
      new Preprocessor(Preprocessing.of(SIDE, SIDE).with(Layout.NCHW).scaled(1 / 255., 0));
  private static final Planting USUAL = new Planting(3, .25, 200, .3, 5);

  @TempDir Path folder;

  private static Picture grey() {
    return Picture.grey(SIDE, SIDE, 90);
  }

  /** Plain: 0; red: 20 · (the reddest square of 3 × 3, red − green − ½) behind a rectifier. */
  private static Value scores(GraphBuilder g, Value x) {
    float[] kernel = new float[27];
    Arrays.fill(kernel, 0, 9, 1 / 9f);
    Arrays.fill(kernel, 9, 18, -1 / 9f);
    Value redness =
        g.conv(
            x,
            g.constant("kernel", Tensor.of(kernel, 1, 3, 3, 3)),
            Optional.empty(),
            Attributes.none());
    Value lit = g.relu(g.add(redness, g.constant("half", Tensor.of(new float[] {-.5f}, 1))));
    Value flat = g.reshape(lit, Shape.BATCH, (SIDE - 2) * (SIDE - 2));
    float[] sums = new float[2 * (SIDE - 2) * (SIDE - 2)];
    IntStream.range(0, sums.length / 2).forEach(i -> sums[2 * i + 1] = 3);
    Value dense = g.matMul(flat, g.constant("sums", Tensor.of(sums, sums.length / 2, 2)));
    return g.softmax(g.add(dense, g.constant("bias", Tensor.of(new float[] {2, 0}, 1, 2))), 1);
  }

  private Explainer explainer(BiFunction<GraphBuilder, Value, Value> layers) throws IOException {
    return new Explainer(
        SmallModels.of(folder, Shape.of(Shape.BATCH, 3, SIDE, SIDE), layers),
        dev.picasso.runtime.RuntimeOptions.defaults());
  }

  @Test
  void patchesDoWhatIsSaidOfThem() throws IOException {
    try (Explainer explainer = explainer(PlantAndFindTest::scores)) {
      List<Plant> plants = USUAL.in(explainer, COLOURS, grey(), Progress.NONE);
      assertThat(plants).isNotEmpty();
      for (Plant plant : plants) {
        float with =
            explainer
                .predict(COLOURS.normalize(List.of(plant.patch().planted())))
                .probability(0, plant.target());
        float before =
            explainer.predict(COLOURS.normalize(List.of(grey()))).probability(0, plant.target());
        assertThat(plant.target()).isEqualTo(1);
        assertThat(plant.with()).isCloseTo(with, within(1e-5));
        assertThat(plant.before()).isCloseTo(before, within(1e-5));
        assertThat(plant.effect()).isGreaterThanOrEqualTo(.3);
        assertThat(plant.patch().where().width()).isEqualTo(5);
      }
      for (Plant plant : plants) {
        assertThat(plants.stream().filter(plant::overlaps)).containsExactly(plant);
      }
    }
  }

  @Test
  void aSeedRepeatsAndAnotherDoesNot() throws IOException {
    try (Explainer explainer = explainer(PlantAndFindTest::scores)) {
      List<Plant> one = USUAL.in(explainer, COLOURS, grey(), Progress.NONE);
      List<Plant> again = USUAL.in(explainer, COLOURS, grey(), Progress.NONE);
      List<Plant> other =
          new Planting(3, .25, 200, .3, 6).in(explainer, COLOURS, grey(), Progress.NONE);
      assertThat(places(again)).isEqualTo(places(one));
      assertThat(places(other)).isNotEqualTo(places(one));
    }
  }

  private static List<Object> places(List<Plant> plants) {
    return plants.stream()
        .<Object>map(p -> List.of(p.patch().where(), p.patch().kind(), p.with()))
        .toList();
  }

  @Test
  void whatSeesThePixelsFindsThePatch() throws IOException {
    try (Explainer explainer = explainer(PlantAndFindTest::scores)) {
      List<Plant> plants = USUAL.in(explainer, COLOURS, grey(), Progress.NONE);
      Search gradient =
          Search.of(new GradientTimesInput(), explainer, COLOURS, plants, Progress.NONE);
      Search occlusion = Search.of(new Occlusion(), explainer, COLOURS, plants, Progress.NONE);
      assertThat(Arrays.stream(gradient.masses()).min().orElse(0)).isGreaterThan(.9);
      assertThat(gradient.hits()).containsOnly(1);
      assertThat(occlusion.ranks()).hasSize(plants.size());
    }
  }

  @Test
  void aModelThatNothingMovesIsTold() throws IOException {
    try (Explainer explainer =
        explainer(
            (g, x) -> g.softmax(SmallModels.linear(g, x, new float[2 * 3 * SIDE * SIDE], 2), 1))) {
      assertThatThrownBy(() -> USUAL.in(explainer, COLOURS, grey(), Progress.NONE))
          .isInstanceOf(InapplicableException.class)
          .hasMessageStartingWith(
              "None of 200 patches raises a probability by 0.30 or more beyond");
    }
  }

  @Test
  void aModelWithoutProbabilitiesIsTold() throws IOException {
    try (Explainer explainer =
        explainer((g, x) -> SmallModels.linear(g, x, new float[3 * SIDE * SIDE], 1))) {
      assertThatThrownBy(() -> USUAL.in(explainer, COLOURS, grey(), Progress.NONE))
          .isInstanceOf(InapplicableException.class)
          .hasMessageStartingWith("The model has no probabilities");
    }
  }

  @Test
  void allKindsOfPatchesAreDrawnInsideThePicture() {
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < 70; i++) {
      Patch patch = Patch.draw(grey(), 5, i, 3);
      kinds.add(patch.kind());
      assertThat(patch.where().clippedTo(SIDE, SIDE)).isEqualTo(patch.where());
      for (int at = 0; at < SIDE * SIDE; at++) {
        int x = at % SIDE;
        int y = at / SIDE;
        boolean in =
            x >= patch.where().left()
                && x < patch.where().left() + 5
                && y >= patch.where().top()
                && y < patch.where().top() + 5;
        float sample = patch.planted().sample(x, y, 1);
        assertThat(sample).isBetween(0f, 255f);
        assertThat(in || sample == 90).isTrue();
      }
    }
    assertThat(kinds).hasSize(7);
  }

  @Test
  void methodsThatAreNoneAreTold() {
    PlantAndFind.Settings usual = new PlantAndFind().defaults();
    assertThatThrownBy(() -> new PlantAndFind.Settings("grad-camm", 4, .25, 300, .2, 0))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("did you mean grad-cam?");
    assertThatThrownBy(() -> new PlantAndFind.Settings(" ", 4, .25, 300, .2, 0))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("There must be 1 to 40 methods.");
    assertThat(usual.methods()).contains("grad-cam");
  }

  @Test
  void intervalsAreThoseOfStudent() {
    Mean mean = Mean.of(1, 2, 3, 4);
    assertThat(mean.value()).isEqualTo(2.5);
    assertThat(mean.half()).isCloseTo(3.182 * Math.sqrt(5 / 3. / 4), within(1e-3));
    assertThat(Mean.of(3).half()).isNaN();
  }
}
