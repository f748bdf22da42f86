package dev.picasso.format.layout;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;

/** Brings images to a height and width as Keras does: cropped or padded to the shape, or not. */
public final class Resizing {
  private Resizing() {}

  /**
   * What an image is brought to.
   *
   * @param size height and width
   * @param crop whether what does not fit the aspect ratio is cut off before
   * @param pad whether what lacks for the aspect ratio is added before
   * @param fill the number that is added
   */
  public record Target(
      List<Long> size, String kind, boolean antialias, boolean crop, boolean pad, double fill) {
    public Target {
      size = List.copyOf(size);
    }

    public Target(
        long[] size, String kind, boolean antialias, boolean crop, boolean pad, double fill) {
      this(Arrays.stream(size).boxed().toList(), kind, antialias, crop, pad, fill);
    }
  }

  /** N×C×H×W at another size. */
  public static Value resized(GraphBuilder g, Value x, Target target) {
    long[] size = {target.size().get(0), target.size().get(1)};
    Value y = target.crop() ? cropped(g, x, size) : x;
    y = target.pad() ? padded(g, y, size, target.fill()) : y;
    return Resampling.resize(g, y, size, target.kind(), target.antialias());
  }

  /** The largest middle part of the target's shape, at the target's size. */
  public static Value toShape(GraphBuilder g, Value x, long[] target) {
    return Resampling.resize(g, cropped(g, x, target), target, "bilinear", false);
  }

  /** The largest middle part of the target's aspect ratio. */
  private static Value cropped(GraphBuilder g, Value x, long[] target) {
    long height = x.dim(2);
    long width = x.dim(3);
    long high = Math.max(Math.min(height, ratio(width, target[0], target[1])), 1);
    long wide = Math.max(Math.min(width, ratio(height, target[1], target[0])), 1);
    return middle(g, x, new long[] {high, wide});
  }

  /** The middle of N×C×H×W, of this height and width. */
  public static Value middle(GraphBuilder g, Value x, long[] sizes) {
    Value y = x;
    for (int i = 0; i < 2; i++) {
      long start = (x.dim(i + 2) - sizes[i]) / 2;
      if (x.dim(i + 2) != sizes[i]) {
        y = g.slice(y, i + 2, start, start + sizes[i]);
      }
    }
    return y;
  }

  /** The image with as much around it as the target's aspect ratio asks for. */
  private static Value padded(GraphBuilder g, Value x, long[] target, double fill) {
    long above = Math.max(ratio(x.dim(3), target[0], target[1]) - x.dim(2), 0) / 2;
    long left = Math.max(ratio(x.dim(2), target[1], target[0]) - x.dim(3), 0) / 2;
    long[] pads = Spatial.aroundAll(new long[] {above, left}, new long[] {above, left});
    // A border of another colour: what is around the image is that colour less, and then more.
    return fill == 0 ? g.pad(x, pads) : g.add(g.pad(g.add(x, -fill), pads), fill);
  }

  /** a · b / c as TensorFlow computes it: in floats, then cut off. */
  private static long ratio(long a, long b, long c) {
    return (long) ((float) (a * b) / (float) c);
  }
}
