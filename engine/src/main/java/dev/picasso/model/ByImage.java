package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.output.AxisCarry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Scores with the images along the first axis, at least two axes, and one that the classes have.
 *
 * @param axis along which the classes lie
 * @param guessed whether nothing told that axis
 */
record ByImage(Value value, int axis, boolean guessed) {
  /** Brings the scores of a head into that form. */
  static ByImage of(GraphBuilder g, Graph graph, Head head, boolean channelsFirst) {
    Value scores = g.lookUp(head.scores());
    OptionalInt known = head.axis();
    Shape output = g.lookUp(head.output()).shape();
    if (scores.rank() == 0) {
      return new ByImage(g.reshape(scores, 1, 1), 1, false);
    }
    if (scores.rank() == 1) {
      boolean ofOnlyImage = scores.dim(0) > 1 && scores.dim(0) != images(graph);
      Shape shape = ofOnlyImage ? Shape.of(1, scores.dim(0)) : Shape.of(scores.dim(0), 1);
      return new ByImage(g.reshape(scores, shape), 1, false);
    }
    Value value = scores;
    if (output.rank() > 1 && scores.dim(0) != output.dim(0)) {
      value = g.reshape(scores, output);
      known = carried(scores.shape(), output, known);
    }
    OptionalInt images = imagesBehind(value.shape());
    if (images.isPresent()) {
      value = g.transpose(value, firstOf(value.rank(), images.getAsInt()));
      known =
          known.isPresent() ? OptionalInt.of(moved(known.getAsInt(), images.getAsInt())) : known;
    }
    long rows = rowsOfAnImage(value.shape(), images(graph));
    if (rows > 1) {
      Shape parted = parted(value.shape(), rows);
      known =
          known.isPresent()
              ? OptionalInt.of(known.getAsInt() + 1)
              : OptionalInt.of(parted.rank() - 1);
      value = g.reshape(value, parted);
    }
    return withAxis(g, value, known, channelsFirst);
  }

  private static OptionalInt carried(Shape from, Shape to, OptionalInt axis) {
    if (axis.isEmpty()) {
      return axis;
    }
    if (axis.getAsInt() >= from.rank()) {
      return OptionalInt.of(to.rank());
    }
    return AxisCarry.reshaped(from, to, axis.getAsInt())
        .map(a -> OptionalInt.of(a == AxisCarry.GONE ? to.rank() : a))
        .orElse(OptionalInt.empty());
  }

  /** How many images the first input takes; −1 for any number. */
  private static long images(Graph graph) {
    return graph.inputs().stream()
        .findFirst()
        .filter(i -> i.rank() > 0)
        .map(i -> i.dim(0))
        .orElse(Shape.BATCH);
  }

  /** The axis of the images where it is not the first, as in sequences of steps. */
  private static OptionalInt imagesBehind(Shape shape) {
    return shape.dim(0) < 0
        ? OptionalInt.empty()
        : IntStream.range(1, shape.rank()).filter(i -> shape.dim(i) == Shape.BATCH).findFirst();
  }

  private static int[] firstOf(int rank, int images) {
    return IntStream.concat(IntStream.of(images), IntStream.range(0, rank).filter(i -> i != images))
        .toArray();
  }

  private static int moved(int axis, int images) {
    return axis < images ? axis + 1 : axis;
  }

  /** How many rows belong to one image, where the first axis holds several of each. */
  private static long rowsOfAnImage(Shape shape, long images) {
    long first = shape.dim(0);
    if (first < 0) {
      return -first;
    }
    return images > 0 && first % images == 0 ? first / images : 1;
  }

  private static Shape parted(Shape shape, long rows) {
    List<Long> dims = new ArrayList<>(List.of(shape.dim(0) / rows, rows));
    for (int i = 1; i < shape.rank(); i++) {
      dims.add(shape.dim(i));
    }
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static ByImage withAxis(
      GraphBuilder g, Value value, OptionalInt known, boolean channelsFirst) {
    int rank = value.rank();
    if (known.isPresent() && known.getAsInt() >= rank) {
      return new ByImage(g.unsqueeze(value, rank), rank, false);
    }
    if (rank == 2) {
      return new ByImage(value, 1, false);
    }
    if (known.isPresent() && known.getAsInt() > 0) {
      return new ByImage(value, known.getAsInt(), false);
    }
    int[] several = IntStream.range(1, rank).filter(i -> value.dim(i) != 1).toArray();
    if (several.length < 2) {
      return new ByImage(value, several.length == 1 ? several[0] : rank - 1, false);
    }
    return new ByImage(value, channelsFirst ? 1 : rank - 1, true);
  }

  /** The lengths of the other axes, but for those of one. */
  List<Long> places() {
    return IntStream.range(1, value.rank())
        .filter(i -> i != axis)
        .mapToObj(value::dim)
        .filter(d -> d != 1)
        .toList();
  }
}
