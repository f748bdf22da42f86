package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Parts of matrices, which are the last two axes of a value, and running products. */
final class Matrices {
  /** A running product is written out factor by factor, up to this many. */
  private static final long MOST_FACTORS = 256;

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
    table.put(
        Matrices::cumulativeProduct,
        "raw.Cumprod(x, axis)",
        "tf.cumprod(x, axis, exclusive, reverse)");
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

  private static LaidOut cumulativeProduct(GraphBuilder g, Call call) {
    LaidOut x = Types.numeric(g, call.x(g));
    int axis = x.storedAxis(call.axis(x.rank(), 0, "axis"));
    boolean exclusive = call.flag(false, "exclusive");
    boolean reverse = call.flag(false, "reverse");
    long n = x.stored().dim(axis);
    if (n < 1 || n > MOST_FACTORS) {
      throw new Unsupported("it multiplies along an axis of " + n + "; up to 256 are supported.");
    }
    List<Value> factors = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      long place = reverse ? n - 1 - i : i;
      factors.add(g.slice(x.stored(), axis, place, place + 1));
    }
    List<Value> products = new ArrayList<>();
    Value product = factors.get(0);
    if (exclusive) {
      products.add(g.add(g.mul(product, 0), 1));
    }
    products.add(product);
    for (int i = 1; i < n; i++) {
      product = g.mul(product, factors.get(i));
      products.add(product);
    }
    List<Value> wanted = new ArrayList<>(products.subList(0, (int) n));
    if (reverse) {
      Collections.reverse(wanted);
    }
    return x.with(g.concat(axis, wanted));
  }
}
