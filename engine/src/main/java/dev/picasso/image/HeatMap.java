package dev.picasso.image;

import dev.picasso.graph.Tensor;
import java.util.Arrays;

/**
 * A number for every place of a picture, with its sign, as it was computed. NaN stands for places
 * of which nothing is known. The places tile the picture, or another part of the plane that {@link
 * #over} tells; numbers at the edges go on to the edges of the picture. Maps do not change.
 */
public final class HeatMap {
  private static final Region WHOLE = Region.of(1, 1);

  private final int width;
  private final int height;
  private final float[] values;
  private final Region covered;

  private HeatMap(int width, int height, float[] values, Region covered) {
    if (width < 1 || height < 1 || values.length != (long) width * height) {
      throw new IllegalArgumentException(
          "a map of %d × %d does not take %d values".formatted(width, height, values.length));
    }
    this.width = width;
    this.height = height;
    this.values = values;
    this.covered = covered;
  }

  /**
   * A map over values that the caller no longer changes.
   *
   * @param values width · height numbers, row by row
   */
  public static HeatMap of(int width, int height, float[] values) {
    return new HeatMap(width, height, values, WHOLE);
  }

  /**
   * The same numbers at other places: those of a layer lie where its cells look, whatever the
   * strides and paddings before it.
   *
   * @param part that the map covers, in shares of the picture's sides; it may reach beyond them
   */
  public HeatMap over(Region part) {
    return new HeatMap(width, height, values, part);
  }

  /** The part of the picture that the map covers, in shares of its sides. */
  public Region covered() {
    return covered;
  }

  /** Whether its places tile the picture. */
  public boolean isOverAll() {
    return covered.equals(WHOLE);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public float at(int x, int y) {
    return values[y * width + x];
  }

  /** A copy of all values, row by row. */
  public float[] values() {
    return values.clone();
  }

  /** The values as [height, width], for files of numbers. */
  public Tensor tensor() {
    return Tensor.of(values, height, width);
  }

  /** The absolute values. */
  public HeatMap abs() {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.abs(values[i]);
    }
    return of(width, height, out).over(covered);
  }

  /** The largest absolute value of those that are finite; 0 where none is. */
  public float largest() {
    float largest = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** The values that are numbers, smallest first. */
  float[] sorted() {
    float[] numbers = new float[values.length];
    int n = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        numbers[n++] = value;
      }
    }
    float[] sorted = Arrays.copyOf(numbers, n);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The same map with more or fewer values over all of the picture; a smaller one averages. */
  public HeatMap resized(int newWidth, int newHeight, Interpolation interpolation) {
    return Frame.identity(width, height).toOriginal(this, newWidth, newHeight, interpolation);
  }

  /** Weighted sums of values. NaN counts as absent; it prevails where it has most of the weight. */
  HeatMap sampled(Taps across, Taps down) {
    float[] out = new float[across.count() * down.count()];
    if (isWhole()) {
      return of(across.count(), down.count(), wholly(across, down, out));
    }
    for (int y = 0; y < down.count(); y++) {
      for (int x = 0; x < across.count(); x++) {
        out[y * across.count() + x] = sample(across, x, down, y);
      }
    }
    return of(across.count(), down.count(), out);
  }

  private boolean isWhole() {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return false;
      }
    }
    return true;
  }

  /** Where there is a number everywhere, rows are resampled first, and then columns of these. */
  private float[] wholly(Taps across, Taps down, float[] out) {
    int columns = across.count();
    double[][] rows = new double[height][];
    for (int y = down.lowest(); y < down.end(); y++) {
      rows[y] = resampledRow(across, y);
    }
    for (int y = 0; y < down.count(); y++) {
      double[] sum = new double[columns];
      double[] high = down.weights(y);
      for (int j = 0; j < down.length(y); j++) {
        double[] row = rows[down.first(y) + j];
        double weight = high[j];
        for (int x = 0; x < columns; x++) {
          sum[x] += weight * row[x];
        }
      }
      for (int x = 0; x < columns; x++) {
        out[y * columns + x] =
            down.length(y) == 0 || across.length(x) == 0 ? Float.NaN : (float) sum[x];
      }
    }
    return out;
  }

  private double[] resampledRow(Taps across, int y) {
    double[] row = new double[across.count()];
    for (int x = 0; x < row.length; x++) {
      double[] wide = across.weights(x);
      int from = y * width + across.first(x);
      for (int i = 0; i < across.length(x); i++) {
        row[x] += wide[i] * values[from + i];
      }
    }
    return row;
  }

  private float sample(Taps across, int x, Taps down, int y) {
    double[] wide = across.weights(x);
    double[] high = down.weights(y);
    double sum = 0;
    double present = 0;
    for (int j = 0; j < down.length(y); j++) {
      for (int i = 0; i < across.length(x); i++) {
        float value = at(across.first(x) + i, down.first(y) + j);
        if (!Float.isNaN(value)) {
          double weight = wide[i] * high[j];
          sum += weight * value;
          present += weight;
        }
      }
    }
    return present < .5 ? Float.NaN : (float) (sum / present);
  }
}
