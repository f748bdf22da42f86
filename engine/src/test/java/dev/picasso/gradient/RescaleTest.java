package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Multipliers add up to what the score rises by, and are the gradient where nothing differs. */
class RescaleTest {
  private static final Shape SHAPE = Shape.of(2, 4, 3, 3);

  @FunctionalInterface
  interface Network {
    Value of(GraphBuilder g, Value x);
  }

  private static Arguments network(String name, Network network) {
    return Arguments.of(name, network);
  }

  private static Attributes square(int kernel) {
    return Attributes.of("kernel_shape", new int[] {kernel, kernel});
  }

  private static Tensor numbers(int seed, double scale, long... dims) {
    Random random = new Random(seed);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Tensor.of(values, dims);
  }

  private static Value mixed(GraphBuilder g, Value x) {
    return g.conv(x, g.constant(numbers(5, .5, 4, 4, 1, 1)), Optional.empty(), square(1));
  }

  static Stream<Arguments> networks() {
    Stream<Arguments> functions =
        Stream.of(
                "Relu",
                "LeakyRelu",
                "Elu",
                "Selu",
                "Celu",
                "HardSigmoid",
                "HardSwish",
                "Abs",
                "Sigmoid",
                "Tanh",
                "Softplus",
                "Softsign",
                "Mish",
                "Gelu",
                "Erf",
                "Exp",
                "Sin",
                "Atan")
            .map(op -> network(op, (g, x) -> g.op(op, mixed(g, x))));
    return Stream.concat(
        functions,
        Stream.of(
            network("Clip", (g, x) -> g.clip(mixed(g, x), 0, .7)),
            network(
                "MaxPool",
                (g, x) ->
                    g.op("MaxPool", square(2).with("strides", new int[] {1, 1}), mixed(g, x))),
            network("GlobalMaxPool", (g, x) -> g.op("GlobalMaxPool", mixed(g, x))),
            network("ReduceMin", (g, x) -> g.reduce("ReduceMin", mixed(g, x), false, 1)),
            network("a gate", (g, x) -> g.mul(x, g.sigmoid(g.mean(mixed(g, x), true, 2, 3)))),
            network("a square", (g, x) -> g.mul(x, x)),
            network("Pow 2", (g, x) -> g.pow(mixed(g, x), 2)),
            network("Pow 3", (g, x) -> g.pow(mixed(g, x), 3)),
            network("Max of two", (g, x) -> g.max(x, mixed(g, x))),
            network("Min with a constant", (g, x) -> g.min(x, g.scalarLike(x, .3))),
            network("Div", (g, x) -> g.div(mixed(g, x), g.add(g.exp(x), 1))),
            network("Softmax", (g, x) -> g.softmax(g.mul(mixed(g, x), 3), 1)),
            network(
                "attention",
                (g, x) -> {
                  Value tokens = g.reshape(x, 2, 4, 9);
                  Value scores = g.matMul(tokens, g.transpose(tokens, 0, 2, 1));
                  return g.matMul(g.softmax(scores, 2), g.tanh(tokens));
                }),
            network(
                "LayerNormalization",
                (g, x) -> g.op("LayerNormalization", mixed(g, x), g.constant(numbers(7, 1, 3)))),
            network(
                "InstanceNormalization",
                (g, x) ->
                    g.op(
                        "InstanceNormalization",
                        mixed(g, x),
                        g.constant(numbers(7, 1, 4)),
                        g.constant(numbers(8, 1, 4)))),
            network(
                "GroupNormalization",
                (g, x) ->
                    g.op(
                        "GroupNormalization",
                        Attributes.of("num_groups", 2),
                        mixed(g, x),
                        g.constant(numbers(7, 1, 4)),
                        g.constant(numbers(8, 1, 4)))),
            network(
                "a residual network",
                (g, x) -> g.relu(g.add(x, g.relu(g.add(mixed(g, g.relu(mixed(g, x))), .1)))))));
  }

  /** Multipliers, the value for x and that for the baseline. */
  private static List<float[]> run(Network network, Tensor x, Tensor baseline, Tensor seed) {
    Graph both = TwoRuns.of(graph(network), "x");
    GraphBuilder g = GraphBuilder.from(both);
    Value y = g.lookUp("y");
    Value weights = g.input("seed", y.type(), y.shape());
    Value multipliers =
        new Differentiator(new Rescale().rules(both))
            .gradients(g, both, "y", weights, List.of("x"))
            .get(0);
    Graph graph = g.build(g.named(g.identity(multipliers), "m"), y, g.lookUp(TwoRuns.name("y")));
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      Map<String, Tensor> out =
          compiled.run(Map.of("x", x, TwoRuns.name("x"), baseline, "seed", seed));
      List<float[]> found = new ArrayList<>();
      out.values().forEach(t -> found.add(t.floats()));
      return found;
    }
  }

  private static Graph graph(Network network) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, SHAPE);
    return g.build(g.named(network.of(g, x), "y"));
  }

  private static Tensor seed(Network network) {
    return numbers(3, 1, graph(network).value("y").shape().dims());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void multipliersAddUpToTheRise(String name, Network network) {
    Tensor x = numbers(1, 1, SHAPE.dims());
    Tensor baseline = numbers(2, .6, SHAPE.dims());
    float[] seed = seed(network).floats();
    List<float[]> found = run(network, x, baseline, seed(network));
    double parts = 0;
    double sizes = 0;
    for (int i = 0; i < x.size(); i++) {
      double part = (x.floats()[i] - baseline.floats()[i]) * (double) found.get(0)[i];
      parts += part;
      sizes += Math.abs(part);
    }
    double rise = 0;
    for (int i = 0; i < seed.length; i++) {
      rise += seed[i] * ((double) found.get(1)[i] - found.get(2)[i]);
    }
    assertThat(sizes).isPositive();
    assertThat(parts).isCloseTo(rise, within(1e-5 * sizes));
    assertThat(Rescale.approximated(graph(network), "x", "y")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void whereNothingDiffersTheyAreTheGradient(String name, Network network) {
    Tensor x = numbers(1, 1, SHAPE.dims());
    float[] found = run(network, x, x, seed(network)).get(0);
    GraphBuilder g = GraphBuilder.from(graph(network));
    Value weights = g.constant(seed(network));
    Value gradient =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph(network), "y", weights, List.of("x"))
            .get(0);
    try (CompiledGraph compiled = CompiledGraph.of(g.build(gradient), RuntimeOptions.defaults())) {
      float[] expected = compiled.run(Map.of("x", x)).values().iterator().next().floats();
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(2e-5f * (1 + Math.abs(expected[i]))));
      }
    }
  }

  /** In each window the rise to the larger maximum goes to one place, the rest to the other. */
  @Test
  void aMaximumThatMovesIsSharedByBothPlaces() {
    Network pool = (g, x) -> g.op("MaxPool", square(3), g.slice(x, 1, 0, 1));
    float[] here = new float[(int) SHAPE.size()];
    float[] there = new float[here.length];
    here[2] = 5;
    there[4] = 2;
    float[] ones = {1, 1};
    float[] m =
        run(
                pool,
                Tensor.of(here, SHAPE.dims()),
                Tensor.of(there, SHAPE.dims()),
                Tensor.of(ones, 2, 1, 1, 1))
            .get(0);
    // y = 5 and y′ = 2: 5 − 2 goes to place 2, over 5 − 0; 5 − 5 to place 4.
    assertThat(m[2]).isEqualTo(.6f);
    assertThat(m[4]).isZero();
  }

  @Test
  void whatHasNoRuleIsNamed() {
    Network network = (g, x) -> g.reduce("ReduceL2", g.op("Floor", x), false, 1);
    assertThat(Rescale.approximated(graph(network), "x", "y")).containsExactly("Floor", "ReduceL2");
  }
}
