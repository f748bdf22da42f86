package dev.picasso.gradient;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The transposed convolution of a strided one as convolutions of stride one, one for each of its
 * {@link Phases}. Along an axis of stride s, kernel w and padding p, pixel s·q + a of the image is
 * under tap k of window o where s·o − p + k = s·q + a. So phase a meets every s-th tap only, and
 * all of them together cost what the strided convolution did.
 */
final class StridedKernels {
  /**
   * How a phase meets the windows along one axis: from window q + {@code first} on.
   *
   * @param taps the tap for each of these windows; −1 where there is none
   * @param before padding before the windows
   * @param after padding behind them; together they give as many pixels as the phase has
   */
  record Axis(List<Integer> taps, long before, long after) {
    Axis {
      taps = List.copyOf(taps);
    }
  }

  private StridedKernels() {}

  /** For each phase along an axis how it meets windows. */
  static List<Axis> axes(Windows windows, int axis, long pixels, long outputs) {
    int stride = (int) windows.strides()[axis];
    List<Axis> axes = new ArrayList<>();
    for (int phase = 0; phase < stride; phase++) {
      axes.add(axis(windows, axis, phase, -Math.floorDiv(-pixels, stride), outputs));
    }
    return axes;
  }

  /** The same windows for all phases along an axis, so that one convolution can do all. */
  static List<Axis> aligned(List<Axis> axes) {
    long before = axes.stream().mapToLong(Axis::before).max().orElse(0);
    long after = axes.stream().mapToLong(Axis::after).max().orElse(0);
    return axes.stream()
        .map(
            a -> {
              List<Integer> taps = new ArrayList<>();
              none(taps, before - a.before());
              taps.addAll(a.taps());
              none(taps, after - a.after());
              return new Axis(taps, before, after);
            })
        .toList();
  }

  private static Axis axis(Windows windows, int axis, int phase, long pixels, long outputs) {
    int stride = (int) windows.strides()[axis];
    int kernel = (int) windows.kernel()[axis];
    int place = phase + (int) windows.before()[axis];
    // Windows from q − last to q + place / stride, of which the last one has the lowest tap.
    int lowest = place % stride;
    int count = Math.max(1, -Math.floorDiv(lowest - kernel, stride));
    long last = place / stride;
    long first = last - count + 1;
    List<Integer> taps = new ArrayList<>();
    none(taps, first);
    for (int i = count - 1; i >= 0; i--) {
      int tap = lowest + i * stride;
      taps.add(tap < kernel ? tap : -1);
    }
    long before = Math.max(0, -first);
    long after = pixels - outputs - before + taps.size() - 1;
    none(taps, -after);
    return new Axis(taps, before, Math.max(0, after));
  }

  private static void none(List<Integer> taps, long count) {
    for (long i = 0; i < count; i++) {
      taps.add(-1);
    }
  }

  /**
   * The kernels of one phase.
   *
   * @param w [M, C/groups, k1, k2]
   * @return [C, M/groups, …], zero where there is no tap
   */
  static Tensor phase(Tensor w, int groups, Axis rows, Axis columns) {
    Shape shape = w.shape();
    int perGroupOut = (int) (shape.dim(0) / groups);
    int perGroupIn = (int) shape.dim(1);
    int height = rows.taps().size();
    int width = columns.taps().size();
    FloatBuffer from = w.floatBuffer();
    long size = (long) perGroupIn * groups * perGroupOut * height * width;
    ByteBuffer bytes = Tensor.allocate(size * DataType.FLOAT.bytes());
    FloatBuffer to = bytes.asFloatBuffer();
    for (int c = 0; c < perGroupIn * groups; c++) {
      for (int m = 0; m < perGroupOut; m++) {
        long kernel = (long) (c / perGroupIn * perGroupOut + m) * perGroupIn + c % perGroupIn;
        for (int i : rows.taps()) {
          for (int j : columns.taps()) {
            boolean tap = i >= 0 && j >= 0;
            long at = (kernel * shape.dim(2) + i) * shape.dim(3) + j;
            to.put(tap ? from.get((int) at) : 0);
          }
        }
      }
    }
    return Tensor.of(
        DataType.FLOAT, Shape.of((long) perGroupIn * groups, perGroupOut, height, width), bytes);
  }
}
