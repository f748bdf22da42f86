package dev.picasso.model.output;

import dev.picasso.graph.Node;
import java.util.Optional;
import java.util.Set;

/**
 * What an operation near the end picks from. ArgMax and TopK give indices, which have no gradient,
 * and a comparison gives a mask; the classes are those of what they read.
 */
public final class Picks {
  /** Operators that move, cut or recolour what was picked. */
  private static final Set<String> BETWEEN =
      Set.of(
          "Identity",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Cast",
          "Dropout",
          "Transpose",
          "Slice",
          "Split",
          "Resize",
          "Pad",
          "Clip");

  private static final Set<String> COMPARISONS =
      Set.of("Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal");

  private static final Set<String> ARITHMETIC = Set.of("Mul", "Div", "Add", "Sub", "Max", "Min");

  private final Lookup look;

  public Picks(Lookup look) {
    this.look = look;
  }

  /**
   * A value and how it was picked from.
   *
   * @param axis along which; empty where nothing was picked
   */
  public record Picked(String value, Optional<Integer> axis) {}

  /** What an output was picked from; the output itself where it was not. */
  public Picked from(String output) {
    String at = output;
    Optional<Node> node = look.maker(at);
    while (node.isPresent()) {
      Optional<Picked> picked = picked(node.get());
      if (picked.isPresent()) {
        return picked.get();
      }
      Optional<String> next = next(node.get());
      at = next.orElse(at);
      node = next.flatMap(look::maker);
    }
    return new Picked(output, Optional.empty());
  }

  private Optional<Picked> picked(Node node) {
    String input = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    return switch (node.op()) {
      case "ArgMax" -> Optional.of(new Picked(input, look.axis(node, 0)));
      case "TopK" -> Optional.of(new Picked(input, look.axis(node, -1)));
      case "Hardmax" -> Optional.of(new Picked(input, look.axis(node, -1)));
      case "ReduceMax" -> highest(node, input);
      case "Round" ->
          look.maker(input).filter(n -> n.op().equals("Sigmoid")).map(n -> unpicked(input));
      case "Greater", "GreaterOrEqual", "Less", "LessOrEqual" ->
          isFloating(input) && look.isFixed(node.inputs().get(1)) && !isPickedFrom(input)
              ? Optional.of(unpicked(input))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Picked unpicked(String value) {
    return new Picked(value, Optional.empty());
  }

  private boolean isFloating(String value) {
    return look.graph().find(value).filter(v -> v.type().isFloating()).isPresent();
  }

  private boolean isPickedFrom(String value) {
    return !from(value).value().equals(value);
  }

  /** The probability of the best class: a maximum over what a softmax works along. */
  private Optional<Picked> highest(Node node, String input) {
    Optional<Integer> axis =
        look.reduced(node).filter(axes -> axes.length == 1).map(axes -> axes[0]);
    return look.maker(input)
        .filter(n -> n.op().equals("Softmax"))
        .flatMap(n -> look.axis(n, -1))
        .filter(a -> Optional.of(a).equals(axis))
        .map(a -> new Picked(input, Optional.of(a)));
  }

  /** What a node that lies between reads. */
  private Optional<String> next(Node node) {
    if (BETWEEN.contains(node.op())) {
      return Optional.of(node.inputs().get(0));
    }
    boolean withNumbers = ARITHMETIC.contains(node.op()) || COMPARISONS.contains(node.op());
    if (withNumbers && node.inputs().size() == 2) {
      return look.isFixed(node.inputs().get(1))
          ? Optional.of(node.inputs().get(0))
          : look.isFixed(node.inputs().get(0))
              ? Optional.of(node.inputs().get(1))
              : Optional.empty();
    }
    return switch (node.op()) {
      case "Gather" -> // a table of colours
          look.isFixed(node.inputs().get(0))
              ? Optional.of(node.inputs().get(1))
              : Optional.of(node.inputs().get(0));
      case "OneHot" -> Optional.of(node.inputs().get(0));
      default -> Optional.empty();
    };
  }
}
