package dev.picasso.doctor;

import java.util.List;

/**
 * What was measured with one candidate.
 *
 * @param distances of activations from running statistics, one for each normalization; none where
 *     there are none
 * @param answers what the network said
 * @param hits how often that was right
 */
record Evidence(Candidate candidate, List<Double> distances, Answers answers, Hits hits) {
  Evidence {
    distances = List.copyOf(distances);
  }

  /** The distances in one number: the l-th normalization weighs 1/(l + 1). */
  double distance() {
    double sum = 0;
    double weights = 0;
    for (int l = 0; l < distances.size(); l++) {
      sum += distances.get(l) / (l + 1);
      weights += 1. / (l + 1);
    }
    return weights == 0 ? 0 : sum / weights;
  }
}
