package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.List;

/** Parts of matrices, which are the last two axes of a value. */
final class Matrices {
  private Matrices() {}

  static void addTo(FunctionTable table) {
    table.put(
        Matrices::band,
        "raw.MatrixBandPart(input, num_lower, num_upper)",
        "tf.band_part(input, num_lower, num_upper)");
    table.put(Matrices::cross, "raw.Cross(a, b)", "tf.cross(a, b)");
  }

  /** The cross product of two rows of three numbers: a₁b₂ − a₂b₁, a₂b₀ − a₀b₂, a₀b₁ − a₁b₀. */
  private static LaidOut cross(GraphBuilder g, Call call) {
    var both = Layouts.broadcasting(g, Types.common(g, List.of(call.operand(0), call.operand(1))));
    int rank = both.get(0).rank();
    if (rank < 1 || call.operand(0).shape().dim(-1) != 3 || call.operand(1).shape().dim(-1) != 3) {
      throw new Unsupported("its inputs must have three numbers along their last axis.");
    }
    int axis = both.moved() ? 1 : rank - 1;
    Value second = g.longs(1, 2, 0);
    Value third = g.longs(2, 0, 1);
    Value a = both.get(0);
    Value b = both.get(1);
    return both.close(
        g.sub(
            g.mul(g.gather(a, second, axis), g.gather(b, third, axis)),
            g.mul(g.gather(a, third, axis), g.gather(b, second, axis))));
  }

  /**
   * What is not farther below or above the diagonal than told; a negative number tells no bound.
   */
  private static LaidOut band(GraphBuilder g, Call call) {
    Value x = matrices(call.x(g).logical(g));
    int lower = call.integer(-1, "num_lower");
    int upper = call.integer(-1, "num_upper");
    Value mask =
        mask(
            g,
            x.dim(x.rank() - 2),
            x.dim(x.rank() - 1),
            (row, column) ->
                (lower < 0 || row - column <= lower) && (upper < 0 || column - row <= upper));
    return LaidOut.asIs(g.where(mask, x, g.scalarLike(x, 0)));
  }

  static Value matrices(Value x) {
    if (x.rank() < 2 || x.dim(x.rank() - 1) < 1 || x.dim(x.rank() - 2) < 1) {
      throw new Unsupported("its input has the shape " + x.shape() + "; it must have matrices.");
    }
    return x;
  }

  private interface Place {
    boolean holds(int row, int column);
  }

  private static Value mask(GraphBuilder g, long rows, long columns, Place place) {
    Limits.check(rows, columns);
    boolean[] truths = new boolean[Math.toIntExact(rows * columns)];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = place.holds((int) (i / columns), (int) (i % columns));
    }
    return g.constant(Tensor.of(truths, rows, columns));
  }
}
