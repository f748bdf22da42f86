package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;

/** Parts of matrices, which are the last two axes of a value. */
final class Matrices {
  private Matrices() {}

  static void addTo(FunctionTable table) {
    table.put(
        Matrices::band,
        "raw.MatrixBandPart(input, num_lower, num_upper)",
        "tf.band_part(input, num_lower, num_upper)");
    table.put(Matrices::diagonal, "raw.MatrixDiag(diagonal)");
    table.put(
        Matrices::diagonal,
        "raw.MatrixDiagV2(diagonal, k, num_rows, num_cols, padding_value)",
        "raw.MatrixDiagV3(diagonal, k, num_rows, num_cols, padding_value)");
    table.put(
        Matrices::diagonalPart,
        "raw.MatrixDiagPart(input)",
        "raw.MatrixDiagPartV2(input, k, padding_value)",
        "raw.MatrixDiagPartV3(input, k, padding_value)");
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

  private static LaidOut diagonal(GraphBuilder g, Call call) {
    Value x = call.x(g).logical(g);
    requireMain(call);
    long n = x.rank() == 0 ? -1 : x.dim(x.rank() - 1);
    boolean square =
        call.integer(-1, "num_rows") == call.integer(-1, "num_cols")
            && (call.integer(-1, "num_rows") == -1 || call.integer(-1, "num_rows") == n);
    if (n < 1 || !square || call.number(0, "padding_value") != 0) {
      throw new Unsupported("only square matrices with zeros beside the diagonal are supported.");
    }
    Value mask = mask(g, n, n, (row, column) -> row == column);
    return LaidOut.asIs(g.where(mask, g.unsqueeze(x, x.rank()), g.scalarLike(x, 0)));
  }

  private static LaidOut diagonalPart(GraphBuilder g, Call call) {
    Value x = matrices(call.x(g).logical(g));
    requireMain(call);
    call.ignore("padding_value");
    long rows = x.dim(x.rank() - 2);
    long columns = x.dim(x.rank() - 1);
    Value mask = mask(g, rows, columns, (row, column) -> row == column);
    Value only = g.where(mask, x, g.scalarLike(x, 0));
    // Along the longer axis each element of the diagonal stands alone among zeros.
    return LaidOut.asIs(g.sum(only, false, rows > columns ? x.rank() - 2L : x.rank() - 1L));
  }

  private static void requireMain(Call call) {
    call.ignore("align");
    long[] k = call.integers("k").orElse(new long[] {0});
    if (Arrays.stream(k).anyMatch(i -> i != 0)) {
      throw new Unsupported("only the main diagonal is supported.");
    }
  }

  private static Value matrices(Value x) {
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
