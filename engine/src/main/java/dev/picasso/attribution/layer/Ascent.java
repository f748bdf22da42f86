package dev.picasso.attribution.layer;

/** Adam, uphill. Kingma and Ba 2014, arXiv 1412.6980, algorithm 1. */
final class Ascent {
  private static final double FIRST = .9;
  private static final double SECOND = .999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final float[] means;
  private final float[] squares;
  private int steps;

  Ascent(double rate, int numbers) {
    this.rate = rate;
    this.means = new float[numbers];
    this.squares = new float[numbers];
  }

  /** Changes the numbers by one step. */
  void step(float[] numbers, float[] gradient) {
    steps++;
    double first = 1 - Math.pow(FIRST, steps);
    double second = 1 - Math.pow(SECOND, steps);
    for (int i = 0; i < numbers.length; i++) {
      means[i] = (float) (FIRST * means[i] + (1 - FIRST) * gradient[i]);
      squares[i] = (float) (SECOND * squares[i] + (1 - SECOND) * gradient[i] * gradient[i]);
      double down = Math.sqrt(squares[i] / second) + EPSILON;
      numbers[i] += (float) (rate * means[i] / first / down);
    }
  }
}
