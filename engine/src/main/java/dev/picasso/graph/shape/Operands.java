package dev.picasso.graph.shape;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an operation before its outputs are: its inputs, those of them that are
 * constants, and its attributes.
 *
 * @param inputs empty where an optional input is left out
 * @param constants the numbers of each input, where they are known
 * @param outputs how many outputs are asked for
 */
public record Operands(
    String op,
    List<Optional<Value>> inputs,
    List<Optional<Tensor>> constants,
    Attributes attributes,
    int outputs) {

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i).isPresent();
  }

  Value input(int i) {
    if (!has(i)) {
      throw new IllegalArgumentException(op + " needs an input " + i);
    }
    return inputs.get(i).orElseThrow();
  }

  Shape shape(int i) {
    return input(i).shape();
  }

  DataType type(int i) {
    return input(i).type();
  }

  /** The integers of an input that must be a constant, such as axes or a target shape. */
  long[] longs(int i) {
    return constants
        .get(i)
        .orElseThrow(
            () -> new IllegalArgumentException(op + ": input " + i + " must be a constant"))
        .longs();
  }

  /** The integers of an optional constant input. */
  Optional<long[]> optionalLongs(int i) {
    return has(i) ? Optional.of(longs(i)) : Optional.empty();
  }

  int axis(int whenAbsent, int rank) {
    return normalize(attributes.integer("axis", whenAbsent), rank);
  }

  int normalize(long axis, int rank) {
    long positive = axis < 0 ? axis + rank : axis;
    if (positive < 0 || positive >= rank) {
      throw new IllegalArgumentException(op + ": axis " + axis + " is outside rank " + rank);
    }
    return (int) positive;
  }
}
