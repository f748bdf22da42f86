package dev.picasso.visualization;

import dev.picasso.attribution.Predictions;
import dev.picasso.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is noticed while one image is explained, and makes its results less believable. */
public final class Doubts {
  private final Set<String> sentences = new LinkedHashSet<>();

  Doubts() {}

  synchronized void forget() {
    sentences.clear();
  }

  synchronized void add(String sentence) {
    sentences.add(sentence);
  }

  synchronized List<String> sentences() {
    return List.copyOf(sentences);
  }

  /** Outputs of the first image that are no numbers. */
  void ofOutputs(Predictions predictions, Model model) {
    int targets = predictions.targets();
    int odd = 0;
    for (int target = 0; target < targets; target++) {
      if (!Float.isFinite(predictions.probability(0, target))) {
        odd++;
      }
    }
    if (odd > 0) {
      add(
          "The model computes no number (NaN or infinity) for "
              + (odd == targets
                  ? "any " + model.targetNoun()
                  : odd + " of " + targets + " " + model.targetNouns())
              + "; it may be broken, or made for other pixels than it gets.");
    }
  }

  /** A map that is infinite somewhere. NaN alone is what the method does not know. */
  void ofMap(Panel panel) {
    int infinite = 0;
    int numbers = 0;
    for (float value : panel.map().values()) {
      infinite += Float.isInfinite(value) ? 1 : 0;
      numbers += Float.isFinite(value) ? 1 : 0;
    }
    if (numbers == 0) {
      add("The map of " + panel.label() + " holds no number at all, so that nothing is drawn.");
    } else if (infinite > 0) {
      add(
          "The map of %s is infinite at %d places; nothing is drawn there."
              .formatted(panel.label(), infinite));
    }
  }
}
