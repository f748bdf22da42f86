package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.Target;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntegratedGradientsTest {
  private static final float[] IMAGE = {1, -2, .5f, 3};
  private static final float[] WEIGHTS = {.5f, .25f, 1, -.125f};

  /** Σ w x: where the way ends, as seen by the models here. */
  private static final double END = .125;

  @TempDir Path folder;

  /** Scores f(Σ w x) and −f(Σ w x). */
  private Model ridge(BiFunction<GraphBuilder, Value, Value> f) throws IOException {
    return SmallModels.of(
        folder,
        Shape.of(Shape.BATCH, 1, 2, 2),
        (g, x) -> {
          Value bent = f.apply(g, SmallModels.linear(g, x, WEIGHTS, 1));
          return g.matMul(bent, g.constant("signs", Tensor.of(new float[] {1, -1}, 1, 2)));
        });
  }

  /** Rises by 2 within a fiftieth of a step of {@value StraightWay#FIRST}. */
  private static Value steep(GraphBuilder g, Value z) {
    return g.tanh(g.mul(g.add(z, -.37 * END), 1e4));
  }

  private static Maps explain(Attribution method, Model model, Target... targets) {
    Images rows = Images.of(Tensor.of(IMAGE, 1, 1, 2, 2)).each(targets.length);
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      return method.explain(explainer, rows, List.of(targets), Progress.NONE);
    }
  }

  private static Attribution byNeed(Quadrature rule) {
    return new IntegratedGradients(OptionalInt.empty(), rule, Baseline.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void whereFiftyStepsAreEnoughTheyAreWhatThereIs(Quadrature rule) throws IOException {
    Model model = ridge((g, z) -> g.tanh(g.mul(z, 5)));
    Maps fifty =
        explain(new IntegratedGradients(50, rule, Baseline.ZERO), model, Target.ofClass(0));
    Maps found = explain(byNeed(rule), model, Target.ofClass(0));
    assertThat(found.values().floats()).isEqualTo(fifty.values().floats());
    assertThat(found.notes()).containsExactly("50 steps");
    assertThat(fifty.notes()).isEmpty();
  }

  /** The gradient of f(Σ w x) is w everywhere, up to a factor; so each pixel's part is w x. */
  @ParameterizedTest
  @EnumSource
  void whereFiftyStepsMissTheSumThereAreMore(Quadrature rule) throws IOException {
    Model model = ridge((g, z) -> g.add(g.tanh(g.mul(g.add(z, -.37 * END), 2e3)), g.mul(z, 4)));
    Maps fifty =
        explain(new IntegratedGradients(50, rule, Baseline.ZERO), model, Target.ofClass(0));
    assertThat(fifty.residuals().orElseThrow()[0]).isGreaterThan(.02);

    Maps found = explain(byNeed(rule), model, Target.ofClass(0), Target.ofClass(1));

    double rise = 2 + 4 * END;
    for (int row = 0; row < 2; row++) {
      assertThat(found.residuals().orElseThrow()[row]).isLessThan(.006);
      for (int i = 0; i < IMAGE.length; i++) {
        double part = (row == 0 ? 1 : -1) * rise * WEIGHTS[i] * IMAGE[i] / END;
        assertThat((double) found.values().floats()[4 * row + i])
            .isEqualTo(part, within(.006 * Math.abs(part)));
      }
      assertThat(found.notes().get(row))
          .matches(
              rule == Quadrature.TRAPEZOID
                  ? "[0-9]+ steps of unequal length"
                  : "(1|2|4|8|16)00 steps");
    }
  }

  @Test
  void placesAreFoundForLittleWhereTheScoreBendsInOnePlace() throws IOException {
    Maps found =
        explain(
            byNeed(Quadrature.TRAPEZOID), ridge(IntegratedGradientsTest::steep), Target.ofClass(0));
    assertThat(found.residuals().orElseThrow()[0]).isLessThan(.006);
    assertThat(Integer.parseInt(found.notes().get(0).replaceAll(" .*", ""))).isBetween(51, 200);
  }

  /** Behind a rounding no slope tells of the score's jumps. */
  @ParameterizedTest
  @EnumSource
  void whatNoStepsReachIsSaid(Quadrature rule) throws IOException {
    Model model = ridge((g, z) -> g.op("Floor", g.mul(z, 24)));
    Maps found = explain(byNeed(rule), model, Target.ofClass(0));
    assertThat(found.residuals().orElseThrow()[0]).isEqualTo(1);
    assertThat(found.notes().get(0))
        .matches(
            rule == Quadrature.TRAPEZOID
                ? "2[0-9]{2} steps of unequal length, which still miss 3.0 of a sum of 3.0; .*"
                : "1600 steps, which still miss 3.0 of a sum of 3.0; more were not tried");
  }

  @Test
  void ofWhatChangesNothingThereIsNothingMissing() throws IOException {
    Maps found =
        explain(byNeed(Quadrature.TRAPEZOID), ridge((g, z) -> g.mul(z, 0)), Target.ofClass(0));
    assertThat(found.values().floats()).containsOnly(0);
    assertThat(found.notes()).containsExactly("50 steps");
  }

  @Test
  void stepsAreANumberOrLeftToTheMethod() {
    assertThat(Methods.builtIn().get("integrated-gradients", Map.of("steps", "20")))
        .isEqualTo(new IntegratedGradients(20, Quadrature.TRAPEZOID, Baseline.ZERO));
    assertThat(Methods.builtIn().get("integrated-gradients", Map.of("steps", "auto")))
        .isEqualTo(new IntegratedGradients());
  }

  @Test
  void aFileHasFiftyStepsWhereNoneAreGiven() throws IOException {
    Model model = ridge((g, z) -> g.tanh(z));
    Images like = Images.of(Tensor.of(IMAGE, 1, 1, 2, 2));
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Optional<?> fifty =
          new IntegratedGradients(50, Quadrature.TRAPEZOID, Baseline.ZERO)
              .graph(explainer, like, Target.ofClass(0))
              .map(graph -> graph.nodes());
      assertThat(
              new IntegratedGradients()
                  .graph(explainer, like, Target.ofClass(0))
                  .map(graph -> graph.nodes()))
          .isPresent()
          .isEqualTo(fifty);
    }
  }
}
