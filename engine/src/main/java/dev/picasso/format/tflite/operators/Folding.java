package dev.picasso.format.tflite.operators;

import dev.picasso.PicassoException;
import dev.picasso.format.functions.Argument;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Computes what operators make of numbers of the file alone, as kernels that a converter left to be
 * split, turned or padded, so that they are numbers for those that need numbers.
 */
final class Folding {
  private final Evaluator evaluator;

  Folding(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * What an operator makes.
   *
   * @param size how many numbers that are
   */
  record Folded(List<Argument> results, long size) {
    Folded {
      results = List.copyOf(results);
    }
  }

  /**
   * The numbers that an operator makes.
   *
   * @param most how many there may be
   * @return empty where there are more, or where the runtime cannot compute them
   */
  Optional<Folded> fold(OperatorHandler handler, Operation operation, long most) {
    GraphBuilder g = new GraphBuilder();
    List<Argument> made = handler.emit(g, operation);
    List<Value> values = new ArrayList<>();
    double size = 0;
    for (Argument result : made) {
      if (!(result instanceof Argument.Numbers)) {
        Value value = Operation.valueOf(g, result).logical(g);
        values.add(value);
        size += value.shape().withBatch(1).size();
      }
    }
    if (size > most) {
      return Optional.empty();
    }
    Map<String, Tensor> numbers;
    try {
      numbers = numbers(g, values);
    } catch (PicassoException e) {
      return Optional.empty(); // the operator goes into the model, which tells what is wrong
    }
    List<Argument> results = new ArrayList<>();
    int next = 0;
    for (Argument result : made) {
      results.add(
          result instanceof Argument.Numbers
              ? result
              : new Argument.Numbers(
                  wide(Objects.requireNonNull(numbers.get(values.get(next++).name())))));
    }
    return Optional.of(new Folded(results, (long) size));
  }

  private Map<String, Tensor> numbers(GraphBuilder g, List<Value> values) {
    Map<String, Tensor> numbers = new LinkedHashMap<>();
    values.forEach(v -> g.constantOf(v).ifPresent(t -> numbers.put(v.name(), t)));
    List<Value> open =
        values.stream().filter(v -> !numbers.containsKey(v.name())).distinct().toList();
    if (!open.isEmpty()) {
      Graph graph = g.build(open);
      numbers.putAll(evaluator.run(graph, Map.of()));
    }
    return numbers;
  }

  /** Numbers of the file follow the type of what they meet; so they may be wide. */
  private static Tensor wide(Tensor tensor) {
    return tensor.type() == DataType.INT32 ? tensor.as(DataType.INT64) : tensor;
  }
}
