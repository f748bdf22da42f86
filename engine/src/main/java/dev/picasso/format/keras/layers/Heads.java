package dev.picasso.format.keras.layers;

import dev.picasso.format.layout.Spatial;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The two orders of what attention works on: as projected, [N, places…, heads, size], and by head,
 * [N, other places…, heads, steps, size], where the steps are the places along the attended axes.
 */
final class Heads {
  private Heads() {}

  /** From the order as projected to the order by head. */
  static Value first(GraphBuilder g, Value x, int[] axes) {
    int[] order = order(x.rank(), axes);
    Value turned = g.transpose(x, order);
    long[] dims = turned.shape().dims();
    int others = dims.length - axes.length - 1;
    long steps = Arrays.stream(dims, others, dims.length - 1).reduce(1, Math::multiplyExact);
    return g.reshape(turned, withLast(turned.shape(), axes.length + 1, steps, x.dim(-1)));
  }

  /** From the order by head back to the order as projected, at the places of the query. */
  static Value back(GraphBuilder g, Value y, Shape query, int[] axes) {
    long[] places =
        LongStream.concat(Arrays.stream(axes).mapToLong(query::dim), LongStream.of(y.dim(-1)))
            .toArray();
    Value parted = g.reshape(y, withLast(y.shape(), 2, places));
    int[] order = order(parted.rank(), axes);
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return g.transpose(parted, inverse);
  }

  /** Weights [N, others…, heads, T, S] with the axes that T and S stand for. */
  static Value pairs(GraphBuilder g, Value weights, Shape query, Shape value, int[] axes) {
    long[] places =
        LongStream.concat(
                Arrays.stream(axes).mapToLong(query::dim),
                Arrays.stream(axes).mapToLong(value::dim))
            .toArray();
    return g.reshape(weights, withLast(weights.shape(), 2, places));
  }

  /** Each head several times in a row. */
  static Value repeated(GraphBuilder g, Value x, long times) {
    if (times == 1) {
      return x;
    }
    int axis = x.rank() - 2;
    long[] repeats = Spatial.ones(x.rank() + 1);
    repeats[axis] = times;
    Value tiled = g.tile(g.unsqueeze(x, axis), repeats);
    return g.reshape(tiled, x.shape().with(-3, x.dim(-3) * times));
  }

  /** The last two axes swapped. */
  static Value turned(GraphBuilder g, Value x) {
    int[] swap = IntStream.range(0, x.rank()).toArray();
    swap[x.rank() - 2] = x.rank() - 1;
    swap[x.rank() - 1] = x.rank() - 2;
    return g.transpose(x, swap);
  }

  /** A shape with other lengths in place of its last ones. */
  static Shape withLast(Shape shape, int removed, long... dims) {
    return Shape.of(
        LongStream.concat(
                Arrays.stream(shape.dims()).limit(shape.rank() - removed), Arrays.stream(dims))
            .toArray());
  }

  /** The batch and the other places, the heads, the attended axes, the features. */
  private static int[] order(int rank, int[] axes) {
    IntStream others =
        IntStream.range(0, rank - 2).filter(i -> Arrays.stream(axes).noneMatch(a -> a == i));
    return IntStream.concat(
            IntStream.concat(others, IntStream.of(rank - 2)),
            IntStream.concat(Arrays.stream(axes), IntStream.of(rank - 1)))
        .toArray();
  }
}
