package dev.picasso.visualization;

import dev.picasso.attribution.Maps;
import dev.picasso.image.HeatMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What maps do not show, although they look as if they did. */
final class MapDoubts {
  private static final int NAMED = 5;

  /** A share of the promised sum; numbers of 32 bits alone miss it by less. */
  private static final double INCOMPLETE = .05;

  private MapDoubts() {}

  /** How sure a map is that was estimated from samples, for what is said of it. */
  static Function<double[], String> certainty(int row) {
    return shares ->
        String.format(Locale.ROOT, "; standard error %.2g %% of the largest", 100 * shares[row]);
  }

  /**
   * Warns of maps.
   *
   * @param labels what heads each
   */
  static void tell(Context context, List<String> labels, Maps maps, List<HeatMap> heat) {
    List<String> flat = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < heat.size(); i++) {
      float[] values = heat.get(i).values();
      if (all(values, true)) {
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
