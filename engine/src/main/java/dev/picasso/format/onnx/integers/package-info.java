/** Quantized ONNX graphs as graphs of the real numbers that their integers stand for. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.onnx.integers;
