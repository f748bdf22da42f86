package dev.picasso.doctor;

import java.util.Arrays;
import java.util.List;

/**
 * What a network says of several images, in numbers that tell whether it understands them. Larger
 * numbers of pixels make larger scores, and those surer answers, whatever they are worth; so
 * information is measured with all scores brought to one spread first.
 *
 * @param certainty the mean of the highest probability
 * @param information how much the class of an image tells: the entropy of the mean answer less the
 *     mean entropy of the answers, in units of the logarithm of the number of classes; 0 where all
 *     images get the same answer
 * @param spread the mean over images of how far the highest score is above the mean score
 */
record Answers(double certainty, double information, double spread) {
  /** Of outputs that are no classes. */
  static final Answers NONE = new Answers(0, 0, 0);

  /** To which scores are brought: that of a network that knows what it sees. */
  private static final double SPREAD = 5;

  /**
   * Of some images.
   *
   * @param probabilities of each image's classes
   * @param scores before the final activation, likewise
   */
  static Answers of(List<float[]> probabilities, List<float[]> scores) {
    int n = probabilities.size();
    double certainty = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      certainty += largest(probabilities.get(i)) / n;
      spread += (largest(scores.get(i)) - mean(scores.get(i))) / n;
    }
    return Double.isFinite(spread)
        ? new Answers(certainty, information(scores, SPREAD / Math.max(spread, 1e-9)), spread)
        : new Answers(0, 0, spread);
  }

  private static double information(List<float[]> scores, double factor) {
    int classes = scores.get(0).length;
    double[] mean = new double[classes];
    double entropy = 0;
    for (float[] each : scores) {
      double[] p = softmax(each, factor);
      for (int c = 0; c < classes; c++) {
        mean[c] += p[c] / scores.size();
        entropy += surprise(p[c]) / scores.size();
      }
    }
    double whole = Arrays.stream(mean).map(Answers::surprise).sum();
    return Math.max(0, whole - entropy) / Math.log(Math.max(2, classes));
  }

  private static double[] softmax(float[] scores, double factor) {
    double highest = largest(scores);
    double[] p = new double[scores.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(factor * (scores[c] - highest));
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private static double largest(float[] numbers) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float x : numbers) {
      largest = Math.max(largest, x);
    }
    return largest;
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float x : numbers) {
      sum += x;
    }
    return sum / numbers.length;
  }

  private static double surprise(double p) {
    return p <= 0 || Double.isNaN(p) ? 0 : -p * Math.log(p);
  }
}
