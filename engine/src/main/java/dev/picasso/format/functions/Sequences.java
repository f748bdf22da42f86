package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;

/** Rows of steps, of which each has its own length. */
final class Sequences {
  private Sequences() {}

  static void addTo(FunctionTable table) {
    table.put(
        Sequences::reversed,
        "raw.ReverseSequence(input, seq_lengths)",
        "tf.reverse_sequence(input, seq_lengths, seq_axis, batch_axis, name, seq_dim, batch_dim)");
  }

  /** The first steps of each row from their end; those behind its length stay where they are. */
  private static LaidOut reversed(GraphBuilder g, Call call) {
    Value x = call.x(g).logical(g);
    int steps = call.axis(x.rank(), 1, "seq_axis", "seq_dim");
    int rows = call.axis(x.rank(), 0, "batch_axis", "batch_dim");
    long[] dims = x.shape().dims();
    for (int i = 0; i < dims.length; i++) {
      if (i != rows && dims[i] < 1 && (i > 0 || steps == 0)) {
        throw new Unsupported("it reverses " + x.shape() + " along axis " + steps + ".");
      }
    }
    if (steps == rows) {
      throw new Unsupported("its steps and its rows are both axis " + steps + ".");
    }
    Value length = g.cast(call.operand(1).value(g).logical(g), DataType.INT64);
    if (length.rank() != 1 || length.dim(0) != dims[rows]) {
      throw new Unsupported("it has lengths " + length.shape() + " for rows of " + x.shape() + ".");
    }
    long[] perRow = new long[dims.length];
    Arrays.fill(perRow, 1);
    perRow[rows] = dims[rows];
    Value ends = g.reshape(length, Shape.of(perRow));
    Value step = step(g, dims, rows, steps);
    Value from = g.where(g.less(step, ends), g.sub(g.add(ends, -1), step), step);
    if (rows != 0 && dims[0] < 0) {
      from = g.add(from, zeroPerImage(g, x));
    }
    return LaidOut.asIs(g.op("GatherElements", Attributes.of("axis", steps), x, from));
  }

  /** A zero for each image of the batch: [N, 1, …]. */
  private static Value zeroPerImage(GraphBuilder g, Value x) {
    Value one = x;
    for (int axis = 1; axis < x.rank(); axis++) {
      one = g.slice(one, axis, 0, 1);
    }
    return g.mul(g.cast(one, DataType.INT64), 0);
  }

  /** The number of the step at each place of one row. */
  private static Value step(GraphBuilder g, long[] dims, int rows, int steps) {
    long[] row = dims.clone();
    row[rows] = 1;
    row[0] = Math.max(row[0], 1);
    Limits.check(row);
    long inner = Arrays.stream(row).skip(steps + 1L).reduce(1, Math::multiplyExact);
    long[] numbers = new long[Math.toIntExact(Arrays.stream(row).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i / inner % row[steps];
    }
    return g.constant(Tensor.longs(numbers).reshaped(row));
  }
}
