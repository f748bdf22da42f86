package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Shape;
import dev.picasso.graph.shape.SlidingWindow;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a convolution or pooling moves its windows along all spatial axes; see {@link SlidingWindow}.
 *
 * @param before padding before each axis
 * @param after padding after each axis
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; local to a rule
record Windows(long[] kernel, long[] strides, long[] dilations, long[] before, long[] after) {

  /** Of a node whose input x and output y have these shapes, with a kernel of this size. */
  static Windows of(Attributes attributes, long[] kernel, Shape x, Shape y) {
    int n = kernel.length;
    long[] strides = new long[n];
    long[] dilations = new long[n];
    long[] before = new long[n];
    long[] after = new long[n];
    for (int i = 0; i < n; i++) {
      SlidingWindow along = SlidingWindow.of(attributes, i, kernel[i], x.dim(i + 2), y.dim(i + 2));
      strides[i] = along.stride();
      dilations[i] = along.dilation();
      before[i] = along.before();
      after[i] = along.after();
    }
    return new Windows(kernel, strides, dilations, before, after);
  }

  /**
   * Of a transposed convolution from y to the larger x: padding that its {@code output_shape} or
   * {@code auto_pad} leaves open is what makes the sizes fit, with the odd pixel before unless
   * SAME_UPPER.
   */
  static Windows ofTransposed(Attributes attributes, long[] kernel, Shape x, Shape y) {
    String auto = attributes.text("auto_pad", "NOTSET");
    Windows given = of(attributes.without("auto_pad"), kernel, x, y);
    if (!auto.startsWith("SAME") && !attributes.has("output_shape")) {
      return given;
    }
    int n = kernel.length;
    long[] extra = attributes.integers("output_padding").orElseGet(() -> filled(n, 0));
    long[] before = new long[n];
    long[] after = new long[n];
    for (int i = 0; i < n; i++) {
      long full = (y.dim(i + 2) - 1) * given.strides[i] + given.extent(i) + extra[i];
      long total = Math.max(0, full - x.dim(i + 2));
      long windows = (x.dim(i + 2) + total - given.extent(i)) / given.strides[i] + 1;
      if (windows != y.dim(i + 2)) {
        throw new UnsupportedGradientException(
            "its output of " + x + " has room for more windows than its input " + y + " has.");
      }
      before[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
      after[i] = total - before[i];
    }
    return new Windows(kernel, given.strides, given.dilations, before, after);
  }

  int rank() {
    return kernel.length;
  }

  /** Pixels that a window spans along an axis. */
  long extent(int i) {
    return (kernel[i] - 1) * dilations[i] + 1;
  }

  boolean everyPixelStride() {
    return Arrays.stream(strides).allMatch(s -> s == 1);
  }

  /** Windows side by side, none overlapping and none leaving a gap. */
  boolean tile() {
    return Arrays.equals(kernel, strides) && Arrays.stream(dilations).allMatch(d -> d == 1);
  }

  boolean padded() {
    return Arrays.stream(before).anyMatch(p -> p != 0)
        || Arrays.stream(after).anyMatch(p -> p != 0);
  }

  long kernelSize() {
    return Arrays.stream(kernel).reduce(1, Math::multiplyExact);
  }

  long[] pads() {
    return concat(before, after);
  }

  /** What a transposed convolution must add at the end to give back an input of that shape. */
  long[] outputPadding(Shape x, Shape y) {
    return IntStream.range(0, rank())
        .mapToLong(
            i ->
                x.dim(i + 2) - ((y.dim(i + 2) - 1) * strides[i] + extent(i) - before[i] - after[i]))
        .toArray();
  }

  /** Padding for the transposed operation of stride one: extent − 1 − padding. */
  long[] mirroredPads() {
    return concat(
        IntStream.range(0, rank()).mapToLong(i -> extent(i) - 1 - before[i]).toArray(),
        IntStream.range(0, rank()).mapToLong(i -> extent(i) - 1 - after[i]).toArray());
  }

  /**
   * Padding for the transposed operation on windows that have been moved as far apart as the
   * strides, with zeros between them and behind the last; negative where x ends before.
   */
  long[] stuffedPads(Shape x, Shape y) {
    long[] first = Arrays.copyOf(mirroredPads(), rank());
    return concat(
        first,
        IntStream.range(0, rank())
            .mapToLong(i -> x.dim(i + 2) - y.dim(i + 2) * strides[i] - first[i] + extent(i) - 1)
            .toArray());
  }

  static long[] concat(long[] a, long[] b) {
    long[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  static long[] filled(int n, long value) {
    long[] array = new long[n];
    Arrays.fill(array, value);
    return array;
  }
}
