package dev.picasso.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of these ends the process when ONNX Runtime gets it, or fills the memory. */
class SoundnessTest {
  private static final Attributes NONE = Attributes.none();
  private static final Tensor KERNELS = Tensor.of(new float[81], 3, 3, 3, 3);

  static Stream<Arguments> unsound() {
    Attributes far = Attributes.of("pads", new long[] {100_000, 100_000, 100_000, 100_000});
    return Stream.of(
        unsound("Conv", NONE, KERNELS, "span 3 pixels", 1, 3, 1, 16),
        unsound("Conv", NONE, Tensor.of(new float[8], 8), "kernels [8] do not fit", 1, 3, 9, 9),
        unsound("Conv", Attributes.of("group", 0), KERNELS, "among 0 groups", 1, 3, 9, 9),
        unsound("Conv", Attributes.of("strides", new long[] {1}), KERNELS, "of 2 axes", 1, 3, 9, 9),
        unsound("Conv", far, KERNELS, "larger than 1 GB", 1, 3, 9, 9),
        unsound("MaxPool", NONE, KERNELS, "windows [] do not fit", 1, 3, 9, 9),
        unsound(
            "MaxPool",
            kernel(2, Integer.MAX_VALUE).with("auto_pad", "SAME_UPPER"),
            KERNELS,
            "span 2147483647 pixels",
            1,
            3,
            9,
            9),
        unsound("MaxPool", kernel(2, 0), KERNELS, "must be 1 or more", 1, 3, 9, 9),
        unsound("Expand", NONE, Tensor.longs(-1, 4, 6), "impossible shape [-1, 4, 6]", 4, 6),
        unsound("Reshape", NONE, Tensor.longs(2, Long.MAX_VALUE), "impossible shape [2, 9", 4, 6));
  }

  private static Attributes kernel(long... sides) {
    return Attributes.of("kernel_shape", sides);
  }

  private static Arguments unsound(
      String op, Attributes attributes, Tensor second, String problem, long... x) {
    List<String> inputs = new ArrayList<>(List.of("x"));
    if (!op.equals("MaxPool")) {
      inputs.add("c");
    }
    Graph graph =
        Graph.of(
            List.of(new Value("x", DataType.FLOAT, Shape.of(x))),
            List.of("y"),
            List.of(new Node("n", op, inputs, List.of("y"), attributes)),
            Map.of("c", second),
            Map.of());
    return Arguments.of(op, problem, graph);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("unsound")
  void whatTheRuntimeDoesNotSurviveIsToldBefore(String op, String problem, Graph graph) {
    assertThat(Soundness.problems(graph, new OneOff()))
        .singleElement()
        .asString()
        .contains(op, problem);
  }
}
