/**
 * What importers of frameworks with channels last share: values that lie with their channels at
 * axis 1, numbers known while a graph is built, weights put into ONNX's order, transposed
 * convolutions, images at other sizes.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.layout;
