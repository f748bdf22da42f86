package dev.picasso.attribution.perturbation;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A number for each pixel of the input and each row that is explained, [N, H, W], row by row. */
final class Planes {
  private final InputSpec input;
  private final int rows;
  private final ByteBuffer bytes;
  private final FloatBuffer numbers;

  Planes(InputSpec input, int rows) {
    this.input = input;
    this.rows = rows;
    this.bytes = Tensor.allocate(4L * rows * input.height() * input.width());
    this.numbers = bytes.asFloatBuffer();
  }

  /** The numbers of one row. */
  void set(int row, float[] plane) {
    numbers.put(row * plane.length, plane);
  }

  Tensor tensor() {
    return Tensor.of(
        DataType.FLOAT,
        Shape.of(rows, input.height(), input.width()),
        bytes.duplicate().order(bytes.order()).clear());
  }
}
