package dev.picasso.attribution.cam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.LayerChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class activation maps of networks so small that their formulas can be followed by hand. */
class CamFamilyTest {
  private static final int SIDE = 4;
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 1, SIDE, SIDE);

  /** Two channels: the picture, and twice its negative. */
  private static final float[] KERNEL = {1, -2};

  /** From two channels to three classes. */
  private static final float[] DENSE = {1, 2, 3, -1, .5f, 0};

  @TempDir private Path folder;

  @Test
  void mapsOfALayerSayAtWhosePositionsTheyLie() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      List<Attribution> ofLayers =
          Methods.builtIn().all().stream()
              .filter(m -> List.of(Maps.Frame.LAYER, Maps.Frame.CHANNELS).contains(m.frame()))
              .filter(m -> m.family() != Family.ATTENTION)
              .toList();
      assertThat(ofLayers).hasSizeGreaterThan(10);
      for (Attribution method : ofLayers) {
        Maps maps = explain(method, model, images(1), List.of(Target.ofClass(1)));
        assertThat(maps.layer()).as(method.id()).isEqualTo(model.model().layers().lastSpatial());
      }
    }
  }

  @Test
  void camAndTheBiasAddUpToTheScore() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = images(2);
      Maps maps = explain(new Cam(), model, x, List.of(Target.ofClass(1), Target.ofClass(2)));
      float[] values = maps.values().floats();
      for (int n = 0; n < 2; n++) {
        double mean = mean(values, n * SIDE * SIDE, (n + 1) * SIDE * SIDE);
        float bias = .25f * (n + 1);
        assertThat(mean + bias)
            .isCloseTo(model.predict(x.tensor()).score(n, n + 1), Offset.offset(1e-5));
      }
    }
  }

  @Test
  void camOfANetWhoseLastConvolutionHasAChannelForEachClassIsThatChannel() throws IOException {
    try (Explainer model =
        model(
            (g, x) -> {
              Value a = g.named(g.relu(convolved(g, x)), "classes");
              return g.reshape(g.op("GlobalAveragePool", a), Shape.BATCH, 2);
            })) {
      Images x = images(1);
      float[] map = explain(new Cam(), model, x, List.of(Target.ofClass(1))).values().floats();
      float[] pixels = x.tensor().floats();
      for (int i = 0; i < map.length; i++) {
        assertThat(map[i]).isCloseTo(Math.max(0, -2 * pixels[i]), within(1e-6f));
      }
    }
  }

  @Test
  void camSaysWhatIsNotLinearAtTheEnd() throws IOException {
    try (Explainer model =
        model(
            (g, x) -> {
              Value pooled = g.mean(g.relu(convolved(g, x)), false, 2, 3);
              return g.matMul(g.tanh(pooled), g.constant("w", Tensor.of(DENSE, 2, 3)));
            })) {
      assertThatThrownBy(() -> explain(new Cam(), model, images(1), List.of(Target.ofClass(0))))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("Tanh")
          .hasMessageContaining("Grad-CAM");
    }
  }

  @Test
  void camTakesALayerFromWhichOneWeightAChannelLeadsToTheMean() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = images(1);
      List<Target> target = List.of(Target.ofClass(0));
      assertThat(explain(new Cam(LayerChoice.of("last")), model, x, target).values().floats())
          .containsExactly(explain(new Cam(), model, x, target).values().floats());
      assertThatThrownBy(() -> explain(new Cam(LayerChoice.of("first")), model, x, target))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("Conv")
          .hasMessageContaining("auto");
    }
  }

  @Test
  void hiResCamIsTheRectifiedCamWhereTheEndIsLinear() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = images(1);
      List<Target> target = List.of(Target.ofClass(0));
      float[] cam = explain(new Cam(), model, x, target).values().floats();
      float[] hiRes = explain(new HiResCam(), model, x, target).values().floats();
      for (int i = 0; i < cam.length; i++) {
        assertThat(hiRes[i]).isCloseTo(Math.max(0, cam[i]) / (SIDE * SIDE), within(1e-6f));
      }
    }
  }

  @Test
  void ablationCamWeighsChannelsByTheShareOfTheScoreThatTheyAreWorth() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = images(1);
      float[] pixels = x.tensor().floats();
      float[] map =
          explain(new AblationCam(), model, x, List.of(Target.ofClass(0))).values().floats();
      double[] means = new double[2];
      for (float pixel : pixels) {
        means[0] += Math.max(0, pixel) / pixels.length;
        means[1] += Math.max(0, -2 * pixel) / pixels.length;
      }
      double score = means[0] * DENSE[0] + means[1] * DENSE[3];
      for (int i = 0; i < map.length; i++) {
        double expected =
            (means[0] * DENSE[0] * Math.max(0, pixels[i])
                    + means[1] * DENSE[3] * Math.max(0, -2 * pixels[i]))
                / score;
        assertThat((double) map[i]).isCloseTo(Math.max(0, expected), within(1e-5));
      }
    }
  }

  @Test
  void reciproCamIsTheProbabilityOfAPositionAlone() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = Images.of(Tensor.of(new float[SIDE * SIDE], 1, 1, SIDE, SIDE));
      float[] map =
          explain(new ReciproCam(), model, x, List.of(Target.ofClass(2))).values().floats();
      float nothing = model.predict(x.tensor()).probability(0, 2);
      assertThat(map).hasSize(SIDE * SIDE);
      for (float at : map) {
        assertThat(at).isCloseTo(nothing, within(1e-6f));
      }
    }
  }

  @Test
  void eigenCamOfALayerOfRankOneIsThatLayerTimesTheLengthOfItsChannels() throws IOException {
    try (Explainer model =
        model((g, x) -> g.mean(g.named(g.abs(convolved(g, x)), "rank-one"), false, 2, 3))) {
      Images x = images(1);
      float[] map =
          explain(
                  new EigenCam(LayerChoice.of("rank-one"), false),
                  model,
                  x,
                  List.of(Target.ofClass(0)))
              .values()
              .floats();
      float[] pixels = x.tensor().floats();
      for (int i = 0; i < map.length; i++) {
        assertThat((double) map[i]).isCloseTo(Math.abs(pixels[i]) * Math.sqrt(5), within(1e-5));
      }
    }
  }

  @Test
  void finerCamNeedsAClass() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      assertThatThrownBy(
              () ->
                  explain(new FinerCam(), model, images(1), List.of(new Target.Channel("last", 0))))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("class");
    }
  }

  @Test
  void finerCamTakesTheClassesOfTheNearestScoresAway() throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images x = images(1);
      float[] finer =
          explain(new FinerCam(LayerChoice.automatic(), 1, 2), model, x, List.of(Target.ofClass(0)))
              .values()
              .floats();
      Target lead = new Target.Weighted(Map.of(0, 1., 1, -.5, 2, -.5)); // there are three in all
      assertThat(finer)
          .containsExactly(
              explain(new GradCam(), model, x, List.of(lead)).values().floats(), within(1e-6f));
    }
  }

  static Stream<Attribution> methods() {
    return Stream.of(
        new Cam(),
        new GradCam(),
        new GradCamPlusPlus(),
        new XGradCam(),
        new LayerCam(),
        new HiResCam(),
        new FinerCam(),
        new ScoreCam(),
        new AblationCam(),
        new EigenCam(),
        new ReciproCam(),
        new GuidedGradCam());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void rowsOfOneImageAreWhatSingleRunsGive(Attribution method) throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      Images two = images(2);
      List<Target> targets =
          List.of(
              Target.ofClass(0), Target.ofClass(2), Target.ofClass(1), new Target.Difference(0, 1));
      Tensor together = explain(method, model, two.each(2), targets).values();
      List<Float> single = new ArrayList<>();
      for (int n = 0; n < 4; n++) {
        Images one = Images.of(two.row(n / 2));
        for (float value : explain(method, model, one, List.of(targets.get(n))).values().floats()) {
          single.add(value);
        }
      }
      float[] all = together.floats();
      assertThat(all).hasSize(single.size());
      for (int i = 0; i < all.length; i++) {
        assertThat(all[i]).isCloseTo(single.get(i), within(1e-6f));
      }
      assertThat(together.shape().dim(0)).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aModelWithoutPositionsIsRefusedInWords(Attribution method) throws IOException {
    try (Explainer model =
        model((g, x) -> SmallModels.linear(g, x, SmallModels.zigzag(2 * SIDE * SIDE), 2))) {
      assertThatThrownBy(() -> explain(method, model, images(1), List.of(Target.ofClass(0))))
          .isInstanceOf(InapplicableException.class)
          .hasMessageContaining("several positions");
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void progressGrowsToOne(Attribution method) throws IOException {
    try (Explainer model = model(CamFamilyTest::pooled)) {
      List<Double> told = new ArrayList<>();
      method.explain(model, images(3), Collections.nCopies(3, Target.ofClass(0)), told::add);
      assertThat(told).isSorted();
      assertThat(told.get(told.size() - 1)).isEqualTo(1);
    }
  }

  private static Value convolved(GraphBuilder g, Value x) {
    return g.conv(
        x, g.constant("k", Tensor.of(KERNEL, 2, 1, 1, 1)), Optional.empty(), Attributes.none());
  }

  /** A convolution, a rectifier, the mean over all positions and a dense layer. */
  private static Value pooled(GraphBuilder g, Value x) {
    Value first = g.named(convolved(g, x), "first");
    Value last = g.named(g.relu(first), "last");
    Value mean = g.reshape(g.op("GlobalAveragePool", last), Shape.BATCH, 2);
    Value product = g.matMul(mean, g.constant("w", Tensor.of(DENSE, 2, 3)));
    return g.add(product, g.constant("b", Tensor.of(new float[] {0, .25f, .5f}, 3)));
  }

  private Explainer model(BiFunction<GraphBuilder, Value, Value> layers) throws IOException {
    return new Explainer(SmallModels.of(folder, IMAGES, layers), RuntimeOptions.defaults());
  }

  private static Images images(int count) {
    float[] pixels = new float[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(1.7 * i + .3);
    }
    return Images.of(Tensor.of(pixels, count, 1, SIDE, SIDE));
  }

  private static Maps explain(Attribution method, Explainer model, Images x, List<Target> targets) {
    return method.explain(model, x, targets, Progress.NONE);
  }

  private static double mean(float[] values, int from, int to) {
    float[] some = Arrays.copyOfRange(values, from, to);
    double sum = 0;
    for (float value : some) {
      sum += value;
    }
    return sum / some.length;
  }

  private static Offset<Float> within(float offset) {
    return Offset.offset(offset);
  }

  private static Offset<Double> within(double offset) {
    return Offset.offset(offset);
  }
}
