/** What lies in TensorFlow's model files: graph, signatures, variables, before a graph is made. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tensorflow.file;
