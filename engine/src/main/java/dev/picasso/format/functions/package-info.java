/**
 * What the functions of TensorFlow and Keras compute, for importers of files that call them: one
 * family a class, each function with its signature as the documentation has it.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.functions;
