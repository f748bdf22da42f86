package dev.picasso.graph.shape;

import dev.picasso.graph.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Convolutions, pooling, and what else works on the spatial axes of N×C×D1×…×Dn. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  static void addTo(Map<String, ShapeInference.Rule> rules) {
    rules.put("Conv", ConvolutionShapes::convolution);
    rules.put("ConvTranspose", ConvolutionShapes::transposedConvolution);
    rules.put("MaxPool", ConvolutionShapes::pooling);
    rules.put("AveragePool", ConvolutionShapes::pooling);
    rules.put("LpPool", ConvolutionShapes::pooling);
    rules.put("MaxUnpool", ConvolutionShapes::unpooling);
    for (String op : List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")) {
      rules.put(op, ConvolutionShapes::globalPooling);
    }
    rules.put("Resize", ConvolutionShapes::resize);
    rules.put("DepthToSpace", ConvolutionShapes::depthToSpace);
    rules.put("SpaceToDepth", ConvolutionShapes::spaceToDepth);
  }

  private static List<Shape> convolution(Operands in) {
    Shape x = in.shape(0);
    Shape w = in.shape(1);
    long groups = in.attributes().integer("group", 1);
    if (x.dim(1) != w.dim(1) * groups) {
      throw new IllegalArgumentException(
          "Conv: the input " + x + " does not fit kernels " + w + " in " + groups + " groups");
    }
    long[] kernel = Arrays.copyOfRange(w.dims(), 2, w.rank());
    return List.of(windows(in, x.with(1, w.dim(0)), kernel, false));
  }

  private static List<Shape> pooling(Operands in) {
    long[] kernel =
        in.attributes()
            .integers("kernel_shape")
            .orElseThrow(() -> new IllegalArgumentException(in.op() + " needs a kernel_shape"));
    Shape y = windows(in, in.shape(0), kernel, in.attributes().flag("ceil_mode", false));
    return in.outputs() == 2 ? List.of(y, y) : List.of(y);
  }

  /** How many windows fit along each spatial axis. */
  private static Shape windows(Operands in, Shape x, long[] kernel, boolean ceil) {
    int n = kernel.length;
    if (x.rank() != n + 2) {
      throw new IllegalArgumentException(
          in.op() + ": an input of shape " + x + " has no " + n + " spatial axes");
    }
    long[] strides = in.attributes().integers("strides").orElseGet(() -> filled(n, 1));
    long[] dilations = in.attributes().integers("dilations").orElseGet(() -> filled(n, 1));
    long[] pads = in.attributes().integers("pads").orElseGet(() -> filled(2 * n, 0));
    String auto = in.attributes().text("auto_pad", "NOTSET");
    Shape y = x;
    for (int i = 0; i < n; i++) {
      long size = x.dim(i + 2);
      long extent = (kernel[i] - 1) * dilations[i] + 1;
      long padded = size + pads[i] + pads[i + n];
      long out;
      if (auto.startsWith("SAME")) {
        out = ceilDiv(size, strides[i]);
      } else {
        long room = padded - extent;
        out = (ceil ? ceilDiv(room, strides[i]) : Math.floorDiv(room, strides[i])) + 1;
        if (ceil && (out - 1) * strides[i] >= size + pads[i]) {
          out--;
        }
      }
      if (out <= 0) {
        throw new IllegalArgumentException(
            in.op() + ": a window of " + extent + " does not fit into " + padded);
      }
      y = y.with(i + 2, out);
    }
    return y;
  }

  private static List<Shape> transposedConvolution(Operands in) {
    Shape x = in.shape(0);
    Shape w = in.shape(1);
    int n = w.rank() - 2;
    long groups = in.attributes().integer("group", 1);
    long[] strides = in.attributes().integers("strides").orElseGet(() -> filled(n, 1));
    long[] dilations = in.attributes().integers("dilations").orElseGet(() -> filled(n, 1));
    long[] pads = in.attributes().integers("pads").orElseGet(() -> filled(2 * n, 0));
    long[] extra = in.attributes().integers("output_padding").orElseGet(() -> filled(n, 0));
    Optional<long[]> asked = in.attributes().integers("output_shape");
    boolean same = in.attributes().text("auto_pad", "NOTSET").startsWith("SAME");
    Shape y = x.with(1, w.dim(1) * groups);
    for (int i = 0; i < n; i++) {
      if (asked.isPresent() || same) {
        y = y.with(i + 2, asked.isPresent() ? asked.get()[i] : x.dim(i + 2) * strides[i]);
        continue;
      }
      long full = (x.dim(i + 2) - 1) * strides[i] + (w.dim(i + 2) - 1) * dilations[i] + 1;
      y = y.with(i + 2, full + extra[i] - pads[i] - pads[i + n]);
    }
    return List.of(y);
  }

  /** The sizes asked for, or else the smallest that such windows come from. */
  private static List<Shape> unpooling(Operands in) {
    if (in.has(2)) {
      return List.of(Shape.of(in.longs(2)));
    }
    long[] kernel =
        in.attributes()
            .integers("kernel_shape")
            .orElseThrow(() -> new IllegalArgumentException(in.op() + " needs a kernel_shape"));
    int n = kernel.length;
    long[] strides = in.attributes().integers("strides").orElseGet(() -> filled(n, 1));
    long[] pads = in.attributes().integers("pads").orElseGet(() -> filled(2 * n, 0));
    Shape y = in.shape(0);
    for (int i = 0; i < n; i++) {
      long full = (y.dim(i + 2) - 1) * strides[i] + kernel[i];
      y = y.with(i + 2, full - pads[i] - pads[i + n]);
    }
    return List.of(y);
  }

  private static List<Shape> globalPooling(Operands in) {
    Shape y = in.shape(0);
    for (int i = 2; i < y.rank(); i++) {
      y = y.with(i, 1);
    }
    return List.of(y);
  }

  private static List<Shape> resize(Operands in) {
    Shape x = in.shape(0);
    long[] axes = in.attributes().integers("axes").orElseGet(() -> upTo(x.rank()));
    Shape y = x;
    if (in.has(3)) {
      long[] sizes = in.longs(3);
      String policy = in.attributes().text("keep_aspect_ratio_policy", "stretch");
      float scale = commonScale(x, axes, sizes, policy);
      for (int i = 0; i < axes.length; i++) {
        boolean stretch = policy.equals("stretch");
        y = y.with((int) axes[i], stretch ? sizes[i] : Math.round(scale * x.dim((int) axes[i])));
      }
      return List.of(y);
    }
    float[] scales =
        in.constants()
            .get(2)
            .orElseThrow(() -> new IllegalArgumentException("Resize needs constant scales"))
            .floats();
    for (int i = 0; i < scales.length; i++) {
      long size = x.dim((int) axes[i]);
      if (size >= 0) {
        y = y.with((int) axes[i], (long) Math.floor(size * (double) scales[i]));
      }
    }
    return List.of(y);
  }

  /** The scale with which no axis, or every axis, gets larger than asked for. */
  private static float commonScale(Shape x, long[] axes, long[] sizes, String policy) {
    float scale = (float) sizes[0] / x.dim((int) axes[0]);
    for (int i = 1; i < axes.length; i++) {
      float other = (float) sizes[i] / x.dim((int) axes[i]);
      scale = policy.equals("not_larger") ? Math.min(scale, other) : Math.max(scale, other);
    }
    return scale;
  }

  private static List<Shape> depthToSpace(Operands in) {
    Shape x = in.shape(0);
    long b = in.attributes().integer("blocksize", 1);
    return List.of(Shape.of(x.dim(0), x.dim(1) / (b * b), x.dim(2) * b, x.dim(3) * b));
  }

  private static List<Shape> spaceToDepth(Operands in) {
    Shape x = in.shape(0);
    long b = in.attributes().integer("blocksize", 1);
    return List.of(Shape.of(x.dim(0), x.dim(1) * b * b, x.dim(2) / b, x.dim(3) / b));
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }

  private static long[] filled(int n, long value) {
    long[] array = new long[n];
    Arrays.fill(array, value);
    return array;
  }

  private static long[] upTo(int n) {
    return java.util.stream.LongStream.range(0, n).toArray();
  }
}
