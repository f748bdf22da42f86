package dev.picasso.format.tflite.file;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A node of a subgraph.
 *
 * @param kind the builtin operator's name in the schema, as in "CONV_2D", or "custom …"
 * @param inputs places of tensors; −1 for one that is left out
 * @param outputs places of tensors
 * @param customOptions bytes that only a custom operator understands
 */
public record StoredOperator(
    String kind,
    List<Integer> inputs,
    List<Integer> outputs,
    OperatorOptions options,
    ByteBuffer customOptions) {

  public StoredOperator {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
