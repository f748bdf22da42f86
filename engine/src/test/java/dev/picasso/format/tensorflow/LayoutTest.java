package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
}
