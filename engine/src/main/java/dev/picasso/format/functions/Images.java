package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Functions of images: their place in a frame, their colours. */
final class Images {
  private Images() {}

  static void addTo(FunctionTable table) {
    table.put(
        Images::crop,
        "tf.crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width)");
    table.put(
        Images::pad,
        "tf.pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width)");
    table.put(Images::cropOfKeras, "ops.CropImages(images)");
    table.put(Images::padOfKeras, "ops.PadImages(images)");
    table.put(Images::centralCrop, "tf.central_crop(image, central_fraction)");
    table.put(
        Images::cropOrPad,
        "tf.resize_with_crop_or_pad(image, target_height, target_width)",
        "tf.resize_image_with_crop_or_pad(image, target_height, target_width)");
    table.put((g, call) -> flip(g, call, 2), "tf.flip_left_right(image)");
    table.put((g, call) -> flip(g, call, 1), "tf.flip_up_down(image)");
    table.put(Images::grey, "ops.RGBToGrayscale(images)", "tf.rgb_to_grayscale(images)");
    table.put(Images::colour, "tf.grayscale_to_rgb(images)");
    table.put(Images::standardize, "tf.per_image_standardization(image)");
    table.put(Images::brighten, "tf.adjust_brightness(image, delta)");
    table.put(
        Images::contrast,
        "tf.adjust_contrast(images, contrast_factor)",
        "raw.AdjustContrastv2(images, contrast_factor)");
  }

  // -------------------------------------------------------------------- frame

  private static LaidOut crop(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long top = call.integer(0, "offset_height");
    long left = call.integer(0, "offset_width");
    long bottom = top + call.integer(0, "target_height");
    long right = left + call.integer(0, "target_width");
    return Windows.close(call, cropped(g, x, top, left, bottom, right));
  }

  private static Value cropped(
      GraphBuilder g, Value x, long top, long left, long bottom, long right) {
    if (top < 0
        || left < 0
        || bottom > x.dim(2)
        || right > x.dim(3)
        || top >= bottom
        || left >= right) {
      throw new Unsupported(
          "it cuts rows "
              + top
              + " to "
              + bottom
              + " and columns "
              + left
              + " to "
              + right
              + " of "
              + x.dim(2)
              + " × "
              + x.dim(3)
              + " pixels.");
    }
    Value rows = bottom - top == x.dim(2) ? x : g.slice(x, 2, top, bottom);
    return right - left == x.dim(3) ? rows : g.slice(rows, 3, left, right);
  }

  private static LaidOut pad(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long top = call.integer(0, "offset_height");
    long left = call.integer(0, "offset_width");
    return Windows.close(
        call,
        padded(
            g,
            x,
            top,
            left,
            call.integer(0, "target_height") - top - x.dim(2),
            call.integer(0, "target_width") - left - x.dim(3)));
  }

  private static Value padded(
      GraphBuilder g, Value x, long top, long left, long bottom, long right) {
    if (Math.min(Math.min(top, left), Math.min(bottom, right)) < 0) {
      throw new Unsupported("its target is smaller than the image.");
    }
    Limits.check(Math.addExact(x.dim(2), top + bottom), Math.addExact(x.dim(3), left + right));
    return g.pad(x, 0, 0, top, left, 0, 0, bottom, right);
  }

  private static LaidOut cropOfKeras(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long[] rows = sides(call, x.dim(2), -1, "top_cropping", "bottom_cropping", "target_height");
    long[] columns = sides(call, x.dim(3), -1, "left_cropping", "right_cropping", "target_width");
    return Windows.close(
        call, cropped(g, x, rows[0], columns[0], x.dim(2) - rows[1], x.dim(3) - columns[1]));
  }

  private static LaidOut padOfKeras(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long[] rows = sides(call, x.dim(2), 1, "top_padding", "bottom_padding", "target_height");
    long[] columns = sides(call, x.dim(3), 1, "left_padding", "right_padding", "target_width");
    return Windows.close(call, padded(g, x, rows[0], columns[0], rows[1], columns[1]));
  }

  /** Two of the three are told: the amount before, the amount after, the length at the end. */
  private static long[] sides(
      Call call, long length, int sign, String before, String after, String target) {
    boolean fromTarget = call.argument(target).isPresent();
    long all = fromTarget ? sign * (call.integer(0, target) - length) : 0;
    long first =
        call.argument(before).isPresent()
            ? call.integer(0, before)
            : fromTarget ? all - call.integer(0, after) : 0;
    long last =
        call.argument(after).isPresent() ? call.integer(0, after) : fromTarget ? all - first : 0;
    return new long[] {first, last};
  }

  /** The middle, with as much cut off at one end as at the other. */
  private static LaidOut centralCrop(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    double fraction = call.number(1, "central_fraction");
    if (!(fraction > 0 && fraction <= 1)) {
      throw new Unsupported("central_fraction is " + fraction + "; it must be above 0, at most 1.");
    }
    long top = (long) ((x.dim(2) - x.dim(2) * fraction) / 2);
    long left = (long) ((x.dim(3) - x.dim(3) * fraction) / 2);
    return Windows.close(call, cropped(g, x, top, left, x.dim(2) - top, x.dim(3) - left));
  }

  /** The middle of the image, or the image in the middle of zeros, along each axis by itself. */
  private static LaidOut cropOrPad(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long[] extra = {
      call.integer(0, "target_height") - x.dim(2), call.integer(0, "target_width") - x.dim(3)
    };
    long[] cut = {Math.max(-extra[0], 0), Math.max(-extra[1], 0)};
    long[] add = {Math.max(extra[0], 0), Math.max(extra[1], 0)};
    long top = cut[0] / 2;
    long left = cut[1] / 2;
    Value middle = cropped(g, x, top, left, top + x.dim(2) - cut[0], left + x.dim(3) - cut[1]);
    return Windows.close(
        call, padded(g, middle, add[0] / 2, add[1] / 2, add[0] - add[0] / 2, add[1] - add[1] / 2));
  }

  private static LaidOut flip(GraphBuilder g, Call call, int axis) {
    LaidOut x = call.x(g);
    if (x.rank() != 4) {
      throw new Unsupported(
          "its input has the shape " + x.shape() + ", which is no batch of images.");
    }
    return Slicing.reversed(g, x, axis);
  }

  // ------------------------------------------------------------------ colours

  /** The luma of ITU-R BT.601. */
  private static LaidOut grey(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    Tensor weights = Tensor.of(new float[] {0.2989f, 0.587f, 0.114f}, 1, 3, 1, 1);
    Value y = g.conv(x, g.constant(weights), Optional.empty(), Attributes.none());
    return Windows.close(call, y);
  }

  private static LaidOut colour(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    if (x.dim(1) != 1) {
      throw new Unsupported("its input has " + x.dim(1) + " channels; it must have one.");
    }
    return Windows.close(call, g.tile(x, 1, 3, 1, 1));
  }

  /** Mean 0 and deviation 1 over each image; of flat images only the mean. */
  private static LaidOut standardize(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    long n = Math.multiplyExact(Math.multiplyExact(x.dim(1), x.dim(2)), x.dim(3));
    Value centred = g.sub(x, g.mean(x, true, 1, 2, 3));
    Value deviation = g.sqrt(g.mean(g.square(centred), true, 1, 2, 3));
    Value y = g.div(centred, g.max(deviation, g.scalarLike(deviation, 1 / Math.sqrt((double) n))));
    return Windows.close(call, y);
  }

  private static LaidOut brighten(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    return x.with(g.add(x.stored(), call.number(0, "delta")));
  }

  /** What deviates from the mean of each channel, times a factor. */
  private static LaidOut contrast(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    Value mean = g.mean(x, true, 2, 3);
    Value y = g.add(g.mul(g.sub(x, mean), call.number(1, "contrast_factor")), mean);
    return Windows.close(call, y);
  }
}
