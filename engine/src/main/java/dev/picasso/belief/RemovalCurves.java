package dev.picasso.belief;

import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The class's probability, or its score where there are none, while an image's blocks are taken out
 * or put back in several orders.
 *
 * @param subject whose image it is
 * @param blocks that go or come as a whole
 * @param counts how many are gone, or back, at each place of a curve: from none to all
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record RemovalCurves(Subject subject, Blocks blocks, int[] counts) {

  /** As many steps of nearly one size. */
  static int[] counts(int blocks, int steps) {
    int most = Math.min(steps, blocks);
    return along(most + 1, i -> (int) Math.round((double) i * blocks / most));
  }

  /** Steps of one size, of which the last may be smaller. */
  static int[] counts(int blocks, int steps, int size) {
    return along(steps + 1, i -> (int) Math.min(blocks, (long) i * size));
  }

  private static int[] along(int places, IntUnaryOperator count) {
    int[] counts = new int[places];
    Arrays.setAll(counts, count);
    return counts;
  }

  /** The shares of the blocks that are gone, or back, at each place. */
  double[] places() {
    return Arrays.stream(counts).mapToDouble(c -> (double) c / blocks.count()).toArray();
  }

  /** A curve for each order, while blocks go. */
  List<double[]> deletion(List<int[]> orders, Filling filling, Progress progress) {
    return curves(orders, filling, false, progress);
  }

  /** A curve for each order, while blocks come back. */
  List<double[]> insertion(List<int[]> orders, Filling filling, Progress progress) {
    return curves(orders, filling, true, progress);
  }

  /** All orders begin and end alike, which is asked once. */
  private List<double[]> curves(
      List<int[]> orders, Filling filling, boolean back, Progress progress) {
    int between = counts.length - 2;
    float[] numbers =
        Altered.numbers(
            subject,
            Quantity.PROBABILITIES,
            2 + orders.size() * between,
            k ->
                filling.without(
                    k < 2
                        ? removed(orders.get(0), k == 0 ? 0 : blocks.count(), back)
                        : removed(
                            orders.get((k - 2) / between), counts[1 + (k - 2) % between], back)),
            progress);
    return IntStream.range(0, orders.size()).mapToObj(o -> curve(numbers, o, between)).toList();
  }

  private static double[] curve(float[] numbers, int order, int between) {
    double[] curve = new double[between + 2];
    curve[0] = numbers[0];
    curve[between + 1] = numbers[1];
    for (int i = 0; i < between; i++) {
      curve[i + 1] = numbers[2 + order * between + i];
    }
    return curve;
  }

  /** The pixels that are missing when the first so many blocks of an order are gone, or back. */
  private BitSet removed(int[] order, int count, boolean back) {
    BitSet removed = new BitSet(blocks.width() * blocks.height());
    blocks.add(removed, order, back ? count : 0, back ? order.length : count);
    return removed;
  }

  /** The area under a curve, by the trapezoidal rule. */
  double area(double[] curve) {
    double[] places = places();
    double area = 0;
    for (int i = 1; i < places.length; i++) {
      area += (places[i] - places[i - 1]) * (curve[i - 1] + curve[i]) / 2;
    }
    return area;
  }
}
