package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient of x·σ(x), which is one rule for two nodes. */
class SelfGateTest {
  private static final float[] PLACES = {
    -1e30f,
    -1e4f,
    -200,
    -88,
    -20,
    -5,
    -1.2784645f,
    -1,
    -1e-3f,
    -0f,
    0,
    1e-30f,
    1e-3f,
    .5f,
    1,
    5,
    20,
    88,
    200,
    1e4f,
    1e30f
  };

  private final GraphBuilder g = new GraphBuilder();

  @ParameterizedTest
  @ValueSource(ints = {16, 3})
  void isThatOfTheFormulaWhereverItIsTaken(int channels) {
    Value x = image(channels);
    Derived derived = derive(RuleSet.plain(), g.mul(g.sigmoid(x), x), x);
    assertThat(derived.products()).isEqualTo(2);
    float[] found = derived.run(channels);
    for (int i = 0; i < found.length; i++) {
      double at = PLACES[i % PLACES.length];
      double sigmoid = 1 / (1 + Math.exp(-at));
      double expected = sigmoid * (1 + at * (1 / (1 + Math.exp(at))));
      assertThat((double) found[i]).as("at %s", at).isCloseTo(expected, within(3e-7));
    }
  }

  @Test
  void anotherReaderOfTheSigmoidAddsItsPart() {
    Value x = image(3);
    Value sigmoid = g.sigmoid(x);
    Value y = g.add(g.mul(x, sigmoid), g.mul(sigmoid, 3)); // at 0: 1/2 + 3/4
    assertThat(derive(RuleSet.plain(), y, x).at(0, 3)).isCloseTo(1.25f, within(1e-6f));
  }

  @Test
  void whoAsksForTheSigmoidGetsItsGradient() {
    Value x = image(3);
    Value sigmoid = g.sigmoid(x);
    assertThat(derive(RuleSet.plain(), g.mul(x, sigmoid), sigmoid).at(5, 3)).isEqualTo(5);
  }

  @Test
  void anotherRuleForTheSigmoidIsObeyed() {
    Value x = image(3);
    RuleSet flat = RuleSet.plain().with("Sigmoid", (b, node, dy) -> b.mul(dy, 0));
    assertThat(derive(flat, g.mul(x, g.sigmoid(x)), x).at(0, 3)).isEqualTo(.5f);
    assertThat(derive(flat, g.mul(x, g.sigmoid(x)), x).at(5, 3)).isCloseTo(.9933f, within(1e-4f));
  }

  @Test
  void aSigmoidOfSomethingElseIsNoGateOfItself() {
    Value x = image(3);
    Value y = g.mul(x, g.sigmoid(g.mul(x, 2))); // at 0: 1/2
    assertThat(derive(RuleSet.plain(), y, x).at(5, 3))
        .isCloseTo((float) (1 / (1 + Math.exp(-10)) + 10 * Math.exp(-10)), within(1e-5f));
  }

  private Value image(int channels) {
    return g.input("x", DataType.FLOAT, Shape.of(-1, channels, 1, PLACES.length));
  }

  private Derived derive(RuleSet rules, Value y, Value by) {
    Value ones = g.constant(Tensor.of(new float[] {1}, 1, 1, 1, 1));
    Graph graph = g.build(y);
    Value seed = g.expand(ones, 1, y.dim(1), 1, y.dim(3));
    Value dx =
        new Differentiator(rules).gradients(g, graph, y.name(), seed, List.of(by.name())).get(0);
    return new Derived(g.build(dx));
  }

  private record Derived(Graph graph) {
    long products() {
      return graph.nodes().stream()
          .filter(n -> n.name().startsWith("gradient/") && n.op().equals("Mul"))
          .count();
    }

    float at(float place, int channels) {
      for (int i = 0; i < PLACES.length; i++) {
        if (PLACES[i] == place) {
          return run(channels)[i];
        }
      }
      throw new IllegalArgumentException("no such place");
    }

    float[] run(int channels) {
      float[] all = new float[channels * PLACES.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = PLACES[i % PLACES.length];
      }
      Tensor x = Tensor.of(all, 1, channels, 1, PLACES.length);
      try (CompiledGraph program = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
        return program.run(Map.of("x", x)).get(graph.outputs().get(0)).floats();
      }
    }
  }
}
