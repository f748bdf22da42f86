package dev.picasso.attribution.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerwiseRelevanceTest {
  /** A power of two above all rounding, so that what is left of a cancellation is exact. */
  private static final float LEFT = 0x1p-10f;

  @TempDir Path folder;

  /**
   * Layers whose first output is what cancellation leaves, 2⁻¹⁰, and a bias that makes 1 of it; the
   * second is its input. Without the bias each layer multiplies relevance by about a thousand.
   */
  private Model cancelling(int layers) throws IOException {
    return SmallModels.of(
        folder,
        Shape.of(Shape.BATCH, 1, 1, 2),
        (g, x) -> {
          Value y = g.reshape(x, Shape.BATCH, 2);
          for (int i = 0; i < layers; i++) {
            y = g.relu(g.add(g.matMul(y, weights(g, i)), bias(g, i)));
          }
          return y;
        });
  }

  private static Value weights(GraphBuilder g, int layer) {
    return g.constant("w" + layer, Tensor.of(new float[] {1, 0, -1 + LEFT, 1}, 2, 2));
  }

  private static Value bias(GraphBuilder g, int layer) {
    return g.constant("b" + layer, Tensor.of(new float[] {1 - LEFT, 0}, 2));
  }

  private Maps relevance(int layers, LayerwiseRelevance.Bias bias) throws IOException {
    try (Explainer explainer = new Explainer(cancelling(layers), RuntimeOptions.defaults())) {
      Images x = Images.of(Tensor.of(new float[] {1, 1}, 1, 1, 1, 2));
      return new LayerwiseRelevance(LayerwiseRelevance.Composite.EPSILON, bias)
          .explain(explainer, x, List.of(Target.ofClass(0)), Progress.NONE);
    }
  }

  @Test
  void withoutBiasesWhatNearlyCancelsIsDividedByWhatIsLeft() throws IOException {
    float[] map = relevance(1, LayerwiseRelevance.Bias.IGNORED).values().floats();
    double z = LEFT + 1e-6;
    assertThat((double) map[0]).isEqualTo(1 / z, within(1.));
    assertThat((double) map[1]).isEqualTo((-1 + LEFT) / z, within(1.));
  }

  @Test
  void whatGrowsBeyondAllNumbersWithoutBiasesIsSaidWithTheSetting() throws IOException {
    for (float share : relevance(20, LayerwiseRelevance.Bias.KEPT).values().floats()) {
      assertThat(share).isFinite();
    }
    assertThatThrownBy(() -> relevance(20, LayerwiseRelevance.Bias.IGNORED))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.wrong().get(0).setting()).isEqualTo("bias"))
        .hasMessageContaining("Choose kept, or composite epsilon-plus");
  }
}
