package dev.picasso.graph.pass;

import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.shape.Operands;
import dev.picasso.graph.shape.ShapeInference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Types and shapes by the rules of {@link ShapeInference}, node after node, as far as they go: a
 * target shape that is computed at run time, an operator without a rule, and all that follows from
 * them stay unknown.
 */
final class ShapeWalk {
  private final Map<String, Tensor> constants;
  private final Map<String, Value> values = new HashMap<>();

  ShapeWalk(List<Value> inputs, Map<String, Tensor> constants) {
    this.constants = constants;
    inputs.forEach(i -> values.put(i.name(), i));
    constants.forEach((name, t) -> values.put(name, new Value(name, t.type(), t.shape())));
  }

  Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What has been found, with inputs and constants. */
  Map<String, Value> values() {
    return values;
  }

  /** Goes on with one more node. */
  void step(Node node) {
    if (!node.domain().isEmpty() || !ShapeInference.standard().knows(node.op())) {
      return;
    }
    List<Optional<Value>> inputs = new ArrayList<>();
    List<Optional<Tensor>> known = new ArrayList<>();
    for (String input : node.inputs()) {
      if (!input.isEmpty() && !values.containsKey(input)) {
        return;
      }
      inputs.add(find(input));
      known.add(Optional.ofNullable(constants.get(input)));
    }
    try {
      int outputs = node.outputs().size();
      var inferred =
          ShapeInference.standard()
              .infer(new Operands(node.op(), inputs, known, node.attributes(), outputs));
      for (int i = 0; i < Math.min(outputs, inferred.size()); i++) {
        String name = node.outputs().get(i);
        values.put(name, new Value(name, inferred.get(i).type(), inferred.get(i).shape()));
      }
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      return; // the rule does not cover this use: running the graph will tell
    }
  }
}
