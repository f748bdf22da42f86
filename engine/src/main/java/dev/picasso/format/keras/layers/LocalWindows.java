package dev.picasso.format.keras.layers;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The windows of a locally connected layer: for each of its places, which numbers of an image it
 * looks at.
 */
final class LocalWindows {
  private static final int OUTSIDE = -1;
  private static final long MOST = 1 << 26;

  private final long[] outputs;
  private final int inputs;
  private final int size;
  private final int[][] windows;
  private final boolean channelsLast;

  private LocalWindows(
      long[] outputs, int inputs, int size, int[][] windows, boolean channelsLast) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.size = size;
    this.windows = windows;
    this.channelsLast = channelsLast;
  }

  /**
   * The windows over an image.
   *
   * @param image its lengths along the spatial axes
   * @param same whether windows may reach over the border, as in Keras's padding "same"
   * @param channelsLast the order of the numbers in images, windows and results
   */
  static LocalWindows of(
      long[] image,
      long channels,
      long[] kernel,
      long[] strides,
      boolean same,
      boolean channelsLast) {
    int axes = image.length;
    long[] outputs = new long[axes];
    for (int i = 0; i < axes; i++) {
      outputs[i] =
          same ? (image[i] + strides[i] - 1) / strides[i] : (image[i] - kernel[i]) / strides[i] + 1;
      if (outputs[i] < 1 || (!same && kernel[i] > image[i])) {
        throw new Unsupported("its window is larger than the image.");
      }
    }
    long places = product(outputs);
    long size = Math.multiplyExact(product(kernel), channels);
    if (Math.multiplyExact(places, size) > MOST) {
      throw new Unsupported("its windows are too many.");
    }
    int[][] windows = new int[(int) places][(int) size];
    for (int p = 0; p < places; p++) {
      long[] place = parted(p, outputs);
      for (int j = 0; j < size; j++) {
        long channel = channelsLast ? j % channels : j / product(kernel);
        long[] offset = parted(channelsLast ? j / channels : j % product(kernel), kernel);
        long at = 0;
        boolean inside = true;
        for (int i = 0; i < axes; i++) {
          long position = place[i] * strides[i] + offset[i] - (same ? kernel[i] / 2 : 0);
          inside &= position >= 0 && position < image[i];
          at = at * image[i] + position;
        }
        long index = channelsLast ? at * channels + channel : channel * product(image) + at;
        windows[p][j] = inside ? Math.toIntExact(index) : OUTSIDE;
      }
    }
    int inputs = Math.toIntExact(Math.multiplyExact(product(image), channels));
    return new LocalWindows(outputs, inputs, (int) size, windows, channelsLast);
  }

  private static long product(long[] lengths) {
    return Arrays.stream(lengths).reduce(1, Math::multiplyExact);
  }

  /** A position in row-major order as one along each axis. */
  private static long[] parted(long position, long[] lengths) {
    long[] parts = new long[lengths.length];
    long rest = position;
    for (int i = lengths.length - 1; i >= 0; i--) {
      parts[i] = rest % lengths[i];
      rest /= lengths[i];
    }
    return parts;
  }

  /** Numbers of windows along the spatial axes. */
  long[] outputs() {
    return outputs.clone();
  }

  int places() {
    return windows.length;
  }

  /** How many numbers an image has. */
  int inputs() {
    return inputs;
  }

  /** How many numbers a window has. */
  int size() {
    return size;
  }

  /** The positions of the windows' numbers, one window after the other; 0 for those outside. */
  long[] indices() {
    return Arrays.stream(windows)
        .flatMapToInt(Arrays::stream)
        .mapToLong(i -> Math.max(i, 0))
        .toArray();
  }

  /** Matrices [places, size, filters] of weights between all inputs and all outputs. */
  Tensor ofDense(Tensor stored, int filters) {
    long columns = (long) places() * filters;
    require(stored, inputs * columns);
    float[] weights = stored.floats();
    float[] matrices = new float[places() * size * filters];
    for (int p = 0; p < places(); p++) {
      for (int j = 0; j < size; j++) {
        for (int f = 0; f < filters && windows[p][j] != OUTSIDE; f++) {
          long column = channelsLast ? (long) p * filters + f : (long) f * places() + p;
          matrices[(p * size + j) * filters + f] =
              weights[Math.toIntExact(windows[p][j] * columns + column)];
        }
      }
    }
    return Tensor.of(matrices, places(), size, filters);
  }

  /** The same of the list of weights that are there, by outputs, then by inputs. */
  Tensor ofSparse(Tensor stored, int filters) {
    long inside =
        Arrays.stream(windows).flatMapToInt(Arrays::stream).filter(i -> i != OUTSIDE).count();
    require(stored, inside * filters);
    float[] weights = stored.floats();
    float[] matrices = new float[places() * size * filters];
    int at = 0;
    for (int output = 0; output < places() * filters; output++) {
      int p = channelsLast ? output / filters : output % places();
      int f = channelsLast ? output % filters : output / places();
      int[] ranked =
          IntStream.range(0, size)
              .filter(j -> windows[p][j] != OUTSIDE)
              .boxed()
              .sorted(java.util.Comparator.comparingInt(j -> windows[p][j]))
              .mapToInt(j -> j)
              .toArray();
      for (int j : ranked) {
        matrices[(p * size + j) * filters + f] = weights[at++];
      }
    }
    return Tensor.of(matrices, places(), size, filters);
  }

  private static void require(Tensor stored, long count) {
    if (stored.size() != count) {
      throw new Unsupported(
          "its kernel has the shape " + stored.shape() + ", not " + count + " numbers.");
    }
  }
}
