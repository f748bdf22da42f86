package dev.picasso.attribution.gradients;

/**
 * Normally distributed numbers, the same ones for the same seed on every Java and machine:
 * Marsaglia and Tsang 2000, The Ziggurat Method for Generating Random Variables, doi
 * 10.18637/jss.v005.i08, with 128 layers, on the bits of SplitMix64 (Steele, Lea and Flood 2014,
 * doi 10.1145/2660193.2660195). {@link java.util.Random} takes longer for the noise of a picture
 * than a small network for its gradient.
 */
final class NormalNumbers {
  private static final int LAYERS = 128;

  /** Where the lowest layer's tail begins, and the area that every layer has. */
  private static final double TAIL = 3.442619855899;

  private static final double AREA = 9.91256303526217e-3;

  /** A whole number of 31 bits and sign stands for this share of a layer's width. */
  private static final double UNIT = 0x1p-31;

  /** What a whole number stands for in each layer, and up to which it lies wholly inside. */
  private static final double[] STEPS = new double[LAYERS];

  private static final long[] INSIDE = new long[LAYERS];

  /** Where each layer ends above. */
  private static final double[] HEIGHTS = new double[LAYERS];

  static {
    // Widths from the lowest layer up; the layer above is as wide as what is wholly inside of it.
    double wide = AREA / density(TAIL);
    double narrow = TAIL;
    for (int layer = 0; layer < LAYERS; layer++) {
      STEPS[layer] = wide * UNIT;
      HEIGHTS[layer] = density(narrow);
      INSIDE[layer] = (long) (narrow / wide / UNIT);
      wide = narrow;
      double above = AREA / wide + density(wide);
      narrow = layer + 2 < LAYERS ? StrictMath.sqrt(-2 * StrictMath.log(above)) : 0;
    }
  }

  private long state;

  NormalNumbers(long seed) {
    this.state = seed;
  }

  /** The bell without its constant. */
  private static double density(double x) {
    return StrictMath.exp(-.5 * x * x);
  }

  /** The next number: mean 0, standard deviation 1. */
  double next() {
    long bits = bits();
    int layer = (int) bits & LAYERS - 1;
    long place = bits >> 32;
    double x = place * STEPS[layer];
    return Math.abs(place) < INSIDE[layer] ? x : atTheEdge(layer, x);
  }

  /** A place beside what is wholly inside of its layer: it counts if it lies under the bell. */
  private double atTheEdge(int layer, double x) {
    if (layer == 0) {
      return Math.copySign(beyond(), x);
    }
    double height = HEIGHTS[layer - 1] + share() * (HEIGHTS[layer] - HEIGHTS[layer - 1]);
    return height < density(x) ? x : next();
  }

  /** A number from the tail. */
  private double beyond() {
    while (true) {
      double x = -StrictMath.log(1 - share()) / TAIL;
      double y = -StrictMath.log(1 - share());
      if (2 * y > x * x) {
        return TAIL + x;
      }
    }
  }

  /** The next number from 0, included, to 1, all alike. */
  private double share() {
    return (bits() >>> 11) * 0x1p-53;
  }

  private long bits() {
    state += 0x9e3779b97f4a7c15L;
    return mixed(state);
  }

  private static long mixed(long state) {
    long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
