package dev.picasso.model.receptive;

import dev.picasso.graph.Attributes;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A row of cells enlarged or shrunk, by the definition of ONNX's Resize: cell i lies at offset +
 * step · i of the row before, and is made of the cells about that.
 *
 * @param count how many there are afterwards
 * @param lowest the first cell that a place is made of
 * @param highest the last
 */
record Resized(
    double offset,
    double step,
    long count,
    DoubleUnaryOperator lowest,
    DoubleUnaryOperator highest) {
  /** Far more than places repeat after: what is true of so many is true of all. */
  private static final long MOST = 4096;

  /** Places that whole numbers are meant by. */
  private static final double ROUNDING = 1e-5;

  /**
   * Along one axis; empty for what only parts of the row take part in.
   *
   * @param scale cells afterwards for each before
   */
  static Optional<Resized> of(Attributes attributes, long before, long after, double scale) {
    String coordinates = attributes.text("coordinate_transformation_mode", "half_pixel");
    boolean aligned = coordinates.equals("align_corners");
    if (coordinates.equals("tf_crop_and_resize") || (aligned && (after < 2 || before < 2))) {
      return Optional.empty();
    }
    double step = aligned ? (before - 1.) / (after - 1.) : 1 / scale;
    double offset =
        switch (coordinates) {
          case "align_corners", "asymmetric" -> 0;
          case "tf_half_pixel_for_nn" -> step / 2;
          case "half_pixel_symmetric" ->
              before / 2. * (1 - after / (scale * before)) + step / 2 - .5;
          default -> step / 2 - .5;
        };
    if (attributes.text("mode", "nearest").equals("nearest")) {
      DoubleUnaryOperator nearest = nearest(attributes);
      return Optional.of(new Resized(offset, step, after, nearest, nearest));
    }
    double smooth = attributes.flag("antialias", false) ? Math.max(1, step) : 1;
    double reach = (attributes.text("mode", "nearest").equals("cubic") ? 2 : 1) * smooth;
    return Optional.of(
        new Resized(
            offset,
            step,
            after,
            at -> Math.floor(at - reach + ROUNDING) + 1,
            at -> Math.ceil(at + reach - ROUNDING) - 1));
  }

  private static DoubleUnaryOperator nearest(Attributes attributes) {
    return switch (attributes.text("nearest_mode", "round_prefer_floor")) {
      case "round_prefer_ceil" -> at -> Math.floor(at + .5 + ROUNDING);
      case "floor" -> at -> Math.floor(at + ROUNDING);
      case "ceil" -> at -> Math.ceil(at - ROUNDING);
      default -> at -> Math.ceil(at - .5 - ROUNDING);
    };
  }

  /**
   * The narrowest reach that holds what any of the cells is made of, on average of their middles.
   */
  Reach reach() {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    double middle = 0;
    long places = Math.min(count, MOST);
    for (long i = 0; i < places; i++) {
      double at = offset + step * i;
      double low = lowest.applyAsDouble(at) - at;
      double high = highest.applyAsDouble(at) - at;
      from = Math.min(from, low);
      to = Math.max(to, high);
      middle += (low + high) / 2 / places;
    }
    double inside = Math.min(Math.max(middle, from), to);
    return new Reach(offset + from, offset + inside, offset + to, step);
  }
}
