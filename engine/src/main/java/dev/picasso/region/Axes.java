package dev.picasso.region;

import dev.picasso.graph.Shape;
import java.util.stream.IntStream;

/**
 * How a map lies in a value [N, …] of rank 4.
 *
 * @param row which axis counts rows, from 1 on
 * @param column which counts columns
 */
public record Axes(int row, int column) {
  /** The axis of channels. */
  int channel() {
    return 6 - row - column;
  }

  public boolean channelsLast() {
    return row == 1 && column == 2;
  }

  /** The order that makes [N, rows, columns, channels] of such a value. */
  public int[] toChannelsLast() {
    return new int[] {0, row, column, channel()};
  }

  /** The order that makes such a value of [N, rows, columns, channels]. */
  int[] fromChannelsLast() {
    int[] order = new int[4];
    order[row] = 1;
    order[column] = 2;
    order[channel()] = 3;
    return order;
  }

  /** With axes in another order: axis i is now what {@code permutation[i]} was. */
  Axes permuted(int... permutation) {
    return new Axes(find(permutation, row), find(permutation, column));
  }

  private static int find(int[] permutation, int axis) {
    return IntStream.range(0, permutation.length)
        .filter(i -> permutation[i] == axis)
        .findFirst()
        .orElseThrow();
  }

  int height(Shape shape) {
    return Math.toIntExact(shape.dim(row));
  }

  int width(Shape shape) {
    return Math.toIntExact(shape.dim(column));
  }
}
