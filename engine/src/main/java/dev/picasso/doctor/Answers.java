package dev.picasso.doctor;

import java.util.List;

/**
 * What a network says of several images, in numbers that tell whether it understands them.
 *
 * @param certainty the mean of the highest probability
 * @param information how much the class of an image tells: the entropy of the mean answer less the
 *     mean entropy of the answers, in units of the logarithm of the number of classes; 0 where all
 *     images get the same answer
 * @param spread the mean over images of how far the highest score is above the mean score
 */
record Answers(double certainty, double information, double spread) {

  /**
   * Of some images.
   *
   * @param probabilities of each image's classes
   * @param scores before the final activation, likewise
   */
  static Answers of(List<float[]> probabilities, List<float[]> scores) {
    int n = probabilities.size();
    int classes = probabilities.get(0).length;
    double[] mean = new double[classes];
    double certainty = 0;
    double entropy = 0;
    double spread = 0;
    for (int i = 0; i < n; i++) {
      float[] p = probabilities.get(i);
      double highest = 0;
      double best = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        mean[c] += p[c] / n;
        highest = Math.max(highest, p[c]);
        entropy += surprise(p[c]) / n;
        best = Math.max(best, scores.get(i)[c]);
        sum += scores.get(i)[c];
      }
      certainty += highest / n;
      spread += (best - sum / classes) / n;
    }
    double whole = 0;
    for (double p : mean) {
      whole += surprise(p);
    }
    return new Answers(
        certainty, Math.max(0, whole - entropy) / Math.log(Math.max(2, classes)), spread);
  }

  private static double surprise(double p) {
    return p <= 0 || Double.isNaN(p) ? 0 : -p * Math.log(p);
  }
}
