package dev.picasso.format.tflite.operators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Functions;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.functions.Site;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.format.tflite.file.StoredOperator;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One operator of a file as its handler sees it: inputs, options, and what it leaves behind. */
final class Operation {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final StoredOperator stored;
  private final String name;
  private final List<Optional<Argument>> inputs;
  private final List<StoredTensor> tensors;
  private final List<StoredTensor> outputs;
  private final Functions functions;
  private final Rows rows;
  private final Consumer<String> notes;

  /**
   * An operator.
   *
   * @param name what its first output is called
   * @param inputs values or constants; empty for one that is left out
   * @param tensors all of the subgraph, as the file has them
   */
  Operation(
      StoredOperator stored,
      String name,
      List<Optional<Argument>> inputs,
      List<StoredTensor> tensors,
      Functions functions,
      Rows rows,
      Consumer<String> notes) {
    this.stored = stored;
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.tensors = tensors;
    this.outputs = stored.outputs().stream().map(tensors::get).toList();
    this.functions = functions;
    this.rows = rows;
    this.notes = notes;
  }

  String kind() {
    return stored.kind();
  }

  /** Matrices of the model whose rows are pixels. */
  Rows rows() {
    return rows;
  }

  void note(String sentence) {
    notes.accept(sentence);
  }

  // ------------------------------------------------------------------- inputs

  /** Number of inputs, those left out included. */
  int inputs() {
    return inputs.size();
  }

  /** An input that may be left out. */
  Optional<Argument> optional(int i) {
    return i < inputs.size() ? inputs.get(i) : Optional.empty();
  }

  Argument argument(int i) {
    return optional(i)
        .orElseThrow(() -> new Unsupported("it has no input " + i + ", which it needs."));
  }

  /** What the file says of an input, which must be there. */
  StoredTensor stored(int input) {
    argument(input);
    return tensors.get(stored.inputs().get(input));
  }

  /** All inputs that are there. */
  List<Argument> arguments() {
    return inputs.stream().flatMap(Optional::stream).toList();
  }

  /** Whether all that it reads are numbers that stand in the file, or are computed from such. */
  boolean isOfNumbersOnly() {
    return !arguments().isEmpty()
        && arguments().stream().allMatch(Argument.Numbers.class::isInstance);
  }

  /** An input as a value; numbers of the file become a constant. */
  LaidOut value(GraphBuilder g, int i) {
    return valueOf(g, argument(i));
  }

  static LaidOut valueOf(GraphBuilder g, Argument argument) {
    if (argument instanceof Argument.Tensor tensor) {
      return tensor.value();
    }
    if (argument instanceof Argument.Numbers numbers) {
      return LaidOut.asIs(g.constant(numbers.tensor()));
    }
    throw new IllegalStateException("an input is no tensor");
  }

  /** The numbers of an input, if they stand in the file. */
  Optional<Tensor> numbers(int i) {
    return optional(i)
        .flatMap(
            a ->
                a instanceof Argument.Numbers numbers
                    ? Optional.of(numbers.tensor())
                    : Optional.empty());
  }

  /** Weights, which must stand in the file. */
  Tensor weights(int i, String what, int rank) {
    Tensor tensor =
        numbers(i)
            .orElseThrow(() -> new Unsupported("its " + what + " are computed by the model."));
    if (tensor.shape().rank() != rank) {
      throw new Unsupported(
          "its " + what + " have the shape " + tensor.shape() + "; they need " + rank + " axes.");
    }
    return tensor.as(DataType.FLOAT);
  }

  /**
   * Numbers of weights that stand in the file for it.
   *
   * @param counted those of operators before it, which do not count again; it adds its own
   */
  long parameters(Set<Tensor> counted) {
    return arguments().stream()
        .filter(Argument.Numbers.class::isInstance)
        .map(a -> ((Argument.Numbers) a).tensor())
        .filter(t -> t.type() == DataType.FLOAT && counted.add(t))
        .mapToLong(Tensor::size)
        .sum();
  }

  // ------------------------------------------------------------------ options

  /** The table of options, by its number in the schema's union {@code BuiltinOptions}. */
  OperatorOptions options(int table) {
    return stored.options().of(table);
  }

  /** What only a custom operator understands. */
  ByteBuffer customOptions() {
    return stored.customOptions().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the file says of an output. */
  StoredTensor output(int i) {
    return outputs.get(i);
  }

  /**
   * Refuses what would make more values than the file has names for.
   *
   * @throws Unsupported if the operator does not have so many outputs
   */
  void requireOutputs(long count) {
    if (count != outputs.size()) {
      throw new Unsupported(
          "it makes " + count + " values; it has " + outputs.size() + " outputs.");
    }
  }

  // ---------------------------------------------------------------- functions

  /** A function of TensorFlow of all inputs in their order. */
  List<LaidOut> call(GraphBuilder g, String function, Map<String, JsonNode> attributes) {
    return call(g, function, arguments(), attributes);
  }

  /** The single result of a function of TensorFlow. */
  LaidOut one(
      GraphBuilder g, String function, List<Argument> arguments, Map<String, JsonNode> attributes) {
    return call(g, function, arguments, attributes).get(0);
  }

  /** The single result of a function of TensorFlow of all inputs in their order. */
  LaidOut one(GraphBuilder g, String function) {
    return call(g, function, Map.of()).get(0);
  }

  List<LaidOut> call(
      GraphBuilder g, String function, List<Argument> arguments, Map<String, JsonNode> attributes) {
    Map<String, Argument> named = new LinkedHashMap<>();
    attributes.forEach((key, value) -> named.put(key, new Argument.Plain(value)));
    functions.require(function);
    return functions.call(g, site(function), function, new Inputs(arguments, named));
  }

  private Site site(String function) {
    return new Site() {
      @Override
      public String kind() {
        return function;
      }

      @Override
      public String path() {
        return name;
      }

      @Override
      public void note(String sentence) {
        notes.accept(sentence);
      }

      @Override
      public Value constant(GraphBuilder g, String role, Tensor tensor) {
        return weight(g, role, tensor);
      }
    };
  }

  /** Weights as a constant of the graph under the operator's name. */
  Value weight(GraphBuilder g, String role, Tensor tensor) {
    return g.constant(name + "/" + role, tensor);
  }

  static JsonNode json(boolean value) {
    return JSON.booleanNode(value);
  }

  static JsonNode json(long value) {
    return JSON.numberNode(value);
  }

  static JsonNode json(double value) {
    return JSON.numberNode(value);
  }

  static JsonNode json(String value) {
    return JSON.textNode(value);
  }

  static JsonNode json(List<Integer> values) {
    var list = JSON.arrayNode();
    values.forEach(list::add);
    return list;
  }

  static Argument plain(JsonNode value) {
    return new Argument.Plain(value);
  }

  /** A list with one more argument at its end. */
  static List<Argument> with(List<Argument> arguments, Argument last) {
    List<Argument> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
