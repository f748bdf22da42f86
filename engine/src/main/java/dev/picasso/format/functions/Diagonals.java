package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Diagonals of matrices, taken out, put in, and made into matrices. Diagonal d holds the places
 * whose column is their row plus d.
 */
final class Diagonals {
  private Diagonals() {}

  static void addTo(FunctionTable table) {
    table.put(
        Diagonals::matrix,
        "raw.MatrixDiag(diagonal)",
        "raw.MatrixDiagV2(diagonal, k, num_rows, num_cols, padding_value)",
        "raw.MatrixDiagV3(diagonal, k, num_rows, num_cols, padding_value)",
        "tf.linalg.diag(diagonal, name, k, num_rows, num_cols, padding_value, align)");
    table.put(
        Diagonals::part,
        "raw.MatrixDiagPart(input)",
        "raw.MatrixDiagPartV2(input, k, padding_value)",
        "raw.MatrixDiagPartV3(input, k, padding_value)",
        "tf.linalg.diag_part(input, name, k, padding_value, align)");
    table.put(
        Diagonals::set,
        "raw.MatrixSetDiag(input, diagonal)",
        "raw.MatrixSetDiagV2(input, diagonal, k)",
        "raw.MatrixSetDiagV3(input, diagonal, k)",
        "tf.linalg.set_diag(input, diagonal, name, k, align)");
    table.put(Diagonals::whole, "raw.Diag(diagonal)", "tf.linalg.tensor_diag(diagonal)");
    table.put(Diagonals::wholePart, "raw.DiagPart(input)", "tf.linalg.tensor_diag_part(input)");
  }

  /** Diagonals from one to another of a matrix, and how those that are shorter lie in a row. */
  private record Band(
      long rows, long columns, long lowest, long highest, boolean upperRight, boolean lowerRight) {
    Band {
      Limits.check(rows, columns);
      if (lowest > highest || lowest <= -rows || highest >= columns) {
        throw new Unsupported(
            "k is "
                + lowest
                + " to "
                + highest
                + " of a matrix of "
                + rows
                + " × "
                + columns
                + ".");
      }
    }

    static Band of(Call call, long rows, long columns) {
      long[] k = diagonals(call);
      boolean third = !call.function().endsWith("V2");
      String align =
          call.text(third ? "RIGHT_LEFT" : "LEFT_LEFT", "align").toUpperCase(Locale.ROOT);
      return new Band(
          rows, columns, k[0], k[1], align.startsWith("RIGHT"), align.endsWith("RIGHT"));
    }

    long count() {
      return highest - lowest + 1;
    }

    long length(long d) {
      return Math.min(columns - Math.max(d, 0), rows + Math.min(d, 0));
    }

    long longest() {
      return LongStream.rangeClosed(lowest, highest).map(this::length).max().orElse(0);
    }

    /** How far a diagonal is moved to the right in its row. */
    long offset(long d) {
      boolean right = (d >= 0 && upperRight) || (d <= 0 && lowerRight);
      return right ? longest() - length(d) : 0;
    }

    /** Where a place of the matrix stands in the rows of diagonals; -1 where in none. */
    long stored(long row, long column) {
      long d = column - row;
      return d < lowest || d > highest
          ? -1
          : (highest - d) * longest() + Math.min(row, column) + offset(d);
    }

    /** The places of the matrix, by where they stand in the rows of diagonals. */
    long[] places() {
      long[] places = new long[Math.toIntExact(count() * longest())];
      Arrays.fill(places, -1);
      for (long row = 0; row < rows; row++) {
        for (long column = 0; column < columns; column++) {
          long stored = stored(row, column);
          if (stored >= 0) {
            places[(int) stored] = row * columns + column;
          }
        }
      }
      return places;
    }

    /** The same the other way. */
    long[] stored() {
      return LongStream.range(0, rows * columns)
          .map(i -> stored(i / columns, i % columns))
          .toArray();
    }
  }

  /** The lowest and the highest diagonal. */
  private static long[] diagonals(Call call) {
    long[] k = call.integers("k").orElse(new long[] {0});
    if (k.length < 1 || k.length > 2) {
      throw new Unsupported("k is " + Arrays.toString(k) + "; it must be one number or two.");
    }
    return new long[] {k[0], k[k.length - 1]};
  }

  private static LaidOut matrix(GraphBuilder g, Call call) {
    Value x = atLeast(call.x(g).logical(g), 1);
    long[] k = diagonals(call);
    boolean one = k[0] == k[1];
    long longest = x.dim(x.rank() - 1);
    long leastRows = longest - Math.min(k[1], 0);
    long leastColumns = longest + Math.max(k[0], 0);
    long rows = call.integer(-1, "num_rows");
    long columns = call.integer(-1, "num_cols");
    if (rows < 0 && columns < 0) {
      rows = Math.max(leastRows, leastColumns);
      columns = rows;
    }
    Band band = Band.of(call, rows < 0 ? leastRows : rows, columns < 0 ? leastColumns : columns);
    Value diagonals = rowsOf(g, x, band, one);
    Value padding = padding(g, call, x);
    Value flat = picked(g, diagonals, band.stored(), padding);
    return LaidOut.asIs(shaped(g, flat, band.rows(), band.columns()));
  }

  private static LaidOut part(GraphBuilder g, Call call) {
    Value x = Matrices.matrices(call.x(g).logical(g));
    Band band = Band.of(call, x.dim(x.rank() - 2), x.dim(x.rank() - 1));
    Value flat = picked(g, joined(g, x, 2), band.places(), padding(g, call, x));
    return LaidOut.asIs(band.count() == 1 ? flat : shaped(g, flat, band.count(), band.longest()));
  }

  private static LaidOut set(GraphBuilder g, Call call) {
    Value x = Matrices.matrices(call.x(g).logical(g));
    Value given = atLeast(call.operand(1).as(g, x.type()).value(g).logical(g), 1);
    Band band = Band.of(call, x.dim(x.rank() - 2), x.dim(x.rank() - 1));
    Value diagonals = rowsOf(g, given, band, given.rank() == x.rank() - 1);
    Value flat = picked(g, diagonals, band.stored(), joined(g, x, 2));
    return LaidOut.asIs(shaped(g, flat, band.rows(), band.columns()));
  }

  /** An array on the diagonal of one of twice as many axes. */
  private static LaidOut whole(GraphBuilder g, Call call) {
    Value x = atLeast(call.x(g).logical(g), 1);
    long[] dims = x.shape().dims();
    long n = elements(dims);
    Band band = new Band(n, n, 0, 0, false, false);
    Value flat = picked(g, g.reshape(x, n), band.stored(), g.scalarLike(x, 0));
    return LaidOut.asIs(g.reshape(flat, LongStream.concat(of(dims), of(dims)).toArray()));
  }

  private static LaidOut wholePart(GraphBuilder g, Call call) {
    Value x = atLeast(call.x(g).logical(g), 2);
    long[] dims = x.shape().dims();
    long[] half = Arrays.copyOf(dims, dims.length / 2);
    long n = elements(half);
    if (!Arrays.equals(dims, LongStream.concat(of(half), of(half)).toArray())) {
      throw new Unsupported("its input has the shape " + x.shape() + ", whose halves differ.");
    }
    Band band = new Band(n, n, 0, 0, false, false);
    Value flat = picked(g, g.reshape(x, n * n), band.places(), g.scalarLike(x, 0));
    return LaidOut.asIs(g.reshape(flat, half));
  }

  private static LongStream of(long[] dims) {
    return Arrays.stream(dims);
  }

  private static long elements(long[] dims) {
    if (of(dims).anyMatch(d -> d < 1)) {
      throw new Unsupported("it makes a matrix of a batch of any size.");
    }
    Limits.check(dims);
    return of(dims).reduce(1, Math::multiplyExact);
  }

  // ------------------------------------------------------------------- pieces

  private static Value padding(GraphBuilder g, Call call, Value like) {
    return g.scalarLike(like, call.number(0, "padding_value"));
  }

  /**
   * Elements of the last axis by their places; where these are negative, those of another value.
   */
  private static Value picked(GraphBuilder g, Value x, long[] places, Value otherwise) {
    long[] any = of(places).map(p -> Math.max(p, 0)).toArray();
    Value all = g.gather(x, g.longs(any), x.rank() - 1);
    if (of(places).allMatch(p -> p >= 0)) {
      return all;
    }
    boolean[] there = new boolean[places.length];
    for (int i = 0; i < places.length; i++) {
      there[i] = places[i] >= 0;
    }
    return g.where(g.constant(Tensor.of(there, there.length)), all, otherwise);
  }

  /** The rows of diagonals, one behind the other. */
  private static Value rowsOf(GraphBuilder g, Value x, Band band, boolean one) {
    long longest = x.dim(x.rank() - 1);
    boolean fits =
        longest == band.longest()
            && (one ? band.count() == 1 : x.rank() > 1 && x.dim(x.rank() - 2) == band.count());
    if (!fits) {
      throw new Unsupported(
          "diagonals of shape "
              + x.shape()
              + " do not fit a matrix of "
              + band.rows()
              + " × "
              + band.columns()
              + ".");
    }
    return one ? x : joined(g, x, 2);
  }

  /** With the last axes made one. */
  private static Value joined(GraphBuilder g, Value x, int axes) {
    long[] dims = x.shape().dims();
    long[] all = Arrays.copyOf(dims, dims.length - axes + 1);
    all[all.length - 1] = of(dims).skip(all.length - 1L).reduce(1, Math::multiplyExact);
    return g.reshape(x, Shape.of(all));
  }

  /** With the last axis made two. */
  private static Value shaped(GraphBuilder g, Value x, long rows, long columns) {
    long[] dims = Arrays.copyOf(x.shape().dims(), x.rank() + 1);
    dims[dims.length - 2] = rows;
    dims[dims.length - 1] = columns;
    return g.reshape(x, Shape.of(dims));
  }

  private static Value atLeast(Value x, int rank) {
    if (x.rank() < rank || x.dim(x.rank() - 1) < 1) {
      throw new Unsupported("its input has the shape " + x.shape() + ".");
    }
    return x;
  }
}
