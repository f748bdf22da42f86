package dev.picasso.graph;

import java.util.List;

/**
 * One operation. Operators have ONNX's names and the semantics of the opset {@link Graph#OPSET}.
 *
 * @param name the name that the model file gave it, or one made of its layer's name
 * @param domain empty for ONNX's own operators
 * @param inputs names of values; an empty name is an optional input left out
 * @param outputs names of values; an empty name is an optional output left out
 */
public record Node(
    String name,
    String domain,
    String op,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  public Node(
      String name, String op, List<String> inputs, List<String> outputs, Attributes attributes) {
    this(name, "", op, inputs, outputs, attributes);
  }

  public boolean hasInput(int i) {
    return i < inputs.size() && !inputs.get(i).isEmpty();
  }

  public boolean hasOutput(int i) {
    return i < outputs.size() && !outputs.get(i).isEmpty();
  }

  public String output() {
    return outputs.get(0);
  }
}
