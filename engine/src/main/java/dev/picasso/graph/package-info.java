/**
 * The one graph that every model file becomes: an immutable value of ONNX-shaped nodes, with its
 * builder and the passes over it.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.graph;
