package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.Stop;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
  private static final Offset<Float> ROUNDING = within(1e-4f);

  /** Each row doubled, and the sum of the rows, each times its weight. */
  private static Graph doubledAndSummed(long rows) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(rows, 3));
    Value weight = g.input("weight", DataType.FLOAT, Shape.of(rows, 1));
    Value twice = g.named(g.identity(g.add(x, x)), "twice");
    Value sum = g.named(g.identity(g.matMul(g.transpose(weight, 1, 0), x)), "sum");
    return g.build(List.of(twice, sum));
  }

  @ParameterizedTest(name = "{0} rows, declared {1}, {2} threads")
  @CsvSource({
    "1, -1, 2",
    "2, -1, 2",
    "32, -1, 2",
    "33, -1, 2",
    "70, -1, 2",
    "300, -1, 3",
    "70, -1, 1",
    "1, 1, 2",
    "9, 1, 2",
    "8, 4, 2",
    "12, 4, 2",
    "12, 4, 1"
  })
  void rowsComeInOrderAndSumsAreOverAllOfThem(int rows, int declared, int threads) {
    float[] x = new float[3 * rows];
    float[] weights = new float[rows];
    float[] sum = new float[3];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 17 - 8;
      weights[i / 3] = 1 + i / 3 % 5;
      sum[i % 3] += x[i] * weights[i / 3];
    }
    try (Program program =
        Program.of(
            doubledAndSummed(declared < 0 ? Shape.BATCH : declared),
            Set.of("sum"),
            Set.of(),
            1,
            new RuntimeOptions(threads, true))) {
      Map<String, Tensor> out =
          program
              .run(
                  Map.of("x", Tensor.of(x, rows, 3), "weight", Tensor.of(weights, rows, 1)),
                  List.of(Map.of()),
                  new Stop())
              .get(0);
      float[] twice = out.get("twice").floats();
      assertThat(twice).hasSize(x.length);
      for (int i = 0; i < x.length; i++) {
        assertThat(twice[i]).isEqualTo(2 * x[i]);
      }
      assertThat(out.get("sum").floats()).containsExactly(sum, ROUNDING);
    }
  }

  @Test
  void whatIsClosedBeforeItRanCompilesNothing() {
    Program program =
        Program.of(
            doubledAndSummed(Shape.BATCH), Set.of("sum"), Set.of(), 1, new RuntimeOptions(1, true));
    program.close();
    Map<String, Tensor> one =
        Map.of("x", Tensor.of(new float[3], 1, 3), "weight", Tensor.of(new float[1], 1, 1));
    assertThatThrownBy(() -> program.run(one, List.of(Map.of()), new Stop()))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Outputs of 64 KiB and more are written to memory that later runs write to again. */
  @Test
  void answersStayWhatTheyWereWhenMoreIsAsked() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 1 << 15));
    Graph graph = g.build(List.of(g.named(g.identity(g.add(x, x)), "twice")));
    try (Program program = Program.of(graph, Set.of(), Set.of(), 1, new RuntimeOptions(2, true))) {
      List<float[]> answers = new ArrayList<>();
      List<Tensor> tensors = new ArrayList<>();
      for (int call = 1; call < 4; call++) {
        for (int rows : new int[] {1, 100}) {
          float[] ones = new float[rows << 15];
          Arrays.fill(ones, call);
          Tensor given = Tensor.of(ones, rows, 1 << 15);
          tensors.add(
              program.run(Map.of("x", given), List.of(Map.of()), new Stop()).get(0).get("twice"));
          answers.add(tensors.get(tensors.size() - 1).floats());
        }
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(tensors.get(i).floats()).isEqualTo(answers.get(i)).contains(2f * (i / 2 + 1));
      }
    }
  }
}
