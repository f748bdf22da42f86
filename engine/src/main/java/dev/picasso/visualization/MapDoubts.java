package dev.picasso.visualization;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Maps;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What maps do not show, although they look as if they did. */
final class MapDoubts {
  private static final int NAMED = 5;

  /** A share of the promised sum; numbers of 32 bits alone miss it by less. */
  private static final double INCOMPLETE = .05;

  /**
   * What hiding a part must change of a probability; less is rounding of numbers of 32 bits, and of
   * what a softmax or sigmoid leaves of them near 0 and 1.
   */
  private static final double SEEN = 1e-5;

  private MapDoubts() {}

  /** Whether maps are of changes of probabilities. */
  private static boolean isOfProbabilities(Context context, Attribution method) {
    return method.family() == Family.PERTURBATION
        && method.countsFromZero()
        && !context.classes().isPair() // of which scores are asked
        && !context.explainer().model().tellsNumbers();
  }

  /** A scale on which rounding is not drawn as if it were evidence. */
  static Scale seen(Context context, Attribution method, Scale scale) {
    return isOfProbabilities(context, method) ? scale.reaching(SEEN) : scale;
  }

  /** How sure a map is that was estimated from samples, for what is said of it. */
  static Function<double[], String> certainty(int row) {
    return shares ->
        String.format(Locale.ROOT, "; standard error %.2g %% of the largest", 100 * shares[row]);
  }

  /**
   * Warns of maps.
   *
   * @param method that made them
   * @param labels what heads each
   */
  static void tell(
      Context context, Attribution method, List<String> labels, Maps maps, List<HeatMap> heat) {
    List<String> flat = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<String> rounded = new ArrayList<>();
    for (int i = 0; i < heat.size(); i++) {
      float[] values = heat.get(i).values();
      if (isOfProbabilities(context, method) && largest(values) < SEEN) {
        rounded.add(labels.get(i));
      } else if (all(values, true)) {
        flat.add(labels.get(i));
      } else if (!all(values, false)) {
        broken.add(labels.get(i));
      }
    }
    if (!flat.isEmpty()) {
      context.warn(
          "The map is zero everywhere ("
              + named(flat)
              + "): by this method nothing in the picture counts for the "
              + context.explainer().model().targetNoun()
              + ". Partial occlusion may show more.");
    }
    if (!rounded.isEmpty()) {
      context.warn(
          "Whatever is hidden, the probability changes by less than 0.00001 ("
              + named(rounded)
              + "), which is rounding and no evidence. A model that is so sure has scores that"
              + " still change: methods that ask about these, as Gradient × Input and Grad-CAM,"
              + " show what they rest on.");
    }
    if (!broken.isEmpty()) {
      context.warn(
          "The map is no number (NaN or infinity) at some places or at all ("
              + named(broken)
              + "); nothing is drawn there.");
    }
    maps.residuals().ifPresent(shares -> residuals(context, labels, shares));
  }

  private static void residuals(Context context, List<String> labels, double[] shares) {
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > INCOMPLETE) {
        context.warn(
            String.format(
                Locale.ROOT,
                "The map of %s does not add up: its sum misses what the method promises by %.0f %%;"
                    + " more steps may help.",
                labels.get(i),
                100 * shares[i]));
      }
    }
  }

  /** The largest absolute value; not below anything if one is no number. */
  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static boolean all(float[] values, boolean zero) {
    for (float value : values) {
      if (zero ? value != 0 : !Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** The first few. */
  private static String named(List<String> labels) {
    return labels.size() <= NAMED
        ? String.join(", ", labels)
        : String.join(", ", labels.subList(0, NAMED)) + " and " + (labels.size() - NAMED) + " more";
  }
}
