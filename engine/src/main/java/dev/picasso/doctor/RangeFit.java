package dev.picasso.doctor;

import java.util.function.DoubleBinaryOperator;

/**
 * Looks for the numbers of black and white with which activations are nearest to those of training,
 * by steps that get shorter: of the middle of the range, and of the logarithm of its width.
 */
final class RangeFit {
  private static final double FIRST_STEP = .4;
  private static final double LAST_STEP = .012;
  private static final int MOST_TRIES = 120;

  private final DoubleBinaryOperator distance;
  private int tries;

  /**
   * @param distance of activations from training's, for the numbers of black and white
   */
  RangeFit(DoubleBinaryOperator distance) {
    this.distance = distance;
  }

  /** Numbers of black and white, and how far activations are with them. */
  record Range(double black, double white, double distance) {}

  /** The nearest range that can be walked to from this one. */
  Range from(double black, double white) {
    double width = white - black;
    double[] at = {(black + white) / 2, Math.log(width)};
    double least = at(at[0], at[1]);
    tries = 0;
    for (double step = FIRST_STEP; step > LAST_STEP && tries < MOST_TRIES; ) {
      double[] best = at;
      double there = least;
      for (int way = 0; way < 4; way++) {
        double sign = way % 2 == 0 ? step : -step;
        double[] next = at.clone();
        next[way / 2] += way / 2 == 0 ? sign * Math.exp(at[1]) : sign;
        double d = at(next[0], next[1]);
        if (d < there) {
          best = next;
          there = d;
        }
      }
      if (there < least) {
        at = best;
        least = there;
      } else {
        step /= 2;
      }
    }
    double half = Math.exp(at[1]) / 2;
    return new Range(at[0] - half, at[0] + half, least);
  }

  private double at(double middle, double logWidth) {
    tries++;
    double half = Math.exp(logWidth) / 2;
    double d = distance.applyAsDouble(middle - half, middle + half);
    return Double.isFinite(d) ? d : Double.MAX_VALUE;
  }
}
