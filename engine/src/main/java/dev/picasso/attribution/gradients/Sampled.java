package dev.picasso.attribution.gradients;

/**
 * What random samples say of a map.
 *
 * @param means an estimate of each number
 * @param errors its standard error
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Sampled(double[] means, double[] errors) {
  /** The mean of what the first moment sums up; the second is the sum of its squares. */
  static Sampled mean(GradientSums sums, int row, Moment values, Moment squares) {
    double n = sums.done(row);
    double[] means = sums.of(row, values).clone();
    double[] errors = sums.of(row, squares).clone();
    for (int i = 0; i < means.length; i++) {
      means[i] /= n;
      double variance = Math.max(0, errors[i] / n - means[i] * means[i]);
      errors[i] = Math.sqrt(variance / Math.max(1, n - 1));
    }
    return new Sampled(means, errors);
  }

  /** The variance of the samples; its error is that of large samples, √((μ₄ − σ⁴)/n). */
  static Sampled variance(GradientSums sums, int row) {
    double n = sums.done(row);
    double[] first = sums.of(row, Moment.FIRST);
    double[] second = sums.of(row, Moment.SECOND);
    double[] third = sums.of(row, Moment.THIRD);
    double[] fourth = sums.of(row, Moment.FOURTH);
    double[] variances = new double[first.length];
    double[] errors = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      double m = first[i] / n;
      double square = m * m;
      variances[i] = Math.max(0, second[i] / n - square);
      double central =
          fourth[i] / n - 4 * m * third[i] / n + 6 * square * second[i] / n - 3 * square * square;
      errors[i] = Math.sqrt(Math.max(0, central - variances[i] * variances[i]) / n);
    }
    return new Sampled(variances, errors);
  }
}
