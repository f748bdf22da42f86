package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that pick elements by place: the gradient is added back to the places. */
final class IndexingRules {
  /** The largest matrix that says which place goes where. */
  private static final long MOST = 1 << 26;

  /**
   * Elements of the largest matrix of zeros and ones that is made; beyond, places are scattered.
   */
  private static final long LARGEST_MATRIX = 1 << 22;

  private IndexingRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Gather", IndexingRules::gather);
    rules.put("GatherElements", IndexingRules::gatherElements);
    rules.put("GatherND", IndexingRules::gatherNd);
    rules.put(
        "ScatterElements",
        IndexingRules::written,
        IndexingRules::places,
        (g, node, dy) -> g.op("GatherElements", axis(node), dy, node.input(1)));
    rules.put(
        "ScatterND",
        IndexingRules::written,
        IndexingRules::places,
        (g, node, dy) -> g.op("GatherND", dy, node.input(1)));
    rules.putMultiple("TopK", IndexingRules::topK);
  }

  private static Value gather(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    int axis = x.axis((int) node.attributes().integer("axis", 0));
    long size = x.dim(axis);
    Optional<Tensor> places = node.constant(1);
    if (places.isEmpty() || size < 0) {
      return scattered(g, node, dy, axis);
    }
    long[] indices = places.get().longs();
    if (indices.length > 1 && indices.length > LARGEST_MATRIX / Math.max(1, size)) {
      return scattered(g, node, dy, axis);
    }
    for (int i = 0; i < indices.length; i++) {
      indices[i] = indices[i] < 0 ? indices[i] + size : indices[i];
    }
    if (indices.length == 1) {
      Value one = g.reshape(dy, x.with(axis, 1));
      return LayoutRules.padAxis(g, one, axis, indices[0], size - indices[0] - 1);
    }
    return scatterAxis(g, g.reshape(dy, x.with(axis, indices.length)), axis, indices, size);
  }

  /** Indices that are known only when the graph runs: a scatter, with the axis brought first. */
  private static Value scattered(GraphBuilder g, NodeView node, Value dy, int axis) {
    Value zeros = g.mul(node.input(0), 0);
    int indexAxes = node.shape(1).rank();
    int[] forward = axisFirst(zeros.rank(), axis, 1);
    int[] back = new int[forward.length];
    for (int i = 0; i < back.length; i++) {
      back[forward[i]] = i;
    }
    Value sums =
        g.op(
            "ScatterND",
            Attributes.of("reduction", "add"),
            g.transpose(zeros, forward),
            g.unsqueeze(node.input(1), -1),
            g.transpose(dy, axisFirst(dy.rank(), axis, indexAxes)));
    return g.transpose(sums, back);
  }

  /** The permutation that brings some axes to the front and leaves the others in their order. */
  private static int[] axisFirst(int rank, int axis, int count) {
    return IntStream.concat(
            IntStream.range(axis, axis + count),
            IntStream.concat(IntStream.range(0, axis), IntStream.range(axis + count, rank)))
        .toArray();
  }

  /**
   * Adds element i of an axis to place indices[i] of an axis of that size: a product with a matrix
   * of zeros and ones.
   */
  static Value scatterAxis(GraphBuilder g, Value dy, int axis, long[] indices, long size) {
    if (Math.multiplyExact(indices.length, size) > MOST) {
      throw new UnsupportedGradientException(
          "it takes " + indices.length + " places of an axis of " + size + ".");
    }
    float[] ones = new float[Math.toIntExact(indices.length * size)];
    for (int i = 0; i < indices.length; i++) {
      ones[Math.toIntExact(i * size + indices[i])] = 1;
    }
    Value matrix = g.cast(g.constant(Tensor.of(ones, indices.length, size)), dy.type());
    int last = dy.rank() - 1;
    int[] swap = IntStream.rangeClosed(0, last).toArray();
    swap[axis] = last;
    swap[last] = axis;
    return g.transpose(g.matMul(g.transpose(dy, swap), matrix), swap);
  }

  private static Value gatherElements(GraphBuilder g, NodeView node, Value dy) {
    return g.op(
        "ScatterElements",
        Attributes.of("axis", node.attributes().integer("axis", 0)).with("reduction", "add"),
        g.mul(node.input(0), 0),
        node.input(1),
        dy);
  }

  private static Value gatherNd(GraphBuilder g, NodeView node, Value dy) {
    if (node.attributes().integer("batch_dims", 0) != 0) {
      throw new UnsupportedGradientException("batch_dims is not zero");
    }
    return g.op(
        "ScatterND", Attributes.of("reduction", "add"), g.mul(node.input(0), 0), node.input(1), dy);
  }

  /** Zero where elements were written over; all of it where they were added to. */
  private static Value written(GraphBuilder g, NodeView node, Value dy) {
    String reduction = node.attributes().text("reduction", "none");
    return switch (reduction) {
      case "add" -> dy;
      case "none" -> {
        Attributes attributes = node.op().equals("ScatterND") ? Attributes.none() : axis(node);
        yield g.op(node.op(), attributes, dy, node.input(1), g.mul(node.input(2), 0));
      }
      default -> throw new UnsupportedGradientException("reduction " + reduction);
    };
  }

  private static Value places(GraphBuilder g, NodeView node, Value dy) {
    throw new UnsupportedGradientException("places are no numbers");
  }

  private static Attributes axis(NodeView node) {
    return Attributes.of("axis", node.attributes().integer("axis", 0));
  }

  private static Value topK(GraphBuilder g, NodeView node) {
    Value dy =
        node.gradient(0)
            .orElseThrow(() -> new UnsupportedGradientException("only the places are used"));
    return g.op(
        "ScatterElements",
        Attributes.of("axis", node.axis(-1)).with("reduction", "add"),
        g.mul(node.input(0), 0),
        node.output(1),
        dy);
  }
}
