package dev.picasso.model;

import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the scores of a model rest on, a sentence each. */
final class Assumptions {
  /** Said where the outputs may be classes or numbers, and are taken for classes. */
  static final String SOFTMAX_ADDED =
      "The output has no softmax or sigmoid: a softmax is added for probabilities.";

  private static final String OWN_GRADIENTS =
      "Scores before them were not found: gradients are those of the output itself.";

  private Assumptions() {}

  /** Of what a file tells by itself, nothing is said. */
  static List<String> of(Graph graph, Head head, ByImage raw, boolean single) {
    List<String> assumed = new ArrayList<>();
    Optional<Shape> scores = graph.find(head.scores()).map(Value::shape);
    if (head.axis().orElse(1) == 0 && scores.filter(s -> s.rank() == 2).isPresent()) {
      assumed.add("The softmax of the file runs over the images; it is taken over the classes.");
    }
    activation(head, single).ifPresent(assumed::add);
    if (raw.guessed()) {
      assumed.add(
          "Nothing tells which axis of "
              + Results.nameInFile(head.output())
              + " "
              + raw.value().shape()
              + " has the classes: axis "
              + raw.axis()
              + " is taken.");
    }
    places(head, raw).ifPresent(assumed::add);
    return assumed;
  }

  private static Optional<String> activation(Head head, boolean single) {
    boolean whole = head.unit() == 1;
    return switch (head.kind()) {
      case NUMBERS -> Optional.empty();
      case SOFTMAX, SIGMOID, LOG_SOFTMAX ->
          Optional.of(
                  "The output is a %s times %s: probabilities from 0 to 1 are shown."
                      .formatted(
                          head.kind() == Head.Kind.SIGMOID ? "sigmoid" : "softmax",
                          number(head.unit())))
              .filter(said -> !whole);
      case PROBABILITIES ->
          Optional.of(
              (whole
                      ? "The output holds probabilities already"
                      : "The numbers of the output sum to "
                          + number(head.unit())
                          + ": they are shown as probabilities from 0 to 1")
                  + "; no softmax is added. "
                  + OWN_GRADIENTS);
      case SHARES ->
          Optional.of(
              "Each number of the output is from 0 to "
                  + number(head.unit())
                  + ": it is taken for a probability of its own. "
                  + OWN_GRADIENTS);
      case NONE ->
          Optional.of(
              single
                  ? "The one output has no sigmoid: it is shown as a number, not as a probability."
                  : SOFTMAX_ADDED);
    };
  }

  private static Optional<String> places(Head head, ByImage raw) {
    if (raw.places().isEmpty()) {
      return Optional.empty();
    }
    long classes = raw.value().dim(raw.axis());
    boolean highest = head.places() == Head.Places.HIGHEST;
    return Optional.of(
        "The output has %s at each of %s %s: %s score is the %s of all of them."
            .formatted(
                classes == 1 ? "one class" : classes + (classes(head) ? " classes" : " numbers"),
                extent(raw.places()),
                highest ? "places" : "positions",
                classes == 1 ? "its" : classes(head) ? "a class's" : "a",
                highest ? "highest" : "mean"));
  }

  /** Numbers that a detector gives out at its places are those of classes all the same. */
  private static boolean classes(Head head) {
    return head.kind() != Head.Kind.NUMBERS || head.places() == Head.Places.HIGHEST;
  }

  /** As in "513×513". */
  static String extent(List<Long> places) {
    return places.stream().map(String::valueOf).collect(Collectors.joining("×"));
  }

  private static String number(double x) {
    return x == Math.rint(x) ? Long.toString((long) x) : Float.toString((float) x);
  }
}
