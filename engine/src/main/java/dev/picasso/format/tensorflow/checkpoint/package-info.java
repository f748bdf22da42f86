/** The variables in TensorFlow's checkpoints, of the second format and the first, read in Java. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tensorflow.checkpoint;
