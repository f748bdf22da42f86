package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Matrices that hold a row for each pixel. Converters make a dense layer over images of a reshape
 * to rows, a product, and a reshape back; where the images are remembered it is a convolution with
 * kernels of one pixel, and they stay as they lie.
 */
final class Rows {
  private final Map<String, LaidOut> images = new HashMap<>();

  /** The matrix [pixels, channels] of images whose channels lie at axis 1. */
  LaidOut of(GraphBuilder g, LaidOut image) {
    Value logical = image.logical(g);
    long channels = logical.dim(-1);
    long pixels = logical.shape().sizeAsDimension() / Math.max(channels, 1);
    Value rows = g.reshape(logical, Shape.of(pixels, channels));
    images.put(rows.name(), image);
    return LaidOut.asIs(rows);
  }

  /** The images that a matrix holds the pixels of. */
  Optional<LaidOut> image(LaidOut matrix) {
    return Optional.ofNullable(images.get(matrix.stored().name()));
  }

  /** The images of the matrix are called otherwise now. */
  void renamed(LaidOut matrix, LaidOut image) {
    images.put(matrix.stored().name(), image);
  }

  /** Whether a shape asks for a row for each pixel of these images. */
  static boolean fits(LaidOut image, Shape target) {
    return image.channelsMoved()
        && target.rank() == 2
        && image.shape().batchAxes() <= 1
        && target.dim(1) == image.shape().dim(-1)
        && target.dim(0) < 0 == image.shape().dim(0) < 0;
  }
}
