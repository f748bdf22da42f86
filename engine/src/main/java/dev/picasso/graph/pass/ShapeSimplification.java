package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Gives operators that compute the shape of their result at run time a constant to aim at, where
 * that shape is known up to the batch. The operations that computed it are gone then.
 */
public final class ShapeSimplification {
  /** The same graph with constant targets. */
  public Graph apply(Graph graph, Collection<String> keep) {
    GraphEdit edit = new GraphEdit(graph);
    for (Node node : graph.nodes()) {
      Optional<Value> output = graph.find(node.outputs().get(0));
      edit.add(output.map(y -> simpler(graph, edit, node, y.shape())).orElse(node));
    }
    return edit.build(keep);
  }

  private static Node simpler(Graph graph, GraphEdit edit, Node node, Shape result) {
    return switch (node.op()) {
      case "Reshape" -> reshape(graph, edit, node, result);
      case "Expand" -> expand(graph, edit, node, result);
      case "Resize" -> resize(graph, edit, node, result);
      default -> node;
    };
  }

  private static boolean computed(Graph graph, Node node, int input) {
    return node.hasInput(input) && graph.constant(node.inputs().get(input)).isEmpty();
  }

  private static Node reshape(Graph graph, GraphEdit edit, Node node, Shape result) {
    boolean empty = LongStream.of(result.dims()).anyMatch(d -> d == 0);
    if (!computed(graph, node, 1) || result.batchAxes() > 1 || empty) {
      return node;
    }
    long[] target = LongStream.of(result.dims()).map(d -> d < 0 ? -1 : d).toArray();
    return GraphEdit.withInput(
        node, 1, edit.constant(node.output() + "/shape", Tensor.longs(target)));
  }

  /** An axis that is the batch already needs no expanding; 1 asks for none. */
  private static Node expand(Graph graph, GraphEdit edit, Node node, Shape result) {
    Optional<Value> x = graph.find(node.inputs().get(0));
    if (!computed(graph, node, 1) || x.isEmpty()) {
      return node;
    }
    long[] target = result.dims();
    for (int i = 0; i < target.length; i++) {
      int from = i - target.length + x.get().rank();
      if (target[i] < 0 && (from < 0 || x.get().dim(from) != target[i])) {
        return node;
      }
      target[i] = Math.max(target[i], 1);
    }
    boolean empty = LongStream.of(result.dims()).anyMatch(d -> d == 0);
    return empty
        ? node
        : GraphEdit.withInput(
            node, 1, edit.constant(node.output() + "/shape", Tensor.longs(target)));
  }

  /** Sizes of the axes that do not depend on the batch; the others keep theirs. */
  private static Node resize(Graph graph, GraphEdit edit, Node node, Shape result) {
    Optional<Value> x = graph.find(node.inputs().get(0));
    if (!computed(graph, node, 3)
        || x.isEmpty()
        || node.attributes().has("axes")
        || node.hasInput(1)
        || !node.attributes().text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      return node;
    }
    int[] axes = IntStream.range(0, result.rank()).filter(i -> result.dim(i) >= 0).toArray();
    boolean batchStays =
        IntStream.range(0, result.rank())
            .allMatch(i -> result.dim(i) >= 0 || result.dim(i) == x.get().dim(i));
    if (!batchStays) {
      return node;
    }
    long[] sizes = IntStream.of(axes).mapToLong(result::dim).toArray();
    String constant = edit.constant(node.output() + "/sizes", Tensor.longs(sizes));
    return new Node(
        node.name(),
        node.domain(),
        node.op(),
        List.of(node.inputs().get(0), "", "", constant),
        node.outputs(),
        node.attributes().with("axes", axes));
  }
}
