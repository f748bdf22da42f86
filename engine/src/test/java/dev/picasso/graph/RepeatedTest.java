package dev.picasso.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.runtime.OneOff;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  private static final Shape ROWS = Shape.of(Shape.BATCH, 3);

  /** scores = exp(x); answer = seed · scores; twice = 2 · answer. */
  private static Graph graph() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, ROWS);
    Value seed = g.input("seed", DataType.FLOAT, ROWS);
    Value scores = g.named(g.exp(x), "scores");
    Value answer = g.named(g.mul(seed, scores), "answer");
    return g.build(scores, answer, g.named(g.mul(answer, 2), "twice"));
  }

  @Test
  void whatTheQuestionsShareIsThereOnce() {
    Graph all = Repeated.of(graph(), Set.of("seed"), 3).graph();
    assertThat(all.nodes()).extracting(Node::op).containsOnlyOnce("Exp");
    assertThat(all.nodes().stream().filter(n -> n.op().equals("Mul"))).hasSize(6);
    assertThat(all.inputs()).hasSize(4);
    assertThat(all.outputs()).hasSize(7).startsWith("scores", "answer", "twice");
  }

  @Test
  void eachQuestionHasItsOwnAnswer() {
    Repeated all = Repeated.of(graph(), Set.of("seed"), 2);
    assertThat(all.late()).containsExactlyInAnyOrder("seed", "answer", "twice");
    Map<String, Tensor> told =
        new OneOff()
            .run(
                all.graph(),
                Map.of(
                    "x",
                    row(0, 0, 0),
                    "seed",
                    row(1, 2, 3),
                    Repeated.name("seed", 1),
                    row(4, 5, 6)));
    assertThat(told.get("answer").floats()).containsExactly(1, 2, 3);
    assertThat(told.get("twice").floats()).containsExactly(2, 4, 6);
    assertThat(told.get(Repeated.name("answer", 1)).floats()).containsExactly(4, 5, 6);
    assertThat(told.get(Repeated.name("twice", 1)).floats()).containsExactly(8, 10, 12);
  }

  private static Tensor row(float... values) {
    return Tensor.of(values, 1, 3);
  }
}
