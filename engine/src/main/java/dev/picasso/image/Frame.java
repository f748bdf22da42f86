package dev.picasso.image;

/**
 * The way from a model's pixels back to the picture. A place x of the model's input, counted in its
 * pixels from the left edge, is the place left + scaleX · x of the picture; likewise downwards.
 * After a crop the picture reaches beyond the model's input, with margins the other way round.
 *
 * @param originalWidth width of the upright picture
 * @param width width of the model's input
 * @param scaleX pixels of the picture to one of the model
 * @param left where the model's input begins in the picture
 */
public record Frame(
    int originalWidth,
    int originalHeight,
    int width,
    int height,
    double scaleX,
    double scaleY,
    double left,
    double top) {

  /** The frame of a picture that the model takes as it is. */
  public static Frame identity(int width, int height) {
    return new Frame(width, height, width, height, 1, 1, 0, 0);
  }

  /** The place in the picture of a place in the model's input. */
  public double originalX(double modelX) {
    return left + scaleX * modelX;
  }

  public double originalY(double modelY) {
    return top + scaleY * modelY;
  }

  /** The place in the model's input of a place in the picture. */
  public double modelX(double originalX) {
    return (originalX - left) / scaleX;
  }

  public double modelY(double originalY) {
    return (originalY - top) / scaleY;
  }

  /**
   * The way from this model's pixels to those of another one that sees the same picture: the
   * picture of the result is the other's input.
   */
  public Frame in(Frame other) {
    return new Frame(
        other.width,
        other.height,
        width,
        height,
        scaleX / other.scaleX,
        scaleY / other.scaleY,
        other.modelX(left),
        other.modelY(top));
  }

  /** The part of the picture that the model sees; it may reach beyond the picture. */
  public Region seen() {
    return new Region(originalX(0), originalY(0), originalX(width), originalY(height));
  }

  /** How many pixels of the picture lie under a cell of a map, across. */
  public double pixelsOfCell(HeatMap map) {
    Region part = map.covered();
    return scaleX * width * (part.right() - part.left()) / map.width();
  }

  /**
   * A map of the model's input, fine or coarse, in the frame of the picture. Values at the edges of
   * one that covers a part go on to the edges of the model's input.
   *
   * @param map covers the model's input, or what {@link HeatMap#covered} says of it
   * @param outWidth width of the result, which shows the whole picture at any size
   * @return NaN where the model sees nothing
   */
  public HeatMap toOriginal(HeatMap map, int outWidth, int outHeight, Interpolation interpolation) {
    Region region = covered(map);
    double cellWidth = (region.right() - region.left()) / map.width();
    double cellHeight = (region.bottom() - region.top()) / map.height();
    Axis across =
        new Axis(
            (modelX(0) - region.left()) / cellWidth,
            originalWidth / (scaleX * cellWidth * outWidth),
            -region.left() / cellWidth,
            (width - region.left()) / cellWidth);
    Axis down =
        new Axis(
            (modelY(0) - region.top()) / cellHeight,
            originalHeight / (scaleY * cellHeight * outHeight),
            -region.top() / cellHeight,
            (height - region.top()) / cellHeight);
    return map.sampled(
        across.taps(interpolation, outWidth, map.width()),
        down.taps(interpolation, outHeight, map.height()));
  }

  /** The part of the model's input that a map covers, in the model's pixels. */
  private Region covered(HeatMap map) {
    Region part = map.covered();
    return new Region(
        part.left() * width, part.top() * height, part.right() * width, part.bottom() * height);
  }

  /**
   * One direction, in cells of the map.
   *
   * @param offset where the picture begins
   * @param step cells to one pixel of the result
   * @param from where the model's input begins
   * @param to where it ends
   */
  private record Axis(double offset, double step, double from, double to) {
    Taps taps(Interpolation interpolation, int count, int size) {
      return Taps.extended(interpolation.filter, offset, step, count, size, from, to);
    }
  }
}
