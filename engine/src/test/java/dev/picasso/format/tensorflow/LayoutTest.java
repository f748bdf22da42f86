package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are turned once, at the edge. */
class LayoutTest {
  private static final Path ZOO = Path.of("src/test/resources/dev/picasso/format/tensorflow/zoo");
  private static final Set<String> WINDOWS =
      Set.of("Conv", "ConvTranspose", "MaxPool", "AveragePool", "BatchNormalization", "Resize");

  private static Graph graph(String file) {
    return ModelLoader.standard().load(ModelRequest.of(ZOO.resolve(file))).graph();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net_mobilenet.pb",
        "net_residual_unfused.pb",
        "net_deeplab.pb",
        "net_unet.pb",
        "net_inception.pb",
        "net_nchw_inside.pb",
        "sm2_keras3_preprocessing",
        "tfjs_inception_uint8/model.json"
      })
  void noTransposeStaysBetweenConvolutions(String file) {
    Graph graph = graph(file);
    Map<String, List<Node>> readers = graph.consumers();
    for (Node node : graph.nodes()) {
      if (node.op().equals("Transpose") && follows(graph, node, new HashSet<>())) {
        assertThat(precedes(readers, node)).as("%s before a convolution", node.name()).isFalse();
      }
    }
  }

  /** Whether a convolution lies before a node. */
  private static boolean follows(Graph graph, Node node, Set<Node> seen) {
    return node.inputs().stream()
        .flatMap(i -> graph.producer(i).stream())
        .anyMatch(p -> seen.add(p) && (WINDOWS.contains(p.op()) || follows(graph, p, seen)));
  }

  private static boolean precedes(Map<String, List<Node>> readers, Node node) {
    Deque<Node> next = new ArrayDeque<>(List.of(node));
    Set<Node> seen = new HashSet<>();
    while (!next.isEmpty()) {
      Node at = next.remove();
      for (String output : at.outputs()) {
        for (Node reader : readers.getOrDefault(output, List.of())) {
          if (WINDOWS.contains(reader.op())) {
            return true;
          }
          if (seen.add(reader)) {
            next.add(reader);
          }
        }
      }
    }
    return false;
  }

  @Test
  void blocksAroundAConvolutionAreOneDilatedConvolution() {
    Graph graph = graph("depthwise_dilation.pb");
    assertThat(graph.nodes()).extracting(Node::op).contains("Conv").doesNotContain("Pad");
    assertThat(
            graph.nodes().stream()
                .filter(n -> n.op().equals("Conv"))
                .map(n -> n.attributes().integers("dilations").orElseThrow()[0]))
        .containsOnly(2L);
  }

  @Test
  void aDenseLayerOnPixelsIsAConvolution(@TempDir Path folder) throws IOException {
    String text =
        node("x", "Placeholder", "", "dtype", "type: DT_FLOAT", "shape", image())
            + constant("k", "DT_FLOAT", new long[] {1, 1, 3, 4}, "float_val: 0.5")
            + node("c", "Conv2D", "x k", "padding", "s: \"SAME\"", "strides", ones())
            + constant("rows", "DT_INT32", new long[] {2}, "int_val: -1 int_val: 4")
            + node("r", "Reshape", "c rows")
            + constant("w", "DT_FLOAT", new long[] {4, 5}, "float_val: 0.25")
            + node("m", "MatMul", "r w")
            + constant(
                "back", "DT_INT32", new long[] {4}, "int_val: -1 int_val: 6 int_val: 6 int_val: 5")
            + node("p", "Reshape", "m back")
            + node("y", "Relu", "p");
    Path file = folder.resolve("dense.pbtxt");
    Files.writeString(file, text);
    Graph graph = ModelLoader.standard().load(ModelRequest.of(file)).graph();
    assertThat(graph.nodes())
        .extracting(Node::op)
        .containsExactly("Transpose", "Conv", "Conv", "Relu", "Transpose");
  }

  private static String image() {
    return "shape { dim { size: -1 } dim { size: 6 } dim { size: 6 } dim { size: 3 } }";
  }

  private static String ones() {
    return "list { i: 1 i: 1 i: 1 i: 1 }";
  }

  private static String constant(String name, String type, long[] dims, String values) {
    StringBuilder shape = new StringBuilder();
    for (long dim : dims) {
      shape.append("dim { size: ").append(dim).append(" } ");
    }
    String tensor = "tensor { dtype: %s tensor_shape { %s } %s }".formatted(type, shape, values);
    return node(name, "Const", "", "dtype", "type: " + type, "value", tensor);
  }

  private static String node(String name, String op, String inputs, String... attributes) {
    StringBuilder text = new StringBuilder("node { name: \"%s\" op: \"%s\" ".formatted(name, op));
    for (String input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
      text.append("input: \"%s\" ".formatted(input));
    }
    for (int i = 0; i < attributes.length; i += 2) {
      text.append("attr { key: \"%s\" value { %s } } ".formatted(attributes[i], attributes[i + 1]));
    }
    return text.append("}\n").toString();
  }
}
