package dev.picasso.attribution.gradients;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Places on a way from 0 to 1 for the trapezoid rule, added where it misses most. Over each
 * interval between two places the integral of the slope is known, it is what the score rises by; so
 * the intervals where the rule differs from it most are cut in halves, again and again, until the
 * whole is near enough ({@link Shortfall}).
 */
final class Bisection {
  /** Intervals that are cut before all are looked at again. */
  private static final int AT_ONCE = 8;

  /** Nearer places are one to an image of 32-bit numbers. */
  private static final double NARROWEST = 1e-6;

  /** With four times the places there must be this share less missing, or more do not help. */
  private static final double WORTH = .5;

  private final int most;
  private Place[] places;
  private int looked;
  private double missed;

  /**
   * The ends and some places between them, as they were tried.
   *
   * @param at in rising order, the first 0 and the last 1
   * @param scores at each; more are not looked at
   * @param slopes the score's derivative at each, by the place
   * @param most intervals at most
   */
  Bisection(double[] at, float[] scores, float[] slopes, int most) {
    this.most = most;
    this.places = places(at, scores, slopes);
    this.looked = places.length;
    this.missed = missed();
  }

  private record Place(double at, double score, double slope) {}

  private static Place[] places(double[] at, float[] scores, float[] slopes) {
    return IntStream.range(0, at.length)
        .mapToObj(i -> new Place(at[i], scores[i], slopes[i]))
        .toArray(Place[]::new);
  }

  /** Intervals so far. */
  int steps() {
    return places.length - 1;
  }

  /** Takes further places, in any order. */
  void add(double[] at, float[] scores, float[] slopes) {
    Place[] all = Arrays.copyOf(places, places.length + at.length);
    System.arraycopy(places(at, scores, slopes), 0, all, places.length, at.length);
    Arrays.sort(all, Comparator.comparingDouble(Place::at));
    places = all;
  }

  /** The places to be tried next, in rising order; none where it is near enough, or hopeless. */
  double[] next() {
    Shortfall off = shortfall();
    if (off.passes() || !off.isNumber() || stalls()) {
      return new double[0];
    }
    return IntStream.range(0, steps())
        .filter(i -> width(i) > NARROWEST)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(error(i))))
        .limit(Math.min(AT_ONCE, most - steps()))
        .mapToDouble(i -> (places[i].at() + places[i + 1].at()) / 2)
        .sorted()
        .toArray();
  }

  /** Where a score jumps and no slope tells of it, as behind a rounding, no place is the last. */
  private boolean stalls() {
    if (places.length < 4 * looked) {
      return false;
    }
    double before = missed;
    looked = places.length;
    missed = missed();
    return missed > WORTH * before;
  }

  private double missed() {
    return IntStream.range(0, steps()).mapToDouble(i -> Math.abs(error(i))).sum();
  }

  private double width(int i) {
    return places[i + 1].at() - places[i].at();
  }

  /** How far the rule is above what the score rises by. */
  private double error(int i) {
    double mean = (places[i].slope() + places[i + 1].slope()) / 2;
    return width(i) * mean - (places[i + 1].score() - places[i].score());
  }

  private Shortfall shortfall() {
    float[] scores = new float[places.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) places[i].score();
    }
    double off = IntStream.range(0, steps()).mapToDouble(this::error).sum();
    double rise = places[places.length - 1].score() - places[0].score();
    return Shortfall.of(rise + off, rise, scores);
  }

  /** The trapezoid rule with these places. */
  Quadrature.Rule rule() {
    double[] points = Arrays.stream(places).mapToDouble(Place::at).toArray();
    double[] weights = new double[points.length];
    for (int i = 0; i + 1 < points.length; i++) {
      weights[i] += width(i) / 2;
      weights[i + 1] += width(i) / 2;
    }
    return new Quadrature.Rule(points, weights);
  }
}
