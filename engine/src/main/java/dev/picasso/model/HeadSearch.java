package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.model.output.AxisCarry;
import dev.picasso.model.output.ClassAxis;
import dev.picasso.model.output.Lookup;
import dev.picasso.model.output.Parts;
import dev.picasso.model.output.Picks;
import dev.picasso.model.output.Picks.Picked;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Finds the activation at the end of a model, behind what changes no number but for a scale, in the
 * spellings of {@link Spellings}, and the axis of the classes.
 */
final class HeadSearch {
  /** Bounds this close to 0 and 1 keep a logarithm finite, and probabilities what they are. */
  private static final double MARGIN = 1e-3;

  private static final double PERCENT = 100;

  private final Lookup look;
  private final AxisCarry carry;

  HeadSearch(Graph graph) {
    this.look = new Lookup(graph);
    this.carry = new AxisCarry(look);
  }

  Head from(String asked) {
    Picked picked = new Picks(look).from(asked);
    String output = picked.value();
    String at = output;
    boolean inOrder = true;
    double unit = 1;
    Optional<Integer> axis = picked.axis();
    Optional<Node> node = look.maker(at);
    Optional<Step> step = node.flatMap(this::step);
    while (step.isPresent()) {
      Node passed = node.orElseThrow();
      inOrder &= !passed.op().equals("Transpose");
      unit *= step.get().factor();
      axis = axis.flatMap(a -> carry.back(passed, a));
      at = step.get().to();
      node = look.maker(at);
      step = node.flatMap(this::step);
    }
    boolean ordered = inOrder;
    double scale = unit;
    Optional<Integer> chosen = axis;
    return node.flatMap(n -> new Spellings(look).of(n))
        .filter(end -> rowsAreImages(end, output, ordered))
        .map(end -> head(end, output, scale, chosen))
        .orElseGet(() -> bare(Head.Kind.NONE, output, picked.axis()));
  }

  private Head head(Spellings.End end, String output, double unit, Optional<Integer> chosen) {
    boolean percent = Math.abs(unit - PERCENT) < 1e-6 * PERCENT;
    boolean plain = Math.abs(unit - 1) < 1e-6;
    boolean understood =
        switch (end.kind()) {
          case SOFTMAX -> true;
          case SIGMOID -> plain || percent;
          default -> plain;
        };
    if (!understood) {
      return bare(Head.Kind.NUMBERS, output, Optional.empty());
    }
    Optional<Integer> axis =
        end.axis().or(() -> chosen).or(() -> new ClassAxis(look).of(end.scores()));
    return new Head(
        end.kind(), end.scores(), optional(axis), output, plain ? 1 : unit, Head.Places.MEAN);
  }

  private Head bare(Head.Kind kind, String output, Optional<Integer> chosen) {
    Optional<Integer> axis = chosen.or(() -> new ClassAxis(look).of(output));
    return new Head(kind, output, optional(axis), output, 1, Head.Places.MEAN);
  }

  private static OptionalInt optional(Optional<Integer> axis) {
    return axis.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /**
   * A step back over an operation.
   *
   * @param to what it reads
   * @param factor by which it multiplies that
   */
  private record Step(String to, double factor) {}

  private Optional<Step> step(Node node) {
    if (Lookup.onlyMoves(node) || isMargin(node)) {
      return Optional.of(new Step(node.inputs().get(0), 1));
    }
    return switch (node.op()) {
      case "Slice" -> Parts.ofConcat(look, node).map(part -> new Step(part, 1));
      case "Mul" -> scaled(node);
      case "Div" -> {
        OptionalDouble by = look.scalar(node, 1);
        yield by.orElse(0) > 0
            ? Optional.of(new Step(node.inputs().get(0), 1 / by.getAsDouble()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Step> scaled(Node node) {
    OptionalDouble left = look.scalar(node, 0);
    OptionalDouble factor = left.isPresent() ? left : look.scalar(node, 1);
    return factor.orElse(0) > 0
        ? Optional.of(new Step(node.inputs().get(left.isPresent() ? 1 : 0), factor.getAsDouble()))
        : Optional.empty();
  }

  /** A Clip to [ε, 1 − ε]. */
  private boolean isMargin(Node node) {
    double low = look.scalar(node, 1).orElse(-1);
    double high = look.scalar(node, 2).orElse(2);
    return node.op().equals("Clip") && low >= 0 && low <= MARGIN && high <= 1 && high >= 1 - MARGIN;
  }

  /**
   * Whether scores have a row for each image, or their numbers lie in the order of the output's, so
   * that they can be given its shape.
   */
  private boolean rowsAreImages(Spellings.End end, String output, boolean inOrder) {
    Optional<Shape> from = look.shape(end.scores());
    Optional<Shape> to = look.shape(output);
    if (from.isEmpty() || to.isEmpty()) {
      return true; // what is not known is said when scores are made of it
    }
    boolean alike =
        from.get().rank() > 0 && to.get().rank() > 0 && from.get().dim(0) == to.get().dim(0);
    return alike
        || (inOrder
            && to.get().rank() > 1
            && from.get().batchAxes() == 1
            && to.get().batchAxes() == 1
            && from.get().sizeAsDimension() == to.get().sizeAsDimension()
            && end.axis()
                .map(
                    a -> AxisCarry.reshaped(from.get(), to.get(), a).filter(b -> b > 0).isPresent())
                .orElse(true));
  }
}
