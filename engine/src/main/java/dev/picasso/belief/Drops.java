package dev.picasso.belief;

import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the class's score loses when parts of the image are taken out, one drop for each part.
 *
 * @param removed the pixels of each part
 * @param drops f(x) − f(x without the part)
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Drops(List<BitSet> removed, double[] drops) {

  /** Asks the model, once for each part and once for the whole. */
  static Drops of(
      Subject subject, Quantity of, List<BitSet> removed, Filling filling, Progress progress) {
    float[] numbers =
        Altered.numbers(
            subject,
            of,
            removed.size() + 1,
            k -> filling.without(k == 0 ? new BitSet() : removed.get(k - 1)),
            progress);
    double[] drops = new double[removed.size()];
    for (int k = 0; k < drops.length; k++) {
      drops[k] = (double) numbers[0] - numbers[k + 1];
    }
    return new Drops(removed, drops);
  }

  /** What a map says of each part: the sum of its numbers there. */
  double[] sums(HeatMap map) {
    float[] values = map.values();
    return removed.stream()
        .mapToDouble(part -> part.stream().mapToDouble(i -> values[i]).sum())
        .toArray();
  }

  /**
   * Of each part the sum of a weight times the change of each number of the image.
   *
   * @param weights one for each number of the input
   * @param image as the model is fed with it
   */
  double[] products(double[] weights, float[] image, Filling filling) {
    return removed.stream()
        .mapToDouble(part -> product(weights, image, filling.without(part)))
        .toArray();
  }

  private static double product(double[] weights, float[] image, float[] other) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (image[i] - other[i]);
    }
    return sum;
  }

  /** A weight for each number of the input: the map's own, else its pixel's for all channels. */
  static double[] eachNumber(Subject subject, HeatMap map) {
    if (subject.maps().frame() == Maps.Frame.INPUT) {
      float[] own = subject.maps().values().floats();
      return IntStream.range(0, own.length).mapToDouble(i -> own[i]).toArray();
    }
    InputSpec input = subject.input();
    float[] values = map.values();
    double[] weights = new double[values.length * input.channels()];
    for (int i = 0; i < values.length; i++) {
      for (int c = 0; c < input.channels(); c++) {
        weights[i * input.pixelStride() + c * input.channelStride()] = values[i];
      }
    }
    return weights;
  }
}
