package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Reductions: y is smaller than x along the reduced axes, which are stretched back for dx. */
final class ReductionRules {
  private ReductionRules() {}

  static void addTo(RuleTable rules) {
    rules.put("ReduceSum", (g, node, dy) -> stretched(g, node, dy));
    rules.put("ReduceMean", ReductionRules::mean);
    rules.put("ReduceMax", ReductionRules::extreme);
    rules.put("ReduceMin", ReductionRules::extreme);
    rules.put("ReduceProd", ReductionRules::product);
    rules.put("ReduceL1", (g, node, dy) -> g.mul(kept(g, node, dy), g.sign(node.input(0))));
    rules.put("ReduceL2", ReductionRules::norm);
    rules.put(
        "ReduceSumSquare", (g, node, dy) -> g.mul(kept(g, node, dy), g.mul(node.input(0), 2)));
    rules.put("ReduceLogSum", ReductionRules::logSum);
    rules.put("ReduceLogSumExp", ReductionRules::logSumExp);
    rules.put("CumSum", ReductionRules::cumulativeSum);
  }

  /** The axes that are summed over, counted from the front. */
  private static long[] axes(NodeView node) {
    int rank = node.input(0).rank();
    long[] named = node.longs(1).orElseGet(() -> new long[0]);
    if (named.length == 0) {
      boolean nothing = node.attributes().flag("noop_with_empty_axes", false);
      return nothing ? new long[0] : LongStream.range(0, rank).toArray();
    }
    return LongStream.of(named).map(a -> a < 0 ? a + rank : a).sorted().toArray();
  }

  /** A value of y's shape with the reduced axes as ones, so that it broadcasts against x. */
  private static Value kept(GraphBuilder g, NodeView node, Value value) {
    boolean keepDims = node.attributes().flag("keepdims", true);
    return keepDims ? value : g.unsqueeze(value, axes(node));
  }

  private static Value stretched(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value narrow = kept(g, node, dy);
    if (x.rank() == 4 && Arrays.equals(axes(node), new long[] {2, 3})) {
      return Blocks.stretched(g, narrow, x);
    }
    if (x.shape().isStatic() || batchStays(node)) {
      long[] dims = LongStream.of(x.shape().dims()).map(d -> d < 0 ? 1 : d).toArray();
      return g.expand(narrow, dims);
    }
    return g.add(narrow, g.mul(x, 0));
  }

  private static boolean batchStays(NodeView node) {
    return LongStream.of(axes(node)).allMatch(a -> node.shape(0).dim((int) a) >= 0);
  }

  private static Value mean(GraphBuilder g, NodeView node, Value dy) {
    if (!batchStays(node)) {
      throw new UnsupportedGradientException("it takes the mean over the batch");
    }
    long count =
        LongStream.of(axes(node)).map(a -> node.shape(0).dim((int) a)).reduce(1, (a, b) -> a * b);
    return stretched(g, node, g.div(dy, (double) count));
  }

  /** The gradient goes to all elements that reach the extreme, in equal shares. */
  private static Value extreme(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value hits = g.cast(g.equal(x, kept(g, node, node.output())), x.type());
    return g.mul(hits, g.div(kept(g, node, dy), g.sum(hits, true, axes(node))));
  }

  /**
   * dx = dy · the product of the other elements: of all that are not zero, if none of the others
   * is.
   */
  private static Value product(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value none = g.scalarLike(x, 0);
    Value isZero = g.equal(x, none);
    Value nonZero = g.where(isZero, g.scalarLike(x, 1), x);
    Value rest = g.reduce("ReduceProd", nonZero, true, axes(node));
    Value others =
        g.sub(g.sum(g.cast(isZero, x.type()), true, axes(node)), g.cast(isZero, x.type()));
    Value product = g.where(g.equal(others, none), g.div(rest, nonZero), none);
    return g.mul(kept(g, node, dy), product);
  }

  private static Value norm(GraphBuilder g, NodeView node, Value dy) {
    // Where all elements are zero there is a kink, and nothing passes.
    Value y = kept(g, node, node.output());
    return g.mul(node.input(0), g.div(kept(g, node, dy), g.max(y, tiny(g, y))));
  }

  private static Value tiny(GraphBuilder g, Value like) {
    return g.scalarLike(like, Float.MIN_NORMAL);
  }

  private static Value logSum(GraphBuilder g, NodeView node, Value dy) {
    return stretched(g, node, g.div(dy, g.exp(node.output())));
  }

  private static Value logSumExp(GraphBuilder g, NodeView node, Value dy) {
    Value share = g.exp(g.sub(node.input(0), kept(g, node, node.output())));
    return g.mul(kept(g, node, dy), share);
  }

  /** The sum from the other end. */
  private static Value cumulativeSum(GraphBuilder g, NodeView node, Value dy) {
    boolean reverse = node.attributes().flag("reverse", false);
    Attributes turned = node.attributes().with("reverse", !reverse);
    return g.op("CumSum", turned, dy, node.input(1));
  }
}
