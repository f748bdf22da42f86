package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Grey pictures of 8 × 8, and models of them of which everything is known. */
final class Small {
  static final int SIDE = 8;
  static final int PIXELS = SIDE * SIDE;
  static final Preprocessor GREY_0_TO_1 =
      new Preprocessor(
          Preprocessing.of(SIDE, SIDE).with(ColourMode.GRAY).with(Layout.NCHW).scaled(1 / 255., 0));

  private Small() {}

  /** The number Σ w x, which is no probability. */
  static Model linear(Path folder, float[] w) throws IOException {
    return SmallModels.of(
        folder, Shape.of(Shape.BATCH, 1, SIDE, SIDE), (g, x) -> SmallModels.linear(g, x, w, 1));
  }

  /** The probabilities 1 − p and p with p = 1 / (1 + exp(−4 Σ w x)). */
  static Model sigmoid(Path folder, float[] w) throws IOException {
    return SmallModels.of(
        folder,
        Shape.of(Shape.BATCH, 1, SIDE, SIDE),
        (g, x) -> g.sigmoid(g.mul(SmallModels.linear(g, x, w, 1), 4)));
  }

  static double p(float[] w, float[] x, boolean... seen) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += seen.length == 0 || seen[i] ? w[i] * x[i] : 0;
    }
    return 1 / (1 + Math.exp(-4 * sum));
  }

  /** Numbers from −.5 to .5. */
  static float[] random(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[PIXELS];
    IntStream.range(0, PIXELS).forEach(i -> numbers[i] = random.nextFloat() - .5f);
    return numbers;
  }

  static Images images(float[]... pictures) {
    float[] all = new float[pictures.length * PIXELS];
    for (int n = 0; n < pictures.length; n++) {
      System.arraycopy(pictures[n], 0, all, n * PIXELS, PIXELS);
    }
    return Images.of(Tensor.of(all, pictures.length, 1, SIDE, SIDE));
  }

  static Maps explain(Attribution method, Model model, Images x, int... classes) {
    List<Target> targets = IntStream.of(classes).mapToObj(Target::ofClass).toList();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      return method.explain(explainer, x, targets, Progress.NONE);
    }
  }

  /** One row. */
  static float[] map(Attribution method, Model model, float[] x, int target) {
    return explain(method, model, images(x), target).values().floats();
  }

  /** How far two estimates are apart, in standard errors, on average over the places. */
  static double distance(Maps a, Maps b) {
    float[] first = a.values().floats();
    float[] second = b.values().floats();
    float[] error = a.error().orElseThrow().floats();
    float[] other = b.error().orElseThrow().floats();
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      double z = (first[i] - second[i]) / Math.hypot(error[i], other[i]);
      sum += z * z;
    }
    return Math.sqrt(sum / first.length);
  }
}
