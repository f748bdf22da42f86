/** Compiled graphs on ONNX Runtime: sessions, tensors in and out, threads. */
@org.jspecify.annotations.NullMarked
package dev.picasso.runtime;
