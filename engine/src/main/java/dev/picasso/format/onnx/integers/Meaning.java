package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;

/**
 * What the integers of a value stand for: {@code scale · (integer − zero point)}.
 *
 * @param scale the name of a value; empty for one
 * @param zeroPoint the name of a value; empty for zero
 * @param layout where there are several scales: {@code axis} and {@code block_size}, as {@code
 *     DequantizeLinear} has them
 * @param type of the integers
 */
record Meaning(String scale, String zeroPoint, Attributes layout, DataType type) {
  /** One scale for all elements. */
  static Meaning uniform(String scale, String zeroPoint, DataType type) {
    return new Meaning(scale, zeroPoint, Attributes.none(), type);
  }

  /** Integers that stand for themselves. */
  static Meaning plain(DataType type) {
    return uniform("", "", type);
  }

  /** Integers less a zero point. */
  static Meaning shifted(String zeroPoint, DataType type) {
    return uniform("", zeroPoint, type);
  }

  /** With a scale for each place along an axis, where there are several. */
  Meaning along(long axis) {
    return new Meaning(scale, zeroPoint, Attributes.of("axis", axis), type);
  }
}
