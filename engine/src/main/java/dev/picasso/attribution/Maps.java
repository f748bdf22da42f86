package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a method found, a row for each row of the {@link Images} that it was asked about: numbers as
 * they were computed, with their sign, neither normalized nor clipped nor smoothed.
 *
 * @param values in the shape that the frame says
 * @param frame where the numbers lie
 * @param signed whether they are of both signs; else none is negative
 * @param meaning what one number is, for people, as in "drop of the probability"
 * @param total what each row sums to, where the method promises that
 * @param error the standard error of each number, of the shape of the values, where they are
 *     estimates from random samples
 * @param layer at whose positions the numbers lie, where they are those of a layer
 * @param notes how the numbers of each row came about, where the method itself decided on that, as
 *     in "171 steps"; a note for each row, or none at all
 */
public record Maps(
    Tensor values,
    Frame frame,
    boolean signed,
    String meaning,
    Optional<Tensor> total,
    Optional<Tensor> error,
    Optional<Layer> layer,
    List<String> notes) {

  public Maps {
    notes = List.copyOf(notes);
  }

  /** Where the numbers of a map lie. */
  public enum Frame {
    /** A number for each number of the input: the shape of x as fed. */
    INPUT,
    /** A number for each pixel of the input, [N, H, W]. */
    PIXELS,
    /** A number for each position of a layer, [N, h, w]. */
    LAYER,
    /** A number for each channel and position of a layer, [N, K, h, w]. */
    CHANNELS
  }

  /** Numbers of both signs, and nothing more known of them. */
  public static Maps signed(Tensor values, Frame frame, String meaning) {
    return of(values, frame, true, meaning);
  }

  /** Numbers that are not negative. */
  public static Maps unsigned(Tensor values, Frame frame, String meaning) {
    return of(values, frame, false, meaning);
  }

  private static Maps of(Tensor values, Frame frame, boolean signed, String meaning) {
    return new Maps(
        values,
        frame,
        signed,
        meaning,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same of numbers none of which is negative. */
  public Maps unsigned() {
    return new Maps(values, frame, false, meaning, total, error, layer, notes);
  }

  /**
   * The same, with what each row has to sum to.
   *
   * @param sums [N]
   */
  public Maps summingTo(Tensor sums) {
    return new Maps(values, frame, signed, meaning, Optional.of(sums), error, layer, notes);
  }

  /** The same, with the standard error of each number. */
  public Maps within(Tensor errors) {
    return new Maps(values, frame, signed, meaning, total, Optional.of(errors), layer, notes);
  }

  /** The same, at the positions of a layer, which are drawn where they look. */
  public Maps at(Layer positions) {
    return new Maps(values, frame, signed, meaning, total, error, Optional.of(positions), notes);
  }

  /** The same, with how the numbers of each row came about. */
  public Maps noting(List<String> all) {
    return new Maps(values, frame, signed, meaning, total, error, layer, all);
  }

  /**
   * How far each row's sum is from what was promised, as a share of the promise; empty where
   * nothing was.
   */
  public Optional<double[]> residuals() {
    return total.map(
        promised -> {
          float[] numbers = values.floats();
          float[] sums = promised.floats();
          double[] shares = new double[sums.length];
          int each = numbers.length / Math.max(1, sums.length);
          for (int n = 0; n < sums.length; n++) {
            double sum = 0;
            for (int i = n * each; i < (n + 1) * each; i++) {
              sum += numbers[i];
            }
            shares[n] = Math.abs(sum - sums[n]) / Math.max(Math.abs(sums[n]), 1e-12);
          }
          return shares;
        });
  }

  /**
   * How sure the numbers of each row are, where they are estimates: the root of the mean square of
   * their standard errors, as a share of the row's largest number.
   */
  public Optional<double[]> relativeErrors() {
    return error.map(
        errors -> {
          float[] off = errors.floats();
          float[] numbers = values.floats();
          int rows = Math.toIntExact(values.shape().dim(0));
          int each = numbers.length / Math.max(1, rows);
          double[] shares = new double[rows];
          for (int n = 0; n < rows; n++) {
            double squares = 0;
            double largest = 0;
            for (int i = n * each; i < (n + 1) * each; i++) {
              squares += (double) off[i] * off[i];
              largest = Math.max(largest, Math.abs(numbers[i]));
            }
            shares[n] = Math.sqrt(squares / each) / Math.max(largest, Double.MIN_NORMAL);
          }
          return shares;
        });
  }

  /**
   * A map of one number a place for each row. Channels of a pixel are reduced as asked for; those
   * of a layer are summed, and lie over what the layer's positions see.
   *
   * @throws InapplicableException if the numbers are those of a layer without positions
   */
  public List<HeatMap> heatMaps(InputSpec input, ChannelReduction reduction) {
    return frame == Frame.INPUT
        ? reduction.maps(values, input)
        : planes().stream().map(map -> placed(map, input)).toList();
  }

  private HeatMap placed(HeatMap map, InputSpec input) {
    return layer.map(l -> map.over(l.covered(input))).orElse(map);
  }

  private List<HeatMap> planes() {
    int rank = values.shape().rank();
    if (rank < 3) {
      throw new InapplicableException("The layer has no positions of the image, so no map.");
    }
    int width = Math.toIntExact(values.shape().dim(rank - 1));
    int height = Math.toIntExact(values.shape().dim(rank - 2));
    int channels = frame == Frame.CHANNELS ? Math.toIntExact(values.shape().dim(1)) : 1;
    float[] numbers = values.floats();
    List<HeatMap> maps = new ArrayList<>();
    int plane = width * height;
    for (int at = 0; at < numbers.length; at += plane * channels) {
      float[] sum = Arrays.copyOfRange(numbers, at, at + plane);
      for (int c = 1; c < channels; c++) {
        for (int i = 0; i < plane; i++) {
          sum[i] += numbers[at + c * plane + i];
        }
      }
      maps.add(HeatMap.of(width, height, sum));
    }
    return maps;
  }
}
