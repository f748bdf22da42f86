package dev.picasso.attribution.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Layout;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureVisualizationTest {
  private static final int SIDE = 12;
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 3, SIDE, SIDE);
  private static final FeatureVisualization SHORT = new FeatureVisualization(40, .05, true, 3);

  @TempDir private Path folder;

  @Test
  void drivesTheScoreUpAndGivesTheSamePictureAgain() throws IOException {
    try (Explainer model = model()) {
      var made = made(model, SHORT);
      assertThat(made.after()).isGreaterThan(made.before() + .1);
      assertThat(samples(made(model, SHORT).picture())).containsExactly(samples(made.picture()));
      var other = made(model, new FeatureVisualization(40, .05, true, 4));
      assertThat(samples(other.picture())).isNotEqualTo(samples(made.picture()));
    }
  }

  @Test
  void aClassThatIsTheRedOfThePictureMakesItRed() throws IOException {
    try (Explainer model = model()) {
      Picture picture = made(model, new FeatureVisualization(80, .05, false, 0)).picture();
      double red = 0;
      double blue = 0;
      for (int i = 0; i < SIDE * SIDE; i++) {
        red += picture.sample(i % SIDE, i / SIDE, 0);
        blue += picture.sample(i % SIDE, i / SIDE, 2);
      }
      assertThat(red).isGreaterThan(1.2 * blue);
    }
  }

  @Test
  void stopsWhenAskedTo() throws IOException {
    Stop stop = new Stop();
    try (Explainer model = model()) {
      Explainer stoppable = model.stoppedBy(stop);
      assertThatThrownBy(
              () ->
                  SHORT.of(
                      stoppable,
                      preprocessor(),
                      image(),
                      Target.ofClass(0),
                      share -> stop.request()))
          .isInstanceOf(StoppedException.class);
    }
  }

  @Test
  void wavesAreOrthonormalButForTheirWeights() {
    Spectrum spectrum = new Spectrum(5, 7);
    Random random = new Random(1);
    float[] a = normal(random, 35);
    float[] b = normal(random, 35);
    assertThat(dot(spectrum.picture(a), b))
        .isCloseTo(dot(a, spectrum.gradient(b)), Offset.offset(1e-4));
    float[] constant = new float[35];
    constant[0] = 1;
    for (float pixel : spectrum.picture(constant)) {
      assertThat((double) pixel).isCloseTo(7 * .25 / Math.sqrt(35), Offset.offset(1e-5));
    }
  }

  @Test
  void whatIsTurnedIsTurnedBackByTheTransposed() {
    Turn turn = Turn.random(new Random(5), 9, 6);
    Random random = new Random(2);
    float[] a = normal(random, 54);
    float[] b = normal(random, 54);
    assertThat(dot(turn.of(a), b)).isCloseTo(dot(a, turn.back(b)), Offset.offset(1e-4));
    assertThat(new Turn(9, 6, 1, 0, 0, 0).of(a)).containsExactly(a);
    assertThat(new Turn(9, 6, 1, 0, 1, 0).of(a)[1]).isEqualTo(a[0]);
  }

  @Test
  void pixelsAreFedAsThePreprocessorFeedsThem() throws IOException {
    try (Explainer model = model()) {
      PixelSlopes slopes = PixelSlopes.of(model.imageInput(), preprocessor());
      float[] rgb = new float[3 * SIDE * SIDE];
      List<float[]> planes =
          List.of(new float[SIDE * SIDE], new float[SIDE * SIDE], new float[SIDE * SIDE]);
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = i % 256;
        planes.get(i % 3)[i / 3] = rgb[i] / 255;
      }
      float[] expected = preprocessor().normalize(List.of(Picture.of(SIDE, SIDE, rgb))).floats();
      assertThat(slopes.fed(planes).floats()).containsExactly(expected, Offset.offset(1e-4f));
    }
  }

  private static FeatureVisualization.Made made(Explainer model, FeatureVisualization method) {
    return method.of(model, preprocessor(), image(), Target.ofClass(0), Progress.NONE);
  }

  private static Images image() {
    return Images.of(Tensor.of(new float[3 * SIDE * SIDE], 1, 3, SIDE, SIDE));
  }

  private static ImagePreprocessor preprocessor() {
    return new Preprocessor(Preprocessing.of(SIDE, SIDE).with(Layout.NCHW).scaled(1 / 127.5, -1));
  }

  /** The mean of red less that of blue, behind a rectifier. */
  private Explainer model() throws IOException {
    return new Explainer(
        SmallModels.of(folder, IMAGES, FeatureVisualizationTest::layers),
        RuntimeOptions.defaults());
  }

  private static Value layers(GraphBuilder g, Value x) {
    float[] kernel = {1, 0, -1, -1, 0, 1};
    Value a =
        g.conv(
            x, g.constant("k", Tensor.of(kernel, 2, 3, 1, 1)), Optional.empty(), Attributes.none());
    return g.mean(g.relu(g.add(a, 1)), false, 2, 3);
  }

  private static float[] samples(Picture picture) {
    float[] samples = new float[3 * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = picture.sample(i / 3 % SIDE, i / 3 / SIDE, i % 3);
    }
    return samples;
  }

  private static float[] normal(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
