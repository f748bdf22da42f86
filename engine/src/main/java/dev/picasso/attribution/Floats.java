package dev.picasso.attribution;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A tensor while its rows are being written; it may be written anew when a run has read it, so that
 * long work needs no memory of its own for each of its pieces.
 *
 * @param each numbers a row
 */
public record Floats(Tensor tensor, FloatBuffer buffer, int each) {
  /**
   * Room for so many rows.
   *
   * @param one the shape of one of them, [1, …]
   */
  public static Floats of(Shape one, int rows) {
    Shape shape = one.with(0, rows);
    ByteBuffer bytes = Tensor.allocate(4 * shape.size());
    Tensor tensor = Tensor.of(DataType.FLOAT, shape, bytes);
    FloatBuffer buffer = bytes.duplicate().order(bytes.order()).asFloatBuffer();
    return new Floats(tensor, buffer, Math.toIntExact(one.size()));
  }

  /** Where a row is written. */
  public FloatBuffer row(int row) {
    return buffer.slice(row * each, each);
  }

  /** Writes a row. */
  public void put(int row, double[] numbers) {
    for (int i = 0; i < each; i++) {
      buffer.put(row * each + i, (float) numbers[i]);
    }
  }

  /** The first rows, over the same memory. */
  public Tensor first(int rows) {
    return Batches.rows(tensor, 0, rows);
  }

  /** Makes a row a copy of another one. */
  public void copy(int from, int to) {
    row(to).put(row(from));
  }
}
