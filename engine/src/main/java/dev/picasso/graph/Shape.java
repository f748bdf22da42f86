package dev.picasso.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The dimensions of a value. A dimension of zero or more is fixed; a negative one, −k, stands for k
 * times the batch size N. So [−1, 3, 224, 224] is a batch of images and [−196, 64] holds 196 rows
 * of 64 numbers for each image. Lengths that are told apart, but known only when the graph runs,
 * are {@link #free}.
 */
public final class Shape {
  /** The dimension that is as long as the batch. */
  public static final long BATCH = -1;

  /** Lengths of this and below are free; no batch has so many rows. */
  private static final long FREE = -(1L << 40);

  private static final Shape SCALAR = new Shape(new long[0]);

  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  public static Shape of(long... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  public static Shape scalar() {
    return SCALAR;
  }

  /**
   * A length that only a run knows. Wherever it bears the same number it is the same.
   *
   * @param number 0 or more
   */
  public static long free(int number) {
    return FREE - number;
  }

  /** Whether a dimension is known only when the graph runs. */
  public static boolean isFree(long dim) {
    return dim <= FREE;
  }

  public int rank() {
    return dims.length;
  }

  /** Dimension i; a negative i counts from the end. */
  public long dim(int i) {
    return dims[axis(i)];
  }

  public long[] dims() {
    return dims.clone();
  }

  /** The axis that i means, counted from the end where it is negative. */
  public int axis(int i) {
    int axis = i < 0 ? i + dims.length : i;
    if (axis < 0 || axis >= dims.length) {
      throw new IllegalArgumentException("axis " + i + " is outside the shape " + this);
    }
    return axis;
  }

  /** Whether no dimension depends on the batch. */
  public boolean isStatic() {
    return Arrays.stream(dims).allMatch(d -> d >= 0);
  }

  /** Number of axes whose length depends on the batch. */
  public int batchAxes() {
    return (int) Arrays.stream(dims).filter(d -> d < 0 && !isFree(d)).count();
  }

  /** Number of elements of a static shape. */
  public long size() {
    if (!isStatic()) {
      throw new IllegalStateException("the size of " + this + " depends on the batch");
    }
    return product(dims);
  }

  /** The number of elements, as a dimension: negative when it is a multiple of the batch. */
  public long sizeAsDimension() {
    if (batchAxes() > 1 || Arrays.stream(dims).anyMatch(Shape::isFree)) {
      throw new IllegalStateException("the size of " + this + " is no multiple of the batch");
    }
    return product(dims);
  }

  /** This shape for a batch of n. */
  public Shape withBatch(long n) {
    return of(LongStream.of(dims).map(d -> d < 0 && !isFree(d) ? -d * n : d).toArray());
  }

  public Shape with(int axis, long dim) {
    long[] changed = dims.clone();
    changed[axis(axis)] = dim;
    return of(changed);
  }

  /** Axis i of the result is axis {@code permutation[i]} of this shape. */
  public Shape permuted(int... permutation) {
    return of(IntStream.of(permutation).mapToLong(this::dim).toArray());
  }

  private static long product(long[] dims) {
    long product = 1;
    boolean batch = false;
    for (long d : dims) {
      product = Math.multiplyExact(product, Math.abs(d));
      batch |= d < 0;
    }
    return batch ? -product : product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** As in "[N, 3, 224, 224]". */
  @Override
  public String toString() {
    return Arrays.stream(dims).mapToObj(Shape::name).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A dimension by name: a number, a multiple of the batch as in "2N", or a free length. */
  public static String name(long dim) {
    if (dim >= 0) {
      return Long.toString(dim);
    }
    return isFree(dim) ? "L" + (FREE - dim) : dim == BATCH ? "N" : -dim + "N";
  }
}
