package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sensitivity-n: the correlation of Σ map over n random blocks with what the score loses when just
 * these are taken out, for several n. Ancona et al. 2017, arXiv 1711.06104, section 4.
 *
 * @param samples random sets of blocks for each n
 * @param of the score or the probability
 * @param removing how blocks are taken out
 */
@AutoService(Check.class)
public record SensitivityN(
    @Label(value = "Samples", help = "Random sets of blocks for each of five sizes.")
        @Range(min = 3, max = 10_000)
        @Suggested({"19", "100", "1000"})
        int samples,
    @Label(value = "Of", help = "Which drop: of the score before the final softmax, or after it.")
        Quantity of,
    Removing removing)
    implements Check {
  /** The sizes of the sets as shares of all blocks. */
  private static final double[] SHARES = {.01, .03, .1, .3, .6};

  private static final int QUICK = 100;

  public SensitivityN() {
    this(19, Quantity.LOGITS, new Removing());
  }

  @Override
  public String id() {
    return "sensitivity-n";
  }

  @Override
  public String title() {
    return "Sensitivity-n";
  }

  @Override
  public String description() {
    return "Take out random parts and see whether the score drops by more where the map has more.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Ancona et al. 2017, Towards better understanding of gradient-based attribution"
                + " methods for Deep Neural Networks",
            "https://arxiv.org/abs/1711.06104"));
  }

  @Override
  public Effort effort() {
    return samples * SHARES.length < QUICK ? Effort.QUICK : Effort.LONG;
  }

  @Override
  public List<String> measures() {
    return List.of("correlation", "beats-centre", "beats-edge");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    HeatMap map = subject.evidence();
    Blocks blocks = removing.blocks(subject);
    int[] sizes = sizes(blocks);
    List<BitSet> sets = sets(blocks, sizes, new Random(subject.seed()));
    Drops drops = Drops.of(subject, of, sets, removing.filling(subject), progress);
    List<double[]> lines = new ArrayList<>();
    for (HeatMap each : ModelFreeMaps.beside(subject, map)) {
      lines.add(correlations(drops, each));
    }
    if (Arrays.stream(lines.get(0)).allMatch(Double::isNaN)) {
      throw new InapplicableException(
          "Either the map is the same everywhere, or the score does not move whatever is taken out:"
              + " nothing can be correlated.");
    }
    return finding(subject, sizes, blocks, lines);
  }

  /** How many blocks are taken out: different numbers, ascending. */
  private static int[] sizes(Blocks blocks) {
    return Arrays.stream(SHARES)
        .mapToInt(share -> (int) Math.max(1, Math.round(share * blocks.count())))
        .distinct()
        .toArray();
  }

  private List<BitSet> sets(Blocks blocks, int[] sizes, Random random) {
    List<BitSet> sets = new ArrayList<>();
    for (int size : sizes) {
      for (int k = 0; k < samples; k++) {
        BitSet pixels = new BitSet();
        blocks.add(pixels, blocks.shuffled(random), 0, size);
        sets.add(pixels);
      }
    }
    return sets;
  }

  /** For each size of sets, Pearson's of the map's sums and the drops; NaN where there is none. */
  private double[] correlations(Drops drops, HeatMap map) {
    double[] sums = drops.sums(map);
    return IntStream.range(0, sums.length / samples)
        .mapToDouble(
            n ->
                correlation(
                    Arrays.copyOfRange(sums, n * samples, (n + 1) * samples),
                    Arrays.copyOfRange(drops.drops(), n * samples, (n + 1) * samples)))
        .toArray();
  }

  /** Pearson's; NaN where either is the same everywhere. */
  static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double both = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      ofA += (a[i] - meanA) * (a[i] - meanA);
      ofB += (b[i] - meanB) * (b[i] - meanB);
    }
    return both / Math.sqrt(ofA * ofB);
  }

  private Finding finding(Subject subject, int[] sizes, Blocks blocks, List<double[]> lines) {
    double[] means = lines.stream().mapToDouble(SensitivityN::mean).toArray();
    double chance = 2 / Math.sqrt((double) samples * sizes.length);
    double others = Math.max(or(means[1], 0), or(means[2], 0));
    String words =
        String.format(
            Locale.ROOT,
            "Over random sets of %s the sum of the map and the drop of the %s correlate by %.2f"
                + " (centre blob %.2f, edge filter %.2f); chance alone reaches ±%.2f. 1 is perfect,"
                + " 0 is none. Taken out: %s, %d sets of each size.",
            blocks.words(),
            noun(subject),
            means[0],
            means[1],
            means[2],
            chance,
            removing.words(subject),
            samples);
    return Finding.of(
        this,
        "larger sums, larger drops",
        Answer.of(means[0] > chance && means[0] > others),
        words,
        List.of(
            Measure.higher("correlation", means[0], "−1 to 1"),
            Measure.higher("beats-centre", means[0] - means[1], "−2 to 2"),
            Measure.higher("beats-edge", means[0] - means[2], "−2 to 2")),
        List.of(drawn(subject, sizes, blocks, lines)));
  }

  private String noun(Subject subject) {
    return of == Quantity.LOGITS ? "score" : subject.noun();
  }

  private static double mean(double[] correlations) {
    return Arrays.stream(correlations).filter(c -> !Double.isNaN(c)).average().orElse(Double.NaN);
  }

  private static double or(double value, double other) {
    return Double.isNaN(value) ? other : value;
  }

  private Curve drawn(Subject subject, int[] sizes, Blocks blocks, List<double[]> lines) {
    List<Curve.Line> drawn = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      drawn.add(Curve.Line.of(ModelFreeMaps.BESIDE.get(k), lines.get(k)));
    }
    return new Curve(
        "Sensitivity-n",
        "share of the picture taken out at random",
        Arrays.stream(sizes).mapToObj(n -> (double) n / blocks.count()).toList(),
        "correlation with the drop of the " + noun(subject),
        drawn,
        "taken out: " + removing.words(subject));
  }
}
