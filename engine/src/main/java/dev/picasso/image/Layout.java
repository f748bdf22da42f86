package dev.picasso.image;

import dev.picasso.graph.Shape;

/** The order of a model's input axes: N images, C channels, H rows, W columns. */
public enum Layout {
  /** TensorFlow, Keras. */
  NHWC,
  /** PyTorch, most ONNX files. */
  NCHW,
  /** Grey without an axis for channels. */
  NHW,
  /** One row of numbers an image: rows after one another, channels innermost. */
  FLAT;

  /** The shape of n images. */
  public Shape shape(long n, int channels, int height, int width) {
    return switch (this) {
      case NHWC -> Shape.of(n, height, width, channels);
      case NCHW -> Shape.of(n, channels, height, width);
      case NHW -> Shape.of(n, height, width);
      case FLAT -> Shape.of(n, (long) height * width * channels);
    };
  }

  /** How far apart two channels of one pixel lie. */
  int channelStride(int height, int width) {
    return this == NCHW ? height * width : 1;
  }

  /** How far apart two neighbouring pixels lie. */
  int pixelStride(int channels) {
    return this == NCHW ? 1 : channels;
  }
}
