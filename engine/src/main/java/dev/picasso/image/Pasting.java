package dev.picasso.image;

/** Puts pieces of pictures into other pictures. */
public final class Pasting {
  private Pasting() {}

  /**
   * A picture with a piece of another one in a box of it. The piece is resized to the box as Pillow
   * does, bilinear.
   *
   * @param into a picture of three channels
   * @param box in its pixels; what of it lies beyond is left out, and so is that part of the piece
   * @param piece in the pixels of the other picture, within it and of at least one
   */
  public static Picture paste(Picture into, Window box, PixelSource other, Window piece) {
    if (into.hasFourth()) {
      throw new IllegalArgumentException("a piece of three channels in a picture of four");
    }
    if (piece.width() < 1
        || piece.height() < 1
        || !piece.clippedTo(other.width(), other.height()).equals(piece)) {
      throw new IllegalArgumentException(
          piece + " of a picture of " + other.width() + " × " + other.height());
    }
    Window seen = box.clippedTo(into.width(), into.height());
    if (seen.width() == 0 || seen.height() == 0) {
      return into;
    }
    Placement placement =
        new Placement(
            piece, box.width(), box.height(), seen.left() - box.left(), seen.top() - box.top());
    Picture resized =
        new Resampler(ResizeFilter.BILINEAR, true, 3)
            .resize(other, placement, seen.width(), seen.height(), 0);
    return into.with(seen.left(), seen.top(), resized);
  }
}
