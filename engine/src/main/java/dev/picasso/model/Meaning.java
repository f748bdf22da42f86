package dev.picasso.model;

import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.model.output.Bounds;
import dev.picasso.model.output.Distributions;
import dev.picasso.model.output.Distributions.Shares;
import dev.picasso.model.output.LastLayer;
import dev.picasso.model.output.Lookup;
import dev.picasso.model.output.OutputNames;
import dev.picasso.model.output.Trial;
import java.util.List;
import java.util.Optional;

/**
 * What the numbers of an output mean that has no activation at its end: probabilities already,
 * numbers that are none, or scores. Operators tell; where they do not, the model is tried.
 */
final class Meaning {
  private final Graph graph;
  private final Lookup look;
  private final Evaluator evaluator;
  private final boolean labelled;
  private final List<String> said;

  /**
   * A search.
   *
   * @param labelled whether somebody named the classes, so that they are classes
   * @param said gets a sentence for what is found here
   */
  Meaning(Graph graph, Evaluator evaluator, boolean labelled, List<String> said) {
    this.graph = graph;
    this.look = new Lookup(graph);
    this.evaluator = evaluator;
    this.labelled = labelled;
    this.said = said;
  }

  /** The head as it is, or as another kind where its numbers turn out to be that. */
  Head of(Head head) {
    if (head.kind() == Head.Kind.NUMBERS) {
      said.add(
          "The output is a sigmoid times a number: it is shown as numbers, not as probabilities.");
      return head;
    }
    if (head.kind() != Head.Kind.NONE || graph.find(head.output()).isEmpty()) {
      return head;
    }
    Optional<Head> told = byOperators(head).or(() -> byName(head));
    return told.or(() -> byTrial(head)).orElse(head);
  }

  /** The same for scores at the places where a detector looks, to which no softmax is added. */
  Head ofPlaces(Head head) {
    if (head.kind() != Head.Kind.NONE) {
      return head;
    }
    Optional<Head> told = byOperators(head);
    if (told.isPresent()) {
      return told.get();
    }
    Optional<Trial> trial =
        LastLayer.isOpen(look, head.output())
            ? Optional.empty()
            : Trial.of(graph, head.output(), evaluator);
    if (trial.filter(t -> t.within(0, 1) && t.differ()).isPresent()) {
      return head.as(Head.Kind.SHARES, 1);
    }
    said.add("The scores have no softmax or sigmoid: they are shown as numbers.");
    return head.as(Head.Kind.NUMBERS, 1);
  }

  private Optional<Head> byOperators(Head head) {
    Bounds bounds = new Bounds(look);
    Optional<Shares> shares =
        new Distributions(look, bounds).of(head.output()).filter(s -> s.axis() > 0);
    if (shares.isPresent()) {
      return Optional.of(
          head.along(shares.get().axis()).as(Head.Kind.PROBABILITIES, round(shares.get().sum())));
    }
    Bounds.Range range = bounds.of(head.output());
    if (range.within(0, 1)) {
      return Optional.of(head.as(Head.Kind.SHARES, 1));
    }
    if (!labelled && classes(head) > 1 && endsInTanh(head.output())) {
      said.add("The output ends in a tanh, which scores do not: no softmax is added.");
      return Optional.of(head.as(Head.Kind.NUMBERS, 1));
    }
    return range.within(0, 100) && range.high() > 99
        ? Optional.of(head.as(Head.Kind.SHARES, 100))
        : Optional.empty();
  }

  private boolean endsInTanh(String output) {
    return look.computing(output).filter(n -> n.op().equals("Tanh")).isPresent();
  }

  /** Without the last digits of a sum of fractions. */
  private static double round(double sum) {
    double whole = Math.rint(sum * 1e4) / 1e4;
    return Math.abs(whole - sum) < 1e-5 * Math.max(1, sum) ? whole : sum;
  }

  private Optional<Head> byName(Head head) {
    Optional<String> word = OutputNames.numbers(Results.nameInFile(head.output()));
    if (labelled || word.isEmpty() || classes(head) < 2) {
      return Optional.empty();
    }
    said.add(
        "The name of the output, %s, tells of numbers and not of classes: no softmax is added."
            .formatted(Results.nameInFile(head.output())));
    return Optional.of(head.as(Head.Kind.NUMBERS, 1));
  }

  private Optional<Head> byTrial(Head head) {
    if (classes(head) < 2 || LastLayer.isOpen(look, head.output())) {
      return Optional.empty();
    }
    Optional<Trial> trial = Trial.of(graph, head.output(), evaluator);
    int axis = axis(head);
    Optional<Double> sum = trial.flatMap(t -> t.sum(axis));
    if (sum.isPresent()) {
      said.add(
          "Tried with several images, the numbers of the output were never negative and summed to "
              + Math.round(sum.get())
              + ".");
      return Optional.of(head.along(axis).as(Head.Kind.PROBABILITIES, sum.get()));
    }
    if (trial.filter(t -> t.hasUnitLength(axis)).isPresent()) {
      said.add(
          "The output is a vector of length 1, an embedding: the model is no classifier, and its"
              + " numbers are no scores of classes.");
      return Optional.of(head.along(axis).as(Head.Kind.NUMBERS, 1));
    }
    return Optional.empty();
  }

  private int axis(Head head) {
    int rank = graph.value(head.output()).rank();
    return head.axis().orElse(Math.max(0, rank - 1));
  }

  /** How many classes there are, if they lie along the axis where they are thought. */
  private long classes(Head head) {
    Shape shape = graph.value(head.output()).shape();
    int axis = axis(head);
    return axis < shape.rank() ? shape.dim(axis) : 1;
  }
}
