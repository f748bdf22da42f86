package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A row of the table of rules: an operator with inputs by which it is differentiated, constants and
 * attributes. Numbers are random, but the same for the same row. Inputs are distinct multiples of a
 * step, so that a maximum is one by far and zero is not near.
 */
record OpCase(
    String op, List<Operand> operands, Attributes attributes, int outputs, boolean inSingle) {
  /** A batch of open size is tried with this many. */
  private static final int BATCH = 2;

  /** What stands at one place of the node's list of inputs. */
  sealed interface Operand {
    /** Random numbers by which the operator is differentiated. */
    record Input(Shape shape, double low, double high) implements Operand {}

    /** Random numbers, the same each time. */
    record Weight(Shape shape, double low, double high) implements Operand {}

    /** Numbers that the row says; single ones take the type that is asked for. */
    record Given(Tensor tensor) implements Operand {}

    /** Integers that are known only when the graph runs. */
    record Fed(Tensor tensor) implements Operand {}

    /** An optional input left out. */
    record Absent() implements Operand {}
  }

  /** The node in a graph, and what to feed its inputs. */
  record Emitted(List<Value> outputs, Map<String, Tensor> feed, List<String> by) {}

  static OpCase op(String op) {
    return new OpCase(op, List.of(), Attributes.none(), 1, false);
  }

  OpCase input(long... dims) {
    return and(new Operand.Input(Shape.of(dims), -1.5, 1.5));
  }

  /** A constant of random numbers. */
  OpCase weight(long... dims) {
    return and(new Operand.Weight(Shape.of(dims), -1.5, 1.5));
  }

  /** Bounds for the numbers of the last input or weight. */
  OpCase between(double low, double high) {
    List<Operand> changed = new ArrayList<>(operands);
    Operand last = changed.remove(changed.size() - 1);
    if (last instanceof Operand.Input input) {
      changed.add(new Operand.Input(input.shape(), low, high));
    } else if (last instanceof Operand.Weight weight) {
      changed.add(new Operand.Weight(weight.shape(), low, high));
    } else {
      throw new IllegalStateException("only random numbers have bounds");
    }
    return new OpCase(op, changed, attributes, outputs, inSingle);
  }

  OpCase longs(long... values) {
    return and(new Operand.Given(Tensor.longs(values)));
  }

  OpCase given(Tensor tensor) {
    return and(new Operand.Given(tensor));
  }

  OpCase fed(Tensor tensor) {
    return and(new Operand.Fed(tensor));
  }

  OpCase scalar(double value) {
    return given(Tensor.scalar((float) value));
  }

  OpCase floats(float... values) {
    return given(Tensor.of(values, values.length));
  }

  OpCase none() {
    return and(new Operand.Absent());
  }

  OpCase with(String name, Object value) {
    return new OpCase(op, operands, attributes.with(name, value), outputs, inSingle);
  }

  OpCase list(String name, long... values) {
    return with(name, values);
  }

  OpCase outputs(int n) {
    return new OpCase(op, operands, attributes, n, inSingle);
  }

  /** For what the runtime computes in single precision even when it is given doubles. */
  OpCase single() {
    return new OpCase(op, operands, attributes, outputs, true);
  }

  private OpCase and(Operand operand) {
    List<Operand> more = new ArrayList<>(operands);
    more.add(operand);
    return new OpCase(op, List.copyOf(more), attributes, outputs, inSingle);
  }

  /** Emits the node with floating-point numbers of one type. */
  Emitted emit(GraphBuilder g, DataType type) {
    Random random = random();
    Map<String, Tensor> feed = new LinkedHashMap<>();
    List<Optional<Value>> inputs = new ArrayList<>();
    List<String> by = new ArrayList<>();
    for (Operand operand : operands) {
      if (operand instanceof Operand.Input input) {
        Value x = g.input("x" + feed.size(), type, input.shape());
        feed.put(x.name(), spread(random, input.shape().withBatch(BATCH), input, type));
        by.add(x.name());
        inputs.add(Optional.of(x));
      } else if (operand instanceof Operand.Weight weight) {
        Operand.Input bounds = new Operand.Input(weight.shape(), weight.low(), weight.high());
        inputs.add(Optional.of(g.constant(spread(random, weight.shape(), bounds, type))));
      } else if (operand instanceof Operand.Given given) {
        Tensor t = given.tensor();
        boolean number = t.type().isFloating() && t.shape().rank() == 0;
        inputs.add(Optional.of(g.constant(number ? t.as(type) : t)));
      } else if (operand instanceof Operand.Fed fed) {
        Value places = g.input("places", fed.tensor().type(), fed.tensor().shape());
        feed.put(places.name(), fed.tensor());
        inputs.add(Optional.of(places));
      } else {
        inputs.add(Optional.empty());
      }
    }
    return new Emitted(g.emit(op, attributes, outputs, inputs), feed, by);
  }

  Random random() {
    return new Random(toString().hashCode());
  }

  /** Evenly spaced numbers in random order, the middle avoided. */
  private static Tensor spread(Random random, Shape shape, Operand.Input bounds, DataType type) {
    int n = (int) shape.size();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    java.util.Collections.shuffle(order, random);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      double place = (order.get(i) + .37) / n;
      values[i] = (float) (bounds.low() + place * (bounds.high() - bounds.low()));
    }
    return Tensor.of(values, shape.dims()).as(type);
  }

  @Override
  public String toString() {
    String inputs =
        operands.stream()
            .map(
                o ->
                    o instanceof Operand.Input input
                        ? input.shape().toString()
                        : o instanceof Operand.Weight weight
                            ? "constant " + weight.shape()
                            : o instanceof Operand.Given given
                                ? words(given.tensor())
                                : o instanceof Operand.Fed fed ? "fed " + words(fed.tensor()) : "-")
            .collect(Collectors.joining(", "));
    return op + "(" + inputs + ")" + (attributes.asMap().isEmpty() ? "" : " " + attributes);
  }

  private static String words(Tensor tensor) {
    return java.util.Arrays.toString(tensor.floats());
  }
}
