package dev.picasso.fuzz;

/** Formats of model files, as far as they differ for one who damages them. */
enum Family {
  HDF5,
  KERAS_ARCHIVE,
  KERAS_JSON,
  TFJS_LAYERS,
  ONNX,
  FROZEN_GRAPH,
  SAVED_MODEL,
  CHECKPOINT,
  TFJS_GRAPH,
  TFLITE
}
