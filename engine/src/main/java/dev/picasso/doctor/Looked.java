package dev.picasso.doctor;

import dev.picasso.image.Picture;
import java.util.List;
import java.util.OptionalInt;

/**
 * The pictures that are looked at, at the model's size.
 *
 * @param truths the class that each of them truly shows, where that is known
 * @param compared of how many, the first, activations and answers are compared; of the others it
 *     only counts whether the network is right
 */
record Looked(List<Picture> pictures, List<OptionalInt> truths, int compared) {
  Looked {
    pictures = List.copyOf(pictures);
    truths = List.copyOf(truths);
  }

  /** How often the most probable class is the true one. */
  Hits hits(List<float[]> probabilities) {
    int right = 0;
    int known = 0;
    for (int i = 0; i < truths.size(); i++) {
      OptionalInt truth = truths.get(i);
      if (truth.isPresent()) {
        known++;
        right += best(probabilities.get(i)) == truth.getAsInt() ? 1 : 0;
      }
    }
    return new Hits(right, known);
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      best = probabilities[c] > probabilities[best] ? c : best;
    }
    return best;
  }
}
