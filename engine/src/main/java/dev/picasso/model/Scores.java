package dev.picasso.model;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The scores and probabilities of a model as two values [N, targets] of its graph.
 *
 * <p>A model with one output s has two targets. With a sigmoid they are 0: −s and 1: s, with
 * probabilities 1 − p and p. Without one they are 0: s and 1: −s, and there are no probabilities.
 * Where a class has several places, its scores are averaged over them, or the highest is taken.
 *
 * @param graph the model's graph with the two values added
 * @param scores the name of the value before the final activation
 * @param probabilities the name of the value after it
 * @param targets the number of columns
 * @param single whether the model has one output, whose two sides the targets are
 * @param areProbabilities whether the second value holds probabilities at all
 * @param places the lengths of the axes along which a class has several places, as in 513 and 513
 *     for a map; empty where it has one
 * @param dense the scores at each place of a map of classes; empty for other models
 * @param assumed what was assumed, in words; empty when the file told everything
 */
public record Scores(
    Graph graph,
    String scores,
    String probabilities,
    int targets,
    boolean single,
    boolean areProbabilities,
    List<Long> places,
    Optional<Dense> dense,
    List<String> assumed) {

  /**
   * Classes at each place of an image, as segmentations have them: two values of the graph.
   *
   * @param scores name of the value before the final activation, [N, targets, height, width]
   * @param probabilities name of the value after it, of the same shape
   */
  public record Dense(String scores, String probabilities, int height, int width) {}

  private static final String SCORES = "picasso/scores";
  private static final String PROBABILITIES = "picasso/probabilities";
  private static final String DENSE_SCORES = "picasso/dense-scores";
  private static final String DENSE_PROBABILITIES = "picasso/dense-probabilities";

  public Scores {
    places = List.copyOf(places);
    assumed = List.copyOf(assumed);
  }

  /** The same values of a graph with other numbers in its constants. */
  Scores in(Graph other) {
    return new Scores(
        other, scores, probabilities, targets, single, areProbabilities, places, dense, assumed);
  }

  /**
   * Adds the two values to a graph.
   *
   * @param image the input whose places those of a map are
   * @param channelsFirst whether an output of rank three or more has its classes on axis 1, where
   *     the head does not know
   * @param said what was assumed before
   * @throws ModelException if the number of classes changes with the number of images
   */
  static Scores addTo(
      Graph graph, Optional<InputSpec> image, Head head, boolean channelsFirst, List<String> said) {
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
    ByImage raw = ByImage.of(g, graph, head, channelsFirst);
    if (Arrays.stream(raw.value().shape().dims()).anyMatch(d -> d == 0)) {
      throw new ModelException(
          "The output " + head.output() + " " + raw.value().shape() + " is empty.");
    }
    Value scores = rows(g, raw.value(), raw.axis(), head.places());
    if (scores.dim(1) < 1) {
      throw new ModelException(
          "The output "
              + head.output()
              + " "
              + raw.value().shape()
              + " has no fixed number of classes.");
    }
    boolean single = scores.dim(1) == 1;
    boolean bare = head.kind() == Head.Kind.NONE;
    boolean number = head.kind() == Head.Kind.NUMBERS || (bare && single);
    Value probabilities =
        number
            ? scores
            : bare
                ? g.softmax(scores, 1)
                : rows(g, activated(g, head, raw), raw.axis(), head.places());
    if (single && number) {
      scores = g.concat(1, List.of(scores, g.neg(scores)));
      probabilities = scores;
    } else if (single) {
      scores = g.concat(1, List.of(g.neg(scores), scores));
      probabilities = g.concat(1, List.of(g.oneMinus(probabilities), probabilities));
    }
    int targets = (int) scores.dim(1);
    Optional<Dense> dense =
        head.places() == Head.Places.MEAN
            ? DensePlaces.of(graph, image, head, raw)
                .map(places -> dense(g, places, activated(g, head, raw), single, number))
            : Optional.empty();
    scores = g.named(g.identity(scores), SCORES);
    probabilities = g.named(g.identity(probabilities), PROBABILITIES);
    List<Value> outputs = new ArrayList<>(graph.outputs().stream().map(g::lookUp).toList());
    outputs.add(scores);
    outputs.add(probabilities);
    dense.ifPresent(
        d -> outputs.addAll(List.of(g.lookUp(d.scores()), g.lookUp(d.probabilities()))));
    return new Scores(
        g.build(outputs),
        scores.name(),
        probabilities.name(),
        targets,
        single,
        !number,
        raw.places(),
        dense,
        Stream.concat(said.stream(), Assumptions.of(graph, head, raw, single).stream()).toList());
  }

  /** The values of a map of classes. */
  private static Dense dense(
      GraphBuilder g, DensePlaces places, Value activated, boolean single, boolean number) {
    Value map = places.map(g, places.scores());
    Value shares = number ? map : places.map(g, activated);
    if (single) {
      Value against = g.neg(map);
      map = g.concat(1, number ? List.of(map, against) : List.of(against, map));
      shares = number ? map : g.concat(1, List.of(g.oneMinus(shares), shares));
    }
    return new Dense(
        g.named(g.identity(map), DENSE_SCORES).name(),
        g.named(g.identity(shares), DENSE_PROBABILITIES).name(),
        places.height(),
        places.width());
  }

  /** What a softmax of several images or a sum over places would change is done before both. */
  private static Value activated(GraphBuilder g, Head head, ByImage raw) {
    Value scores = raw.value();
    return switch (head.kind()) {
      case SOFTMAX, LOG_SOFTMAX -> g.softmax(scores, raw.axis());
      case SIGMOID -> g.sigmoid(scores);
      case PROBABILITIES, SHARES -> head.unit() == 1 ? scores : g.div(scores, head.unit());
      case NUMBERS, NONE -> scores;
    };
  }

  /** One number for each class from those at all of its places: [N, classes]. */
  private static Value rows(GraphBuilder g, Value value, int classAxis, Head.Places places) {
    Shape shape = value.shape();
    long[] others = LongStream.range(1, shape.rank()).filter(i -> i != classAxis).toArray();
    if (Arrays.stream(others).allMatch(i -> shape.dim((int) i) == 1)) {
      return g.reshape(value, Shape.of(shape.dim(0), shape.dim(classAxis)));
    }
    return g.reduce(
        places == Head.Places.HIGHEST ? "ReduceMax" : "ReduceMean", value, false, others);
  }
}
