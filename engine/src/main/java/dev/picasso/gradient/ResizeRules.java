package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;
import java.util.stream.IntStream;

/** Resizing is linear in the pixels, axis by axis; its gradient is the transposed matrices. */
final class ResizeRules {
  private ResizeRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Resize", ResizeRules::resize);
  }

  private static Value resize(GraphBuilder g, NodeView node, Value dy) {
    if (java.util.Arrays.stream(node.output().shape().dims()).anyMatch(d -> d == 0)) {
      throw new UnsupportedGradientException("its result " + node.output().shape() + " is empty");
    }
    Value x = node.input(0);
    Value dx = dy;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (x.dim(axis) >= 0 && !untouched(node, axis)) {
        dx = alongAxis(g, node, dx, axis);
      }
    }
    return dx;
  }

  private static boolean untouched(NodeView node, int axis) {
    return node.shape(0).dim(axis) == node.output().dim(axis) && scale(node, axis) == 1;
  }

  private static Value alongAxis(GraphBuilder g, NodeView node, Value dy, int axis) {
    int in = (int) node.shape(0).dim(axis);
    int out = (int) node.output().dim(axis);
    float[] matrix = new Interpolation(in, out, scale(node, axis), node.attributes()).matrix();
    if (axis >= 2 && repeats(matrix, in, out)) {
      return sumOfRuns(g, dy, axis, in, out);
    }
    Value weights = g.cast(g.constant(Tensor.of(matrix, out, in)), dy.type());
    int last = dy.rank() - 1;
    int[] swap = IntStream.rangeClosed(0, last).toArray();
    swap[axis] = last;
    swap[last] = axis;
    return g.transpose(g.matMul(g.transpose(dy, swap), weights), swap);
  }

  private static float scale(NodeView node, int axis) {
    Optional<Tensor> scales = node.constant(2).filter(t -> t.size() > 0);
    long[] axes =
        node.attributes()
            .integers("axes")
            .orElseGet(() -> java.util.stream.LongStream.range(0, node.shape(0).rank()).toArray());
    for (int i = 0; i < axes.length; i++) {
      if (node.shape(0).axis((int) axes[i]) == axis && scales.isPresent()) {
        return scales.get().floats()[i];
      }
    }
    return sizeRatio(node, axes, axis);
  }

  /** Of one axis, or the same for all that are named where the proportions are kept. */
  private static float sizeRatio(NodeView node, long[] axes, int axis) {
    String policy = node.attributes().text("keep_aspect_ratio_policy", "stretch");
    Optional<long[]> sizes = node.longs(3);
    if (policy.equals("stretch") || sizes.isEmpty()) {
      return (float) node.output().dim(axis) / node.shape(0).dim(axis);
    }
    float[] ratios = new float[axes.length];
    boolean named = false;
    for (int i = 0; i < axes.length; i++) {
      int at = node.shape(0).axis((int) axes[i]);
      named |= at == axis;
      ratios[i] = (float) sizes.get()[i] / node.shape(0).dim(at);
    }
    java.util.Arrays.sort(ratios);
    return !named ? 1 : policy.equals("not_larger") ? ratios[0] : ratios[ratios.length - 1];
  }

  /** Whether each pixel is repeated equally often, one after another. */
  private static boolean repeats(float[] matrix, int in, int out) {
    if (out % in != 0) {
      return false;
    }
    for (int i = 0; i < out; i++) {
      if (matrix[i * in + i / (out / in)] != 1) {
        return false;
      }
    }
    return true;
  }

  /** Sums over runs of out/in pixels, by an average pool along that axis. */
  private static Value sumOfRuns(GraphBuilder g, Value dy, int axis, int in, int out) {
    long run = out / in;
    long[] kernel = Windows.filled(dy.rank() - 2, 1);
    kernel[axis - 2] = run;
    Value means =
        g.op("AveragePool", Attributes.of("kernel_shape", kernel).with("strides", kernel), dy);
    return g.mul(means, (double) run);
  }
}
