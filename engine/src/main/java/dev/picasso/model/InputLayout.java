package dev.picasso.model;

/** The order of the axes in which a model takes images, batch first. */
public enum InputLayout {
  /** [N, height, width, channels], as TensorFlow and most Keras models. */
  NHWC,
  /** [N, channels, height, width], as PyTorch and ONNX exports of it. */
  NCHW,
  /** [N, height, width], grey without an axis for it. */
  NHW,
  /** [N, height · width · channels], row by row, as simple digit classifiers. */
  FLAT
}
