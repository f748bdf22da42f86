package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Rows of batches: cut into pieces that fit the memory, and put together. */
public final class Batches {
  /** Bytes of activations that one run may hold; more images at once do not make it faster. */
  private static final long ACTIVATIONS = 512L << 20;

  /** Where a few images go beyond that, they may, up to so many bytes. */
  private static final long LARGEST = 2L << 30;

  /** Numbers that are read at a time, into memory that a cache holds. */
  private static final int CHUNK = 4096;

  private static final int FEW = 4;
  static final int MOST = 32;

  private Batches() {}

  /** How many images one run of a graph takes at most. */
  static int size(Graph graph) {
    long perImage = graph.activationBytes();
    long few = Math.min(FEW, LARGEST / Math.max(1, perImage));
    long many = Math.min(MOST, ACTIVATIONS / Math.max(1, perImage));
    return (int) Math.max(1, Math.max(few, many));
  }

  /** Rows from..to of a tensor, over the same memory. */
  public static Tensor rows(Tensor x, int from, int to) {
    long row = x.size() / Math.max(1, x.shape().dim(0)) * x.type().bytes();
    ByteBuffer bytes = x.bytes();
    bytes.position(Math.toIntExact(from * row)).limit(Math.toIntExact(to * row));
    return Tensor.of(x.type(), x.shape().with(0, to - from), bytes.slice());
  }

  /** Rows with copies of the last one behind them, so many in all. */
  static Tensor filledUp(Tensor rows, int count) {
    int given = (int) rows.shape().dim(0);
    Tensor last = rows(rows, given - 1, given);
    return joined(
        Stream.concat(Stream.of(rows), Stream.generate(() -> last).limit(count - given)).toList());
  }

  /** A row so many times. */
  public static Tensor repeated(Tensor row, int times) {
    return joined(Collections.nCopies(times, row));
  }

  /** The pieces one after another along the first axis. */
  public static Tensor joined(List<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long rows = parts.stream().mapToLong(p -> p.shape().dim(0)).sum();
    Shape shape = parts.get(0).shape().with(0, rows);
    ByteBuffer all = Tensor.allocate(shape.size() * parts.get(0).type().bytes());
    parts.forEach(p -> all.put(p.bytes()));
    return Tensor.of(parts.get(0).type(), shape, all.flip());
  }

  /** The sum of some of one shape, of floats. */
  static Tensor added(List<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    float[] sum = parts.get(0).floats();
    float[] some = new float[Math.min(sum.length, CHUNK)];
    for (Tensor part : parts.subList(1, parts.size())) {
      FloatBuffer more = part.floatBuffer();
      for (int from = 0; from < sum.length; from += some.length) {
        int count = Math.min(some.length, sum.length - from);
        more.get(some, 0, count);
        for (int i = 0; i < count; i++) {
          sum[from + i] += some[i];
        }
      }
    }
    return Tensor.of(sum, parts.get(0).shape().dims());
  }
}
