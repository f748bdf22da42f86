package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Normalizations: by fixed statistics, by those of the element's own group, and by neighbours. */
final class NormalizationRules {
  private NormalizationRules() {}

  static void addTo(RuleTable rules) {
    rules.putMultiple("BatchNormalization", NormalizationRules::batch);
    rules.putMultiple("LayerNormalization", NormalizationRules::layer);
    rules.put("InstanceNormalization", NormalizationRules::instance);
    rules.put("GroupNormalization", NormalizationRules::group);
    rules.put("MeanVarianceNormalization", NormalizationRules::meanVariance);
    rules.put("LRN", NormalizationRules::localResponse);
    rules.put("LpNormalization", NormalizationRules::unit);
  }

  /** Inference: y = γ·(x − μ)/√(σ² + ε) + β with fixed μ and σ. */
  private static Value batch(GraphBuilder g, NodeView node) {
    Value dy = node.gradient(0).orElseThrow();
    Value deviation = g.sqrt(g.add(node.input(4), node.attributes().real("epsilon", 1e-5)));
    return g.mul(dy, perChannel(g, g.div(node.input(1), deviation), dy.rank()));
  }

  /** [C] as [C, 1, …], to be multiplied with [N, C, …]. */
  private static Value perChannel(GraphBuilder g, Value value, int rank) {
    long[] dims = new long[rank - 1];
    Arrays.fill(dims, 1);
    dims[0] = value.dim(0);
    return g.reshape(value, dims);
  }

  private static Value layer(GraphBuilder g, NodeView node) {
    Value dy =
        node.gradient(0)
            .orElseThrow(
                () -> new UnsupportedGradientException("only its mean or deviation is used"));
    Value x = node.input(0);
    int axis = x.shape().axis((int) node.attributes().integer("axis", -1));
    long[] axes = LongStream.range(axis, x.rank()).toArray();
    return standardized(g, epsilon(node), x, g.mul(dy, node.input(1)), axes);
  }

  private static Value instance(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    long[] axes = LongStream.range(2, x.rank()).toArray();
    Value scale = perChannel(g, node.input(1), x.rank());
    return standardized(g, epsilon(node), x, g.mul(dy, scale), axes);
  }

  private static Value group(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value scaled = g.mul(dy, perChannel(g, node.input(1), x.rank()));
    long groups = node.attributes().integer("num_groups", 1);
    long perGroup = Shape.of(Arrays.copyOfRange(x.shape().dims(), 1, x.rank())).size() / groups;
    Shape grouped = Shape.of(x.dim(0), groups, perGroup);
    Value dx = standardized(g, epsilon(node), g.reshape(x, grouped), g.reshape(scaled, grouped), 2);
    return g.reshape(dx, x.shape());
  }

  /** y = x̂ over axes that may be the batch's, with a far smaller ε. */
  private static Value meanVariance(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    long[] axes = node.attributes().integers("axes").orElseGet(() -> new long[] {0, 2, 3});
    return standardized(g, 1e-9, x, dy, axes);
  }

  private static double epsilon(NodeView node) {
    return node.attributes().real("epsilon", 1e-5);
  }

  /**
   * Through x̂ = (x − mean x)/√(var x + ε) over some axes: dx = (dx̂ − mean dx̂ −
   * x̂·mean(dx̂·x̂))/√(var x + ε).
   */
  private static Value standardized(
      GraphBuilder g, double epsilon, Value x, Value dHat, long... axes) {
    Value centred = g.sub(x, g.mean(x, true, axes));
    Value variance = g.mean(g.square(centred), true, axes);
    Value deviation = g.sqrt(g.add(variance, epsilon));
    Value hat = g.div(centred, deviation);
    Value along = g.mul(hat, g.mean(g.mul(dHat, hat), true, axes));
    return g.div(g.sub(g.sub(dHat, g.mean(dHat, true, axes)), along), deviation);
  }

  /**
   * y = x·d^−β with d = k + α/n · Σ x² over n neighbouring channels: dx = dy·d^−β − 2αβ/n · x · Σ
   * dy·x·d^(−β−1).
   */
  private static Value localResponse(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    long size = node.attributes().integer("size", 1);
    double alpha = node.attributes().real("alpha", 1e-4);
    double beta = node.attributes().real("beta", .75);
    long before = (size - 1) / 2;
    long after = size - 1 - before;
    Value sums = channelSums(g, g.square(x), size, before, after);
    Value d = g.add(g.mul(sums, alpha / (double) size), node.attributes().real("bias", 1));
    Value inner = g.mul(g.mul(dy, x), g.pow(d, -beta - 1));
    Value others = channelSums(g, inner, size, after, before);
    return g.sub(
        g.mul(dy, g.pow(d, -beta)), g.mul(g.mul(x, others), 2 * alpha * beta / (double) size));
  }

  /** Sums over a window of channels: an average pool over them, times its size. */
  private static Value channelSums(GraphBuilder g, Value x, long size, long before, long after) {
    long pixels = Shape.of(Arrays.copyOfRange(x.shape().dims(), 2, x.rank())).size();
    Value plane = g.reshape(x, Shape.of(x.dim(0), 1, x.dim(1), pixels));
    Value means =
        g.op(
            "AveragePool",
            Attributes.of("kernel_shape", new long[] {size, 1})
                .with("pads", new long[] {before, 0, after, 0})
                .with("count_include_pad", 1),
            plane);
    return g.reshape(g.mul(means, (double) size), x.shape());
  }

  /** y = x/‖x‖ₚ along an axis. */
  private static Value unit(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value y = node.output();
    int axis = node.axis(-1);
    boolean absolute = node.attributes().integer("p", 2) == 1;
    Value norm = g.reduce(absolute ? "ReduceL1" : "ReduceL2", x, true, axis);
    Value direction = absolute ? g.sign(x) : y;
    Value along = g.mul(direction, g.sum(g.mul(dy, y), true, axis));
    // Where all elements are zero there is a kink, and nothing passes.
    Value zero = g.scalarLike(norm, 0);
    Value safe = g.max(norm, g.scalarLike(norm, Float.MIN_NORMAL));
    return g.where(g.greater(norm, zero), g.div(g.sub(dy, along), safe), zero);
  }
}
