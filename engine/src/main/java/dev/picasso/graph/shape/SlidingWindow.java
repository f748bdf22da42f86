package dev.picasso.graph.shape;

import dev.picasso.graph.Attributes;

/**
 * How a convolution or pooling moves its window along one spatial axis, with {@code auto_pad}
 * worked out into numbers.
 *
 * @param extent cells from the first to the last that it looks at, gaps included
 * @param stride cells from one place to the next
 * @param dilation cells from one that it looks at to the next
 * @param before padding before the first cell
 * @param after padding behind the last
 */
public record SlidingWindow(long extent, long stride, long dilation, long before, long after) {
  /**
   * Of a node.
   *
   * @param axis among the spatial ones
   * @param kernel how many cells it looks at
   * @param in cells of the node's input along the axis
   * @param out cells of its output
   */
  public static SlidingWindow of(Attributes attributes, int axis, long kernel, long in, long out) {
    long stride = attributes.integers("strides").map(s -> s[axis]).orElse(1L);
    long dilation = attributes.integers("dilations").map(d -> d[axis]).orElse(1L);
    long extent = (kernel - 1) * dilation + 1;
    String auto = attributes.text("auto_pad", "NOTSET");
    if (auto.startsWith("SAME")) {
      long total = Math.max(0, (out - 1) * stride + extent - in);
      long before = auto.equals("SAME_LOWER") ? total - total / 2 : total / 2;
      return new SlidingWindow(extent, stride, dilation, before, total - before);
    }
    long before = attributes.integers("pads").map(p -> p[axis]).orElse(0L);
    long after = attributes.integers("pads").map(p -> p[axis + p.length / 2]).orElse(0L);
    return new SlidingWindow(extent, stride, dilation, before, after);
  }
}
