package dev.picasso.graph.pass;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Zeros put around an image right before a convolution become the convolution's own padding: no
 * copy of the image, and nothing that leaves the runtime's blocked layout. The padding stays
 * readable where somebody asks for it.
 */
public final class PadFolding {
  /** The same graph, whose convolutions read what their paddings read. */
  public Graph apply(Graph graph, Collection<String> keep) {
    GraphEdit edit = new GraphEdit(graph);
    for (Node node : graph.nodes()) {
      edit.add(folded(graph, node).orElse(node));
    }
    return edit.build(keep);
  }

  private static Optional<Node> folded(Graph graph, Node node) {
    boolean explicit = node.attributes().text("auto_pad", "NOTSET").equals("NOTSET");
    if (!node.op().equals("Conv") || !node.domain().isEmpty() || !explicit) {
      return Optional.empty();
    }
    return graph
        .producer(node.inputs().get(0))
        .flatMap(
            pad ->
                added(graph, pad)
                    .map(more -> withPads(node, more))
                    .map(conv -> GraphEdit.withInput(conv, 0, pad.inputs().get(0))));
  }

  private static Node withPads(Node conv, long[] more) {
    long[] own = conv.attributes().integers("pads").orElseGet(() -> new long[more.length]);
    long[] all = more.clone();
    Arrays.setAll(all, i -> own[i] + more[i]);
    return new Node(
        conv.name(),
        conv.domain(),
        conv.op(),
        conv.inputs(),
        conv.outputs(),
        conv.attributes().with("pads", all));
  }

  /** The zeros that a Pad adds, as a convolution counts them; empty if it does anything else. */
  private static Optional<long[]> added(Graph graph, Node pad) {
    if (!pad.op().equals("Pad")
        || !pad.domain().isEmpty()
        || !pad.attributes().text("mode", "constant").equals("constant")
        || !fillsWithZero(graph, pad)) {
      return Optional.empty();
    }
    int rank = graph.value(pad.inputs().get(0)).rank();
    Optional<long[]> pads = graph.constant(pad.inputs().get(1)).map(Tensor::longs);
    Optional<long[]> axes =
        pad.hasInput(3)
            ? graph.constant(pad.inputs().get(3)).map(Tensor::longs)
            : Optional.of(LongStream.range(0, rank).toArray());
    return pads.flatMap(p -> axes.flatMap(a -> spatial(p, a, rank)));
  }

  private static Optional<long[]> spatial(long[] pads, long[] axes, int rank) {
    int n = rank - 2;
    long[] added = new long[2 * n];
    for (int i = 0; i < axes.length; i++) {
      int axis = (int) (axes[i] < 0 ? axes[i] + rank : axes[i]) - 2;
      long before = pads[i];
      long after = pads[i + axes.length];
      if (before < 0 || after < 0 || (axis < 0 && before + after > 0)) {
        return Optional.empty();
      }
      if (axis >= 0) {
        added[axis] = before;
        added[axis + n] = after;
      }
    }
    return Optional.of(added);
  }

  private static boolean fillsWithZero(Graph graph, Node pad) {
    return !pad.hasInput(2)
        || graph
            .constant(pad.inputs().get(2))
            .filter(t -> t.size() == 1 && t.as(DataType.FLOAT).floats()[0] == 0)
            .isPresent();
  }
}
