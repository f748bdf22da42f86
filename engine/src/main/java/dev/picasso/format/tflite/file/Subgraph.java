package dev.picasso.format.tflite.file;

import java.util.List;

/**
 * A graph of operators over tensors, which are known by their place in the list.
 *
 * @param inputs places of tensors
 * @param outputs places of tensors
 * @param operators in the order in which they run
 */
public record Subgraph(
    String name,
    List<StoredTensor> tensors,
    List<Integer> inputs,
    List<Integer> outputs,
    List<StoredOperator> operators) {

  public Subgraph {
    tensors = List.copyOf(tensors);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    operators = List.copyOf(operators);
  }
}
