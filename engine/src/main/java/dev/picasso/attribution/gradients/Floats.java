package dev.picasso.attribution.gradients;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * A tensor while its rows are being written.
 *
 * @param each numbers a row
 */
record Floats(Tensor tensor, FloatBuffer buffer, int each) {
  /**
   * Room for so many rows.
   *
   * @param one the shape of one of them, [1, …]
   */
  static Floats of(Shape one, int rows) {
    Shape shape = one.with(0, rows);
    ByteBuffer bytes = Tensor.allocate(4 * shape.size());
    Tensor tensor = Tensor.of(DataType.FLOAT, shape, bytes);
    FloatBuffer buffer = bytes.duplicate().order(bytes.order()).asFloatBuffer();
    return new Floats(tensor, buffer, Math.toIntExact(one.size()));
  }

  /** Where a row is written. */
  FloatBuffer row(int row) {
    return buffer.slice(row * each, each);
  }

  void put(int row, double[] numbers) {
    for (int i = 0; i < each; i++) {
      buffer.put(row * each + i, (float) numbers[i]);
    }
  }

  /** Makes a row a copy of another one. */
  void copy(int from, int to) {
    row(to).put(row(from));
  }
}
