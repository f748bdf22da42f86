package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.settings.Suggested;
import dev.picasso.visualization.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Infidelity: the mean of (β · s − d)² over random squares, where d is what the score loses without
 * the square and s what the map says of it. Yeh et al. 2019, arXiv 1901.09392, definition 2.1 with
 * square removal. β is the best scale, Σ s d / Σ s², or 1.
 *
 * <p>s is the sum of the map's pixels in the square, as for maps of shares; or Σ map · (x − x
 * without the square) over all numbers of the input, as for gradients.
 *
 * @param samples squares
 * @param says what the map says of a square
 * @param scaled whether β is the best scale
 * @param of the score or the probability
 * @param substrate what is in a square's place
 */
@AutoService(Check.class)
public record Infidelity(
    @Label(value = "Samples", help = "Random squares.")
        @Range(min = 3, max = 100_000)
        @Suggested({"99", "500", "2000"})
        int samples,
    @Label(
            value = "The map says",
            help =
                "pixels: the sum of its numbers in a square, for maps of shares; difference: its"
                    + " numbers times what changes there, for gradients.")
        Says says,
    @Label(
            value = "Scaled",
            help = "Whether the map may be multiplied by the number that fits best.")
        boolean scaled,
    @Label(value = "Of", help = "Which drop: of the score before the final softmax, or after it.")
        Quantity of,
    @Label(value = "Substrate", help = "What is put in the place of a square.") Substrate substrate)
    implements Check {
  /** The sides of squares as shares of the shorter side. */
  private static final double SMALLEST = .1;

  private static final double LARGEST = .5;

  /** A map that leaves more than this of the drops is not in proportion to them. */
  private static final double HALF = .5;

  private static final int QUICK = 100;

  /** What a map says of a square. */
  public enum Says {
    /** The sum of its pixels. */
    PIXELS,
    /** Its numbers times the difference of the image there. */
    DIFFERENCE
  }

  public Infidelity() {
    this(99, Says.PIXELS, true, Quantity.LOGITS, Substrate.BLUR);
  }

  @Override
  public String id() {
    return "infidelity";
  }

  @Override
  public String title() {
    return "Infidelity";
  }

  @Override
  public String description() {
    return "Hide random squares and see whether the score drops in proportion to what the map has"
        + " there.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Yeh et al. 2019, On the (In)fidelity and Sensitivity of Explanations",
            "https://arxiv.org/abs/1901.09392"));
  }

  @Override
  public Effort effort() {
    return samples < QUICK ? Effort.QUICK : Effort.LONG;
  }

  @Override
  public List<String> measures() {
    return List.of("infidelity", "unexplained", "beats-centre", "beats-edge", "scale");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    Filling filling = substrate.of(subject.input(), subject.x(), subject.seed());
    List<BitSet> squares = squares(subject.input(), new Random(subject.seed()));
    HeatMap map = subject.evidence();
    Drops drops = Drops.of(subject, of, squares, filling, progress);
    double changes = meanSquare(drops.drops());
    if (changes == 0) {
      throw new InapplicableException(
          "The score does not move whatever is hidden, so that nothing can be compared.");
    }
    List<Fit> fits = new ArrayList<>();
    fits.add(fit(said(subject, drops, map, filling), drops.drops(), scaled));
    for (HeatMap other : ModelFreeMaps.beside(subject, map).subList(1, 3)) {
      fits.add(fit(drops.sums(other), drops.drops(), true));
    }
    return finding(subject, drops.drops(), fits, changes);
  }

  private List<BitSet> squares(InputSpec input, Random random) {
    int shorter = Math.min(input.width(), input.height());
    int smallest = (int) Math.max(1, Math.round(SMALLEST * shorter));
    int largest = (int) Math.max(smallest, Math.round(LARGEST * shorter));
    List<BitSet> squares = new ArrayList<>();
    for (int k = 0; k < samples; k++) {
      int side = smallest + random.nextInt(largest - smallest + 1);
      int left = random.nextInt(input.width() - side + 1);
      int top = random.nextInt(input.height() - side + 1);
      BitSet square = new BitSet();
      for (int y = top; y < top + side; y++) {
        square.set(y * input.width() + left, y * input.width() + left + side);
      }
      squares.add(square);
    }
    return squares;
  }

  private double[] said(Subject subject, Drops drops, HeatMap map, Filling filling) {
    return says == Says.PIXELS
        ? drops.sums(map)
        : drops.products(Drops.eachNumber(subject, map), Altered.numbers(subject.x()), filling);
  }

  /**
   * How well a map fits the drops.
   *
   * @param said what it says of each square
   * @param scale β
   * @param infidelity the mean square of β · said − drop
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Fit(double[] said, double scale, double infidelity) {}

  static Fit fit(double[] said, double[] drops, boolean scaled) {
    double scale = 1;
    if (scaled) {
      double squares = meanSquare(said);
      double both = 0;
      for (int k = 0; k < said.length; k++) {
        both += said[k] * drops[k] / said.length;
      }
      scale = squares == 0 ? 0 : both / squares;
    }
    double[] off = new double[said.length];
    for (int k = 0; k < off.length; k++) {
      off[k] = scale * said[k] - drops[k];
    }
    return new Fit(said, scale, meanSquare(off));
  }

  private static double meanSquare(double[] values) {
    return Arrays.stream(values).map(v -> v * v).average().orElse(0);
  }

  private Finding finding(Subject subject, double[] drops, List<Fit> fits, double changes) {
    double[] left = fits.stream().mapToDouble(f -> f.infidelity() / changes).toArray();
    double best = Math.min(left[1], left[2]);
    String words =
        String.format(
            Locale.ROOT,
            "%s, the map leaves %.0f %% of the drops of the %s unexplained (a centre blob %.0f %%,"
                + " an edge filter %.0f %%); infidelity is %.4g. 0 %% is perfect%s. Hidden: %d"
                + " random squares, a tenth to a half of the shorter side, replaced by %s.",
            scaled ? "Scaled as fits best" : "As it is",
            100 * left[0],
            of == Quantity.LOGITS ? "score" : subject.noun(),
            100 * left[1],
            100 * left[2],
            fits.get(0).infidelity(),
            scaled ? ", 100 % what a map of zeros leaves" : "",
            samples,
            substrate.words());
    return Finding.of(
        this,
        "in proportion to the drops",
        Answer.of(left[0] <= HALF && left[0] < best && fits.get(0).scale() > 0),
        words,
        List.of(
            Measure.lower("infidelity", fits.get(0).infidelity(), "0 and more, scores squared"),
            Measure.lower("unexplained", left[0], scaled ? "0 to 1" : "0 and more"),
            Measure.higher("beats-centre", left[1] - left[0], scaled ? "−1 to 1" : "at most 1"),
            Measure.higher("beats-edge", left[2] - left[0], scaled ? "−1 to 1" : "at most 1"),
            Measure.plain("scale", fits.get(0).scale(), "any number")),
        List.of(drawn(subject, drops, fits.get(0))));
  }

  /** The squares by what the map says of them. */
  private Curve drawn(Subject subject, double[] drops, Fit fit) {
    List<Integer> order =
        IntStream.range(0, drops.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> fit.scale() * fit.said()[k]))
            .toList();
    List<Double> said = order.stream().map(k -> fit.scale() * fit.said()[k]).toList();
    return new Curve(
        "Infidelity",
        "what the map says of a square" + (scaled ? ", scaled" : ""),
        said,
        "drop of the " + (of == Quantity.LOGITS ? "score" : subject.noun()),
        List.of(
            new Curve.Line("measured", order.stream().map(k -> drops[k]).toList()),
            new Curve.Line("as the map says", said)),
        "a faithful map has both lines on each other");
  }
}
