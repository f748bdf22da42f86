package dev.picasso.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CutTest {
  private static final Shape ROWS = Shape.of(Shape.BATCH, 3);

  /** scores = relu(x · 2 + 1); answer = seed · scores · relu'(x · 2 + 1) · exp(constant). */
  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, ROWS);
    Value seed = g.input("seed", DataType.FLOAT, ROWS);
    Value sum = g.named(g.add(g.mul(x, 2), 1), "sum");
    Value scores = g.named(g.relu(sum), "scores");
    Value weight = g.named(g.exp(g.constant(Tensor.of(new float[] {1, 2, 3}, 1, 3))), "weight");
    Value answer = g.mul(g.mul(g.mul(seed, scores), sum), weight);
    return g.build(scores, g.named(answer, "answer"));
  }

  @Test
  void whatDoesNotDependOnTheInputIsMadeBefore() {
    Cut cut = Cut.of(graph(), Set.of("seed"));
    assertThat(cut.before().outputs()).containsExactlyInAnyOrder("scores", "sum");
    assertThat(cut.before().inputs()).extracting(Value::name).containsExactly("x");
    assertThat(cut.kept()).containsExactlyInAnyOrder("scores", "sum");
    assertThat(cut.after().outputs()).containsExactly("answer");
    assertThat(cut.after().inputs())
        .extracting(Value::name)
        .containsExactlyInAnyOrder("seed", "scores", "sum");
  }

  @Test
  void whatFollowsFromConstantsAloneIsNotHandedOver() {
    Cut cut = Cut.of(graph(), Set.of("seed"));
    assertThat(cut.after().nodes()).extracting(Node::op).containsOnlyOnce("Exp");
    assertThat(cut.before().nodes()).extracting(Node::op).doesNotContain("Exp");
  }

  @Test
  void anInputThatBothSidesReadIsReadByBoth() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, ROWS);
    Value seed = g.input("seed", DataType.FLOAT, ROWS);
    Graph graph = g.build(g.named(g.mul(g.relu(x), g.mul(x, seed)), "answer"));
    Cut cut = Cut.of(graph, Set.of("seed"));
    assertThat(cut.after().inputs()).extracting(Value::name).contains("x", "seed").hasSize(3);
  }

  @Test
  void aValueOfUnknownShapeIsMadeOnTheOtherSideAgain() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, ROWS);
    Value seed = g.input("seed", DataType.FLOAT, ROWS);
    Value known = g.named(g.relu(x), "known");
    Value unknown = g.named(g.exp(known), "unknown");
    Graph whole = g.build(g.named(g.mul(unknown, seed), "answer"));
    Map<String, Value> values = new HashMap<>(whole.values());
    values.remove("unknown");
    Graph graph =
        Graph.of(whole.inputs(), whole.outputs(), whole.nodes(), whole.constants(), values);
    Cut cut = Cut.of(graph, Set.of("seed"));
    assertThat(cut.kept()).containsExactly("known");
    assertThat(cut.after().nodes()).extracting(Node::op).contains("Exp");
  }

  @Test
  void whereNothingDependsOnTheInputNothingIsLeft() {
    Graph scores = graph().withOutputs(List.of("scores"));
    assertThat(Cut.of(scores, Set.of("seed")).after().outputs()).isEmpty();
  }
}
