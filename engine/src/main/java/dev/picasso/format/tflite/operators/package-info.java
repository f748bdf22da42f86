/**
 * What the operators of TensorFlow Lite compute, one class a family; those that are TensorFlow's
 * own are taken from there.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tflite.operators;
