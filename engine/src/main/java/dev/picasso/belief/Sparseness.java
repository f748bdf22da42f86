package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.visualization.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much of a map lies in how few pixels, by three numbers of the magnitudes a of its N pixels,
 * smallest first:
 *
 * <ul>
 *   <li>Gini index Σ (2k − N − 1) a_k / (N Σ a). Chalasani et al. 2020, arXiv 1810.06583;
 *   <li>entropy −Σ p ln p, p = a / Σ a. Bhatt et al. 2020, arXiv 2005.00631;
 *   <li>effective complexity, the pixels above a share of the largest, as a share of all. Nguyen
 *       and Martínez 2020, arXiv 2007.07584.
 * </ul>
 *
 * <p>They describe, and do not tell right from wrong.
 *
 * @param threshold from which share of the largest magnitude on a pixel counts
 */
@AutoService(Check.class)
public record Sparseness(
    @Label(
            value = "Threshold",
            help = "From which share of the largest number on a pixel counts as marked.")
        @Range(min = 0, max = 1)
        double threshold)
    implements Check {
  private static final int PLACES = 100;

  public Sparseness() {
    this(.1);
  }

  @Override
  public String id() {
    return "sparseness";
  }

  @Override
  public String title() {
    return "Sparseness";
  }

  @Override
  public String description() {
    return "See whether the map is about few pixels or about all.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Chalasani et al. 2020, Concise Explanations of Neural Networks using Adversarial"
                + " Training",
            "https://arxiv.org/abs/1810.06583"));
  }

  @Override
  public List<String> measures() {
    return List.of("gini", "entropy", "effective-complexity", "half-in");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    double[] magnitudes = magnitudes(subject.evidence().values());
    double[] held = held(magnitudes);
    int half = 0;
    while (held[half] < .5) {
      half++;
    }
    double gini = gini(magnitudes);
    double share = (half + 1.) / magnitudes.length;
    String words =
        String.format(
            Locale.ROOT,
            "Half of the map lies in %.1f %% of the pixels; its Gini index is %.3f (0 if all pixels"
                + " count alike, 1 if one alone counts). This describes the map and does not tell"
                + " whether it is right.",
            100 * share,
            gini);
    return Finding.of(
        this,
        "about few pixels",
        Answer.OPEN,
        words,
        List.of(
            Measure.plain("gini", gini, "0 to 1"),
            Measure.plain(
                "entropy",
                entropy(magnitudes),
                String.format(Locale.ROOT, "0 to %.4g", Math.log(magnitudes.length))),
            Measure.plain(
                "effective-complexity", marked(magnitudes), "0 to 1, a share of the pixels"),
            Measure.plain("half-in", share, "0 to 0.5")),
        List.of(drawn(held)));
  }

  /** Smallest first, as shares of the largest. */
  private static double[] magnitudes(float[] values) {
    double[] sorted = new double[values.length];
    Arrays.setAll(sorted, i -> Math.abs(values[i]));
    Arrays.sort(sorted);
    double largest = sorted[sorted.length - 1];
    if (largest == 0) {
      throw new InapplicableException("The map is zero everywhere, so that it marks no pixel.");
    }
    return Arrays.stream(sorted).map(a -> a / largest).toArray();
  }

  static double gini(double[] magnitudes) {
    int n = magnitudes.length;
    double weighted = 0;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      weighted += (2. * (k + 1) - n - 1) * magnitudes[k];
      sum += magnitudes[k];
    }
    return weighted / (n * sum);
  }

  static double entropy(double[] magnitudes) {
    double sum = Arrays.stream(magnitudes).sum();
    return -Arrays.stream(magnitudes)
        .filter(a -> a > 0)
        .map(a -> a / sum * Math.log(a / sum))
        .sum();
  }

  /** The share of the pixels that are above the threshold. */
  private double marked(double[] magnitudes) {
    double count = Arrays.stream(magnitudes).filter(a -> a > threshold).count();
    return count / magnitudes.length;
  }

  /** Which share of the whole the strongest one, two, … pixels hold. */
  private static double[] held(double[] magnitudes) {
    double[] held = new double[magnitudes.length];
    double sum = 0;
    for (int k = 0; k < held.length; k++) {
      sum += magnitudes[held.length - 1 - k];
      held[k] = sum;
    }
    double whole = sum;
    return Arrays.stream(held).map(h -> h / whole).toArray();
  }

  private static Curve drawn(double[] held) {
    int places = Math.min(PLACES, held.length);
    List<Double> across = new ArrayList<>(List.of(0.));
    List<Double> map = new ArrayList<>(List.of(0.));
    for (int i = 1; i <= places; i++) {
      int count = (int) ((long) held.length * i / places);
      across.add((double) count / held.length);
      map.add(held[count - 1]);
    }
    return new Curve(
        "Sparseness",
        "share of the pixels, the strongest first",
        across,
        "share of the map that they hold",
        List.of(
            new Curve.Line("the map", map), new Curve.Line("if all pixels counted alike", across)),
        "the further above the other line, the fewer pixels the map is about");
  }
}
