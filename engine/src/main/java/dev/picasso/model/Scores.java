package dev.picasso.model;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The scores and probabilities of a model as two values [N, targets] of its graph.
 *
 * <p>A model with one output s has two targets. With a sigmoid they are 0: −s and 1: s, with
 * probabilities 1 − p and p. Without one they are 0: s and 1: −s, and there are no probabilities.
 * An output with a class for every position is averaged over the positions.
 *
 * @param graph the model's graph with the two values added
 * @param scores the name of the value before the final activation
 * @param probabilities the name of the value after it
 * @param targets the number of columns
 * @param single whether the model has one output, whose two sides the targets are
 * @param areProbabilities whether the second value holds probabilities at all
 * @param assumed what was assumed, in words; empty when the file told everything
 */
public record Scores(
    Graph graph,
    String scores,
    String probabilities,
    int targets,
    boolean single,
    boolean areProbabilities,
    List<String> assumed) {

  private static final String SCORES = "picasso/scores";
  private static final String PROBABILITIES = "picasso/probabilities";

  /**
   * Adds the two values to a graph.
   *
   * @param channelsFirst whether an output of rank three or more has its classes on axis 1
   * @throws ModelException if the number of classes changes with the number of images
   */
  public static Scores addTo(Graph graph, Head head, boolean channelsFirst) {
    for (String needed : List.of(head.scores(), head.output())) {
      if (graph.find(needed).isEmpty()) {
        throw new ModelException(
            "The output "
                + head.output()
                + " has no fixed number of classes: the length of "
                + needed
                + " follows from what is in the images.");
      }
    }
    GraphBuilder g = GraphBuilder.from(graph);
    Value raw = byImage(g, graph, head);
    if (Arrays.stream(raw.shape().dims()).anyMatch(d -> d == 0)) {
      throw new ModelException("The output " + head.output() + " " + raw.shape() + " is empty.");
    }
    int classAxis = classAxis(head, raw, channelsFirst);
    Value scores = rows(g, raw, classAxis);
    if (scores.dim(1) < 1) {
      throw new ModelException(
          "The output " + head.output() + " " + raw.shape() + " has no fixed number of classes.");
    }
    boolean dense = raw.rank() > 2 && positions(raw.shape(), classAxis) > 1;
    boolean single = scores.dim(1) == 1;
    boolean bare = head.kind() == Head.Kind.NONE;
    Value probabilities =
        dense && !bare
            ? rows(g, activated(g, head.kind(), raw, classAxis), classAxis)
            : activated(g, single && bare ? Head.Kind.NONE : sensible(head.kind()), scores, 1);
    if (single && bare) {
      scores = g.concat(1, List.of(scores, g.neg(scores)));
      probabilities = scores;
    } else if (single) {
      scores = g.concat(1, List.of(g.neg(scores), scores));
      probabilities = g.concat(1, List.of(g.oneMinus(probabilities), probabilities));
    }
    int targets = (int) scores.dim(1);
    scores = g.named(g.identity(scores), SCORES);
    probabilities = g.named(g.identity(probabilities), PROBABILITIES);
    List<Value> outputs =
        new java.util.ArrayList<>(graph.outputs().stream().map(g::lookUp).toList());
    outputs.add(scores);
    outputs.add(probabilities);
    return new Scores(
        g.build(outputs),
        scores.name(),
        probabilities.name(),
        targets,
        single,
        !(single && bare),
        assumptions(graph, head, single, dense));
  }

  /** How many images the first input takes; −1 for any number. */
  private static long images(Graph graph) {
    return graph.inputs().stream()
        .findFirst()
        .filter(i -> i.rank() > 0)
        .map(i -> i.dim(0))
        .orElse(Shape.BATCH);
  }

  /** Scores with a row for each image: those of a matrix with several rows each get them back. */
  private static Value byImage(GraphBuilder g, Graph graph, Head head) {
    Value scores = g.lookUp(head.scores());
    Shape output = g.lookUp(head.output()).shape();
    if (scores.rank() == 1 && scores.dim(0) > 1 && scores.dim(0) != images(graph)) {
      return g.reshape(scores, 1, scores.dim(0)); // of the only image that the file takes
    }
    boolean several = scores.rank() > 0 && output.rank() > 1 && scores.dim(0) != output.dim(0);
    return several ? g.reshape(scores, output) : scores;
  }

  private static List<String> assumptions(Graph graph, Head head, boolean single, boolean dense) {
    List<String> assumed = new java.util.ArrayList<>();
    boolean bare = head.kind() == Head.Kind.NONE;
    if (graph.outputs().size() > 1) {
      assumed.add(
          "The model has "
              + graph.outputs().size()
              + " outputs; classes are those of "
              + Results.nameInFile(head.output())
              + ". The configuration (output) chooses another.");
    }
    if (head.axis().orElse(1) == 0 && graph.value(head.scores()).rank() == 2) {
      assumed.add("The softmax of the file runs over the images; it is taken over the classes.");
    }
    if (bare && single) {
      assumed.add("The one output has no sigmoid: it is shown as a number, not as a probability.");
    } else if (bare) {
      assumed.add("The output has no softmax or sigmoid: a softmax is added for probabilities.");
    }
    if (dense) {
      assumed.add("The output has a class for every position: scores are means over all of them.");
    }
    return assumed;
  }

  private static Head.Kind sensible(Head.Kind kind) {
    return kind == Head.Kind.NONE ? Head.Kind.SOFTMAX : kind;
  }

  private static Value activated(GraphBuilder g, Head.Kind kind, Value scores, int axis) {
    return switch (kind) {
      case SOFTMAX, LOG_SOFTMAX -> g.softmax(scores, axis);
      case SIGMOID -> g.sigmoid(scores);
      case NONE -> scores;
    };
  }

  private static int classAxis(Head head, Value raw, boolean channelsFirst) {
    Shape shape = raw.shape();
    if (shape.rank() <= 2) {
      return Math.max(0, shape.rank() - 1);
    }
    if (head.axis().isPresent()) {
      boolean reshaped = !raw.name().equals(head.scores()); // then classes are last
      return reshaped ? shape.rank() - 1 : head.axis().getAsInt();
    }
    int longest =
        IntStream.range(1, shape.rank())
            .boxed()
            .max((a, b) -> Long.compare(shape.dim(a), shape.dim(b)))
            .orElse(1);
    boolean onlyOne = positions(shape, longest) == 1;
    return onlyOne ? longest : channelsFirst ? 1 : shape.rank() - 1;
  }

  private static long positions(Shape shape, int classAxis) {
    return LongStream.range(1, shape.rank())
        .filter(i -> i != classAxis)
        .map(i -> shape.dim((int) i))
        .reduce(1, (a, b) -> a * b);
  }

  /** Means over everything but batch and classes: [N, classes]. */
  private static Value rows(GraphBuilder g, Value value, int classAxis) {
    Shape shape = value.shape();
    if (shape.rank() == 0) {
      return g.reshape(value, 1, 1);
    }
    if (shape.rank() == 1) {
      return g.reshape(value, Shape.of(shape.dim(0), 1));
    }
    if (shape.rank() == 2) {
      return value;
    }
    long[] others = LongStream.range(1, shape.rank()).filter(i -> i != classAxis).toArray();
    if (Arrays.stream(others).allMatch(i -> shape.dim((int) i) == 1)) {
      return g.reshape(value, Shape.of(shape.dim(0), shape.dim(classAxis)));
    }
    return g.mean(value, false, others);
  }
}
