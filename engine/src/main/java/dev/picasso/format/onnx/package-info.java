/** ONNX files to graphs and graphs to ONNX files. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.onnx;
