/** TensorFlow Lite files to graphs. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tflite;
