/**
 * TensorFlow graphs as graphs of ours: functions inlined, branches decided, variables read, one
 * handler for each family of operators.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.tensorflow.graph;
