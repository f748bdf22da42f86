package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.stream.IntStream;

/** Operators that pick elements by place: the gradient is added back to the places. */
final class IndexingRules {
  private IndexingRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Gather", IndexingRules::gather);
    rules.put("GatherElements", IndexingRules::gatherElements);
    rules.put("GatherND", IndexingRules::gatherNd);
    rules.putMultiple("TopK", IndexingRules::topK);
  }

  private static Value gather(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    int axis = x.axis((int) node.attributes().integer("axis", 0));
    long size = x.dim(axis);
    Tensor places =
        node.constant(1)
            .orElseThrow(() -> new UnsupportedGradientException("its indices are no constant"));
    long[] indices = places.longs();
    for (int i = 0; i < indices.length; i++) {
      indices[i] = indices[i] < 0 ? indices[i] + size : indices[i];
    }
    if (indices.length == 1) {
      Value one = g.reshape(dy, x.with(axis, 1));
      return LayoutRules.padAxis(g, one, axis, indices[0], size - indices[0] - 1);
    }
    return scatterAxis(g, g.reshape(dy, x.with(axis, indices.length)), axis, indices, size);
  }

  /**
   * Adds element i of an axis to place indices[i] of an axis of that size: a product with a matrix
   * of zeros and ones.
   */
  static Value scatterAxis(GraphBuilder g, Value dy, int axis, long[] indices, long size) {
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
