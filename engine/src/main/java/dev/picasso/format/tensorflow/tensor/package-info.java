/** TensorFlow's element types and tensor messages as tensors of the graph. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tensorflow.tensor;
