package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a replaced rule can see and ask for; numbers are small enough to do by hand. */
class RuleSetTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Value x = g.input("x", DataType.FLOAT, Shape.of(2));

  @Test
  void aReplacedRuleKnowsWhichInputItIsAskedFor() {
    Value b = g.input("b", DataType.FLOAT, Shape.of(2));
    Rule share = (g, node, dy) -> g.mul(node.input(), node.plain(g.div(dy, node.output())));
    Map<String, float[]> shares =
        walk(
            RuleSet.plain().with("Add", share),
            g.add(x, b),
            new float[] {4, 10},
            Map.of("x", new float[] {3, 2}, "b", new float[] {1, 3}));
    assertThat(shares.get("x")).containsExactly(3, 4);
    assertThat(shares.get("b")).containsExactly(1, 6);
  }

  @Test
  void anOperationCanBeHadAgainWithOtherWeightsAndWithoutItsBias() {
    Value row = g.reshape(x, 1, 2);
    Value y =
        g.op(
            "Gemm",
            row,
            g.constant(Tensor.of(new float[] {2, -1, -3, 4}, 2, 2)),
            g.constant(Tensor.of(new float[] {7, 7}, 2)));
    Rule positive =
        (g, node, dy) -> {
          NodeView again = node.with(1, g.relu(node.input(1))).without(2);
          return g.mul(node.input(), again.plain(g.div(dy, again.output())));
        };
    // The products are 2·5 and 0 for the first output, 0 and 4·6 for the second.
    Map<String, float[]> shares =
        walk(
            RuleSet.plain().with("Gemm", positive),
            y,
            new float[] {10, 1},
            Map.of("x", new float[] {5, 6}));
    assertThat(shares.get("x")).containsExactly(10, 1);
  }

  /** Rules by the output, such as this one, see what the operation makes of the other input. */
  @Test
  void theGradientAtAnotherInputIsOfTheOutputThere() {
    Rule atZero = (g, node, dy) -> node.with(0, g.mul(node.input(), 0)).plain(dy);
    Map<String, float[]> slopes =
        walk(
            RuleSet.plain().with("Sigmoid", atZero),
            g.sigmoid(x),
            new float[] {4, 8},
            Map.of("x", new float[] {3, -2}));
    assertThat(slopes.get("x")).containsExactly(1, 2);
  }

  @Test
  void whatHasNoGradientCannotBeAskedForIt() {
    GraphBuilder g = new GraphBuilder();
    Value in = g.input("x", DataType.FLOAT, Shape.of(2));
    Value y = g.shaped("Unheard", Attributes.none(), DataType.FLOAT, Shape.of(2), in);
    RuleSet rules = RuleSet.plain().with("Unheard", (b, node, dy) -> node.plain(dy));
    assertThatThrownBy(
            () -> new Differentiator(rules).gradients(g, g.build(y), y.name(), y, List.of("x")))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("Unheard (Unheard): there is no gradient rule for it");
  }

  @Test
  void deconvnetPassesPositiveGradientsWhateverTheInputWas() {
    Value y = g.concat(0, List.of(g.relu(x), g.clip(x, 0, 6), g.clip(x, -1, 1), g.sigmoid(x)));
    Graph graph = g.build(y);
    float[] seed = {-1, 2, -4, 8, 16, 32, 0, -4};
    // x = −3 and 0: from the rectifiers max(dy, 0), from the clip its slope, from the sigmoid too.
    assertThat(
            walk(Backpropagation.DECONVNET.rules(graph), y, seed, Map.of("x", new float[] {-3, 0}))
                .get("x"))
        .containsExactly(0, 2 + 8 + 32 - 1);
  }

  /** What arrives at each input, by its name. */
  private Map<String, float[]> walk(
      RuleSet rules, Value y, float[] seed, Map<String, float[]> inputs) {
    Graph graph = g.build(y);
    Value start = g.constant(Tensor.of(seed, y.shape().dims()));
    List<String> by = List.copyOf(inputs.keySet());
    List<Value> found = new Differentiator(rules).gradients(g, graph, y.name(), start, by);
    Map<String, Tensor> feed = new LinkedHashMap<>();
    inputs.forEach((name, values) -> feed.put(name, Tensor.of(values, values.length)));
    Map<String, Tensor> out = new OneOff().run(g.build(found), feed);
    Map<String, float[]> arrived = new LinkedHashMap<>();
    for (int i = 0; i < by.size(); i++) {
      arrived.put(by.get(i), out.get(found.get(i).name()).floats());
    }
    return arrived;
  }
}
