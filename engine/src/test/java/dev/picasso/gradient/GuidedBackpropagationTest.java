package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuidedBackpropagationTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/picasso/gradient");

  /**
   * A 5×5 image through two layers, worked out on paper. The first kernel takes the difference of
   * right and left neighbour, so that with columns (0, 2, 1, 4, 3) each row of its result is (1, 2,
   * 2); minus 1.5 and rectified: (0, ½, ½). The second kernel (1, −1, 1) gives 0 for each row, plus
   * 1: 1.
   *
   * <p>Backwards from three ones: dy = (1, −1, 1) for each row; the ReLU stops the first (its input
   * is negative) and guidance the second (its gradient is), which leaves (0, 0, 1). Through the
   * first kernel that is (0, 0, −1, 0, 1) for each row, where the true gradient is (0, 1, −1, −1,
   * 1).
   */
  @Test
  void agreesWithAFiveByFiveImageDoneByHand() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(1, 1, 5, 5));
    Value edges = convolution(g, x, -1, 0, 1);
    Value hidden = g.relu(g.add(edges, -1.5));
    Value y = g.relu(g.add(convolution(g, hidden, 1, -1, 1), 1));
    Value seed = g.constant(Tensor.of(new float[] {1, 1, 1, 1, 1}, 1, 1, 5, 1));
    Map<String, Tensor> feed = Map.of("x", rows(0, 2, 1, 4, 3));

    assertThat(gradient(Backpropagation.GUIDED, g, y, seed, feed).floats())
        .containsExactly(rows(0, 0, -1, 0, 1).floats());
    assertThat(gradient(Backpropagation.PLAIN, g, y, seed, feed).floats())
        .containsExactly(rows(0, 1, -1, -1, 1).floats());
  }

  @Test
  void agreesWithPyTorchWhoseReluHasAnotherBackwardPass() {
    Map<String, Tensor> numbers = NpzFile.read(FOLDER.resolve("guided.npz"));
    Graph graph =
        ModelLoader.standard().load(ModelRequest.of(FOLDER.resolve("guided.onnx"))).graph();
    GraphBuilder g = GraphBuilder.from(graph);
    Value y = g.lookUp(graph.outputs().get(0));
    Value seed = g.input("seed", y.type(), y.shape());
    String input = graph.inputs().get(0).name();
    Value dx =
        new Differentiator(Backpropagation.GUIDED.rules(graph))
            .gradients(g, graph, y.name(), seed, List.of(input))
            .get(0);
    Map<String, Tensor> feed = Map.of(input, numbers.get("x"), seed.name(), numbers.get("r"));
    Tensor actual = new OneOff().run(g.build(dx), feed).get(dx.name());
    assertThat(OracleCase.deviation(actual, numbers.get("guided"))).isLessThan(1e-5);
    assertThat(OracleCase.deviation(numbers.get("g"), numbers.get("guided")))
        .as("the guided gradient is another one than the true one")
        .isGreaterThan(.1);
  }

  @Test
  void theSameModelHasPyTorchsTrueGradient() {
    new OracleCase(FOLDER.resolve("guided.onnx"), FOLDER.resolve("guided.npz")).check();
  }

  /** Clips that do not begin at zero are no rectifiers. */
  @Test
  void aClipFromBelowZeroHasItsTrueGradient() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(4));
    Value y = g.concat(0, List.of(g.clip(x, -1, 1), g.clip(x, 0, 6)));
    Value seed = g.constant(Tensor.of(new float[] {-1, -1, -1, -1, 2, 2, -2, 2}, 8));
    Map<String, Tensor> feed = Map.of("x", Tensor.of(new float[] {-2, .5f, .7f, 7}, 4));
    assertThat(gradient(Backpropagation.GUIDED, g, y, seed, feed).floats())
        .containsExactly(0, 1, -1, 0);
  }

  /** A kernel of one row, [1, 1, 1, 3]. */
  private static Value convolution(GraphBuilder g, Value x, float... row) {
    return g.conv(x, g.constant(Tensor.of(row, 1, 1, 1, 3)), Optional.empty(), Attributes.none());
  }

  private static Tensor rows(float... row) {
    float[] all = new float[25];
    for (int i = 0; i < all.length; i++) {
      all[i] = row[i % 5];
    }
    return Tensor.of(all, 1, 1, 5, 5);
  }

  private static Tensor gradient(
      Composite composite, GraphBuilder g, Value y, Value seed, Map<String, Tensor> feed) {
    Graph graph = g.build(y);
    Value dx =
        new Differentiator(composite.rules(graph))
            .gradients(g, graph, y.name(), seed, List.of("x"))
            .get(0);
    Value named = g.add(dx, 0); // zero and minus zero are the same
    return new OneOff().run(g.build(named), feed).get(named.name());
  }
}
