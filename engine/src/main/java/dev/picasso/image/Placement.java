package dev.picasso.image;

/**
 * How a picture is brought to the model's size: a part of it is cut out (as a rule all of it),
 * resized, and the model's pixels are cut out of the result.
 *
 * @param source the part of the picture that is resized
 * @param resizedWidth width of the resized part, of which only what the model sees is computed
 * @param left where the model's first column lies in the resized part; negative if there is a
 *     margin
 */
public record Placement(Window source, long resizedWidth, long resizedHeight, long left, long top) {
  double scaleX() {
    return (double) source.width() / resizedWidth;
  }

  double scaleY() {
    return (double) source.height() / resizedHeight;
  }

  Frame frame(PixelSource original, int width, int height) {
    return new Frame(
        original.width(),
        original.height(),
        width,
        height,
        scaleX(),
        scaleY(),
        source.left() + left * scaleX(),
        source.top() + top * scaleY());
  }
}
