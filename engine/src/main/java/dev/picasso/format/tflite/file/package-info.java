/** TensorFlow Lite files as they lie: tables of a FlatBuffer, and the zip behind it. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tflite.file;
