package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Pooling over windows of the spatial axes, and over all of them. */
final class PoolingRules {
  private PoolingRules() {}

  static void addTo(RuleTable rules) {
    rules.putMultiple("MaxPool", PoolingRules::maxPool);
    rules.put("MaxUnpool", PoolingRules::maxUnpool);
    rules.put("AveragePool", PoolingRules::averagePool);
    rules.put("LpPool", PoolingRules::lpPool);
    rules.put("GlobalAveragePool", PoolingRules::globalAveragePool);
    rules.put("GlobalMaxPool", PoolingRules::globalMaxPool);
    rules.put("GlobalLpPool", PoolingRules::globalLpPool);
  }

  /**
   * Each gradient goes to the first largest pixel of its window, and adds up where they overlap.
   */
  private static Value maxPool(GraphBuilder g, NodeView node) {
    Value x = node.input(0);
    Value dy =
        node.gradient(0)
            .orElseThrow(
                () -> new UnsupportedGradientException("only the places of the maxima are used"));
    long[] kernel = node.attributes().integers("kernel_shape").orElseThrow();
    Windows windows = Windows.of(node.attributes(), kernel, x.shape(), node.output().shape());
    if (PairedPool.fits(windows, x) && covers(windows, node)) {
      return PairedPool.gradient(g, x, dy);
    }
    if (OverlappingPool.fits(windows, x, node.output())) {
      return OverlappingPool.gradient(g, x, node.output(), dy);
    }
    Value places = g.emit("MaxPool", rowMajor(node), 2, List.of(Optional.of(x))).get(1);
    if (x.type() == DataType.FLOAT && windows.tile() && covers(windows, node)) {
      return g.op(
          "MaxUnpool",
          Attributes.of("kernel_shape", kernel).with("strides", windows.strides()),
          dy,
          places);
    }
    Value shape = g.op("Shape", x);
    Value zeros = g.op("Reshape", zerosLike(g, x), g.longs(-1));
    Value flat =
        g.op(
            "ScatterElements",
            Attributes.of("axis", 0).with("reduction", "add"),
            zeros,
            g.op("Reshape", places, g.longs(-1)),
            g.op("Reshape", dy, g.longs(-1)));
    return shaped(g, flat, x, shape);
  }

  /** Each element gets the gradient of the place that it was put at. */
  private static Value maxUnpool(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value flat = g.op("Reshape", dy, g.longs(-1));
    Value places = g.op("Reshape", node.input(1), g.longs(-1));
    return shaped(g, g.gather(flat, places, 0), x, g.op("Shape", x));
  }

  /** Whether the windows are all of the image and no more, so that nothing has to be added up. */
  private static boolean covers(Windows windows, NodeView node) {
    long[] missing = windows.outputPadding(node.shape(0), node.output().shape());
    return !windows.padded() && Arrays.stream(missing).allMatch(m -> m == 0);
  }

  /** The places of the maxima are to be counted along rows, however the model counts them. */
  private static Attributes rowMajor(NodeView node) {
    return node.attributes().without("storage_order");
  }

  private static Value zerosLike(GraphBuilder g, Value x) {
    return g.mul(x, 0);
  }

  private static Value shaped(GraphBuilder g, Value flat, Value like, Value shape) {
    return like.shape().batchAxes() <= 1
        ? g.reshape(flat, like.shape())
        : g.op("Reshape", flat, shape);
  }

  /** dy shared out evenly among the pixels of each window. */
  private static Value averagePool(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    Shape y = node.output().shape();
    long[] kernel = node.attributes().integers("kernel_shape").orElseThrow();
    Windows windows = Windows.of(node.attributes(), kernel, x, y);
    boolean whole = node.attributes().flag("count_include_pad", false);
    Value share = g.mul(dy, counts(g, windows, x, y, whole, dy));
    if (windows.tile() && covers(windows, node)) {
      return g.repeatPixels(share, kernel);
    }
    return spread(g, windows, share, x, windows.outputPadding(x, y));
  }

  /** One over the number of pixels that each window averages, as [1, 1, …]. */
  private static Value counts(
      GraphBuilder g, Windows windows, Shape x, Shape y, boolean countPadding, Value like) {
    long[] dims = LongStream.concat(LongStream.of(1, 1), LongStream.of(spatial(y))).toArray();
    float[] share = new float[(int) Shape.of(dims).size()];
    Arrays.fill(share, 1);
    int inner = 1;
    for (int i = windows.rank() - 1; i >= 0; i--) {
      int size = (int) y.dim(i + 2);
      for (int at = 0; at < share.length; at++) {
        share[at] /= covered(windows, i, (at / inner) % size, x.dim(i + 2), countPadding);
      }
      inner *= size;
    }
    return g.cast(g.constant(Tensor.of(share, dims)), like.type());
  }

  /** Pixels of the window at that place that count: inside the image, or inside its padding too. */
  private static long covered(Windows w, int axis, long place, long size, boolean countPadding) {
    long start = place * w.strides()[axis] - w.before()[axis];
    long low = countPadding ? -w.before()[axis] : 0;
    long high = countPadding ? size + w.after()[axis] : size;
    return LongStream.range(0, w.kernel()[axis])
        .map(k -> start + k * w.dilations()[axis])
        .filter(at -> at >= low && at < high)
        .count();
  }

  /** Adds each element to all pixels of its window: a transposed convolution with ones. */
  private static Value spread(
      GraphBuilder g, Windows windows, Value share, Shape x, long[] missing) {
    long[] ones = LongStream.concat(LongStream.of(1, 1), LongStream.of(windows.kernel())).toArray();
    float[] kernel = new float[(int) windows.kernelSize()];
    Arrays.fill(kernel, 1);
    Shape y = share.shape();
    Value planes = g.reshape(share, onePlane(y));
    long[] extra = Arrays.stream(missing).map(m -> Math.max(0, m)).toArray();
    long[] after =
        IntStream.range(0, windows.rank())
            .mapToLong(i -> windows.after()[i] - Math.min(0, missing[i]))
            .toArray();
    Value sums =
        g.op(
            "ConvTranspose",
            Attributes.of("strides", windows.strides())
                .with("dilations", windows.dilations())
                .with("pads", Windows.concat(windows.before(), after))
                .with("kernel_shape", windows.kernel())
                .with("output_padding", extra),
            planes,
            g.cast(g.constant(Tensor.of(kernel, ones)), share.type()));
    return g.reshape(sums, x);
  }

  /** y = (Σ |x|ᵖ)^(1/p) over each window: dx = sign(x) · |x|^(p−1) · Σ dy · y^(1−p). */
  private static Value lpPool(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Shape y = node.output().shape();
    long[] kernel = node.attributes().integers("kernel_shape").orElseThrow();
    Windows windows = Windows.of(node.attributes(), kernel, x.shape(), y);
    double p = node.attributes().integer("p", 2);
    // A window of zeros has a kink there, and passes nothing.
    Value norm = g.max(node.output(), g.scalarLike(x, Float.MIN_NORMAL));
    Value share = g.mul(dy, g.pow(norm, 1 - p));
    Value sums = spread(g, windows, share, x.shape(), windows.outputPadding(x.shape(), y));
    return g.mul(g.mul(g.sign(x), g.pow(g.abs(x), p - 1)), sums);
  }

  /** Batch and channels as one axis, so that every plane is treated alike: [N·C, 1, …]. */
  private static Shape onePlane(Shape shape) {
    long planes = Shape.of(shape.dim(0), shape.dim(1)).sizeAsDimension();
    return Shape.of(
        LongStream.concat(LongStream.of(planes, 1), LongStream.of(spatial(shape))).toArray());
  }

  private static long[] spatial(Shape shape) {
    return Arrays.copyOfRange(shape.dims(), 2, shape.rank());
  }

  private static Value globalAveragePool(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    long pixels = Shape.of(spatial(x.shape())).size();
    return Blocks.stretched(g, g.div(dy, (double) pixels), x);
  }

  /** The gradient goes to all pixels that reach the maximum, in equal shares. */
  private static Value globalMaxPool(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    Value hits = g.cast(g.equal(x, node.output()), x.type());
    long[] axes = LongStream.range(2, x.rank()).toArray();
    return g.mul(hits, g.div(dy, g.sum(hits, true, axes)));
  }

  /** y = (Σ |x|ᵖ)^(1/p): dx = dy · sign(x) · (|x|/y)^(p−1). */
  private static Value globalLpPool(GraphBuilder g, NodeView node, Value dy) {
    Value x = node.input(0);
    long p = node.attributes().integer("p", 2);
    // A plane of zeros has a kink there, and passes nothing.
    Value norm = g.max(node.output(), g.scalarLike(x, Float.MIN_NORMAL));
    Value share = g.pow(g.div(g.abs(x), norm), p - 1.0);
    return g.mul(dy, g.mul(g.sign(x), share));
  }
}
