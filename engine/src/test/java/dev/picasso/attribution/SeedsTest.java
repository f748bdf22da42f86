package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
  private static final Shape GREY = Shape.of(Shape.BATCH, 1, 4, 4);

  @TempDir Path folder;

  private static Tensor image() {
    return Tensor.of(zigzag(16), 1, 1, 4, 4);
  }

  private Model classifier() throws IOException {
    return SmallModels.of(folder, GREY, (g, x) -> g.softmax(linear(g, x, zigzag(48), 3), 1));
  }

  /** Two kernels of one pixel: class 0 is the picture, class 1 its negative, class 2 a half. */
  private Model segmentation() throws IOException {
    return SmallModels.of(
        folder,
        GREY,
        (g, x) ->
            g.softmax(
                g.conv(
                    x,
                    g.constant("k", Tensor.of(new float[] {1, -1, 0}, 3, 1, 1, 1)),
                    Optional.of(g.constant("b", Tensor.of(new float[] {0, 0, .3f}, 3))),
                    Attributes.of("kernel_shape", new long[] {1, 1})),
                1));
  }

  private static float[] gradient(Model model, Target target) {
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Images x = Images.of(image());
      return Questions.of(explainer, x, List.of(target)).gradients(0, image()).floats();
    }
  }

  private static float number(Model model, Target target) {
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Images x = Images.of(image());
      return Questions.of(explainer, x, List.of(target))
          .numbers(List.of(0), image(), Quantity.LOGITS)[0][0];
    }
  }

  @Test
  void aDifferenceOfClassesIsTheDifferenceOfTheirGradients() throws IOException {
    Model model = classifier();
    float[] two = gradient(model, Target.ofClass(2));
    float[] one = gradient(model, Target.ofClass(1));
    float[] difference = gradient(model, new Target.Difference(2, 1));
    float[] weighted = gradient(model, new Target.Weighted(Map.of(2, 2.0, 1, -.5)));
    for (int i = 0; i < two.length; i++) {
      assertThat(difference[i]).isEqualTo(two[i] - one[i], within(1e-6f));
      assertThat(weighted[i]).isEqualTo(2 * two[i] - .5f * one[i], within(1e-6f));
    }
    assertThat(number(model, new Target.Difference(2, 1)))
        .isEqualTo(
            number(model, Target.ofClass(2)) - number(model, Target.ofClass(1)), within(1e-5f));
  }

  /** Where a class is nearly sure, the lead of its probability tells nothing more. */
  @Test
  void onlyAClassByItselfIsReadAsAProbability() throws IOException {
    Model model = classifier();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Predictions told = explainer.predict(image());
      List<Target> targets =
          List.of(
              Target.ofClass(2),
              new Target.Difference(2, 1),
              new Target.Weighted(Map.of(2, 1.0, 1, 1.0)),
              new Target.Weighted(Map.of(1, 2.0)));
      Questions questions = Questions.of(explainer, Images.of(image()).each(4), targets);
      float[][] numbers = questions.numbers(List.of(0, 1, 2, 3), image(), Quantity.PROBABILITIES);
      assertThat(numbers[0][0]).isEqualTo(told.probability(0, 2), within(1e-6f));
      assertThat(numbers[1][0]).isEqualTo(told.score(0, 2) - told.score(0, 1), within(1e-5f));
      assertThat(numbers[2][0]).isEqualTo(told.score(0, 2) + told.score(0, 1), within(1e-5f));
      assertThat(numbers[3][0]).isEqualTo(2 * told.score(0, 1), within(1e-5f));
    }
  }

  @Test
  void aClassMayBeExplainedWhereItIsPredictedInABoxOrAtAPoint() throws IOException {
    Model model = segmentation();
    float[] x = image().floats();
    float[] predicted = gradient(model, new Target.Region(0, new Target.Area.Predicted()));
    for (int i = 0; i < x.length; i++) {
      assertThat(predicted[i]).as("pixel %s", x[i]).isEqualTo(x[i] > .3f ? 1 : 0);
    }
    float[] box = gradient(model, new Target.Region(1, new Target.Area.Box(.3, .3, .7, .49)));
    assertThat(box).containsExactly(0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    Target.Area part = new Target.Area.Box(.3, .3, .7, .49);
    float[] lead = gradient(model, new Target.RegionDifference(0, 1, part));
    assertThat(lead).containsExactly(0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    float[] ahead = gradient(model, new Target.RegionDifference(0, 1, new Target.Area.Predicted()));
    for (int i = 0; i < x.length; i++) {
      assertThat(ahead[i]).as("pixel %s", x[i]).isEqualTo(x[i] > .3f ? 2 : 0);
    }
    float[] point = gradient(model, new Target.Region(0, new Target.Area.Point(1, 0)));
    assertThat(point).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void neuronsAndChannelsOfALayerMayBeExplained() throws IOException {
    Model model = segmentation();
    String layer =
        model.layers().all().stream()
            .filter(l -> l.shape().rank() == 4 && l.shape().dim(1) == 3)
            .findFirst()
            .orElseThrow()
            .name();
    float[] neuron = gradient(model, new Target.Neuron(layer, 1, 2, 3));
    assertThat(neuron).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0);
    float[] channel = gradient(model, new Target.Channel(layer, 0));
    assertThat(channel).containsOnly(1 / 16f);
  }

  @Test
  void whatCannotBeAskedIsSaidInWords() throws IOException {
    Model whole = classifier();
    assertThatThrownBy(() -> gradient(whole, Target.ofClass(3)))
        .isInstanceOf(InapplicableException.class)
        .hasMessageContaining("has no class 3; it has 3");
    assertThatThrownBy(() -> gradient(whole, new Target.Region(1, new Target.Area.Predicted())))
        .isInstanceOf(InapplicableException.class)
        .hasMessageContaining("one answer for a whole image");
    Model dense = segmentation();
    assertThatThrownBy(() -> gradient(dense, new Target.Neuron("nothing", 0, 0, 0)))
        .hasMessageContaining("has no layer nothing");
  }
}
