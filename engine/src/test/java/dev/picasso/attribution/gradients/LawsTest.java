package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method of the family, whatever its numbers are. */
class LawsTest {
  private static final int PIXELS = 16;

  @TempDir Path folder;

  static Stream<Attribution> methods() {
    return Stream.of(
        new Saliency(),
        new GradientTimesInput(),
        new Deconvnet(),
        new GuidedBackpropagation(),
        new SmoothGrad(7, .15, SmoothGrad.Form.SIGNED, 3, false),
        new SmoothGrad(7, .15, SmoothGrad.Form.VARIANCE, 3, false),
        new SmoothGrad(200, .15, SmoothGrad.Form.ABSOLUTE, 3, true),
        new IntegratedGradients(),
        new IntegratedGradients(80, Quadrature.GAUSS_LEGENDRE, Baseline.BLUR),
        new IntegratedGradients(100, Quadrature.TRAPEZOID, Baseline.RANDOM),
        new ExpectedGradients(300, .1, Baseline.ZERO, 5, true),
        new ExpectedGradients(9, .1, Baseline.RANDOM, 5, false),
        new BlurIntegratedGradients(400, 2),
        new GuidedIntegratedGradients(),
        new DeepLift(),
        new DeepLift(Baseline.RANDOM),
        new FullGradient(true));
  }

  /** Scores (w₀·relu(x·w₁)): kinks on every way. */
  private static Value network(GraphBuilder g, Value x) {
    Value hidden = g.relu(SmallModels.linear(g, x, SmallModels.zigzag(PIXELS * 6), 6));
    return g.matMul(hidden, g.constant("last", Tensor.of(SmallModels.zigzag(12), 6, 2)));
  }

  private static Tensor images() {
    float[] values = new float[2 * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(1 + 1.7 * i);
    }
    return Tensor.of(values, 2, 1, 4, 4);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void rowsOfABatchAreThoseOfSingleRunsAndOfRunsAgain(Attribution method) throws IOException {
    var model = SmallModels.of(folder, Shape.of(Shape.BATCH, 1, 4, 4), LawsTest::network);
    Images rows = Images.of(images()).each(2);
    List<Target> targets = new ArrayList<>();
    for (int row = 0; row < 4; row++) {
      targets.add(Target.ofClass(row % 2));
    }
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      List<Double> heard = new ArrayList<>();
      Maps all = method.explain(explainer, rows, targets, heard::add);
      assertThat(heard).isSorted().endsWith(1.);
      float[] batch = all.values().floats();
      assertThat(method.explain(explainer, rows, targets, Progress.NONE).values().floats())
          .isEqualTo(batch);
      for (int row = 0; row < 4; row++) {
        Images one = Images.of(rows.row(row));
        float[] alone =
            method
                .explain(explainer, one, List.of(targets.get(row)), Progress.NONE)
                .values()
                .floats();
        assertThat(alone).hasSize(batch.length / 4);
        for (int i = 0; i < alone.length; i++) {
          assertThat(alone[i]).isCloseTo(batch[row * alone.length + i], within(1e-5f));
        }
      }
      all.residuals()
          .ifPresent(
              shares -> {
                for (double share : shares) {
                  assertThat(share).as("missing of what was promised").isLessThan(.05);
                }
              });
    }
  }
}
