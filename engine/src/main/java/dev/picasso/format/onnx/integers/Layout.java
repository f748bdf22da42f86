package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import java.util.stream.IntStream;

/** Channels moved, for operators that have them last. */
final class Layout {
  private Layout() {}

  static String channelsFirst(RealGraph g, Node node, String x, int rank) {
    int[] permutation =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
    return g.emit(node, "Transpose", Attributes.of("perm", permutation), x);
  }

  static String channelsLast(RealGraph g, Node node, String x, int rank) {
    int[] permutation =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1).toArray();
    return g.emit(node, "Transpose", Attributes.of("perm", permutation), x);
  }
}
