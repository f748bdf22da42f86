package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Whether the map stays as it is when the image changes by less than a person sees: by noise, and
 * by one pixel to each side. Alvarez-Melis and Jaakkola 2018, arXiv 1806.08049; Yeh et al. 2019,
 * arXiv 1901.09392.
 *
 * @param draws how often noise is drawn
 * @param noise its standard deviation, as a share of the image's largest number less its smallest
 */
@AutoService(Check.class)
public record Stability(
    @Label(value = "Draws", help = "How often noise is drawn.") @Range(min = 1, max = 200)
        int draws,
    @Label(
            value = "Noise",
            help = "Standard deviation, as a share of the range of the image's numbers.")
        @Range(min = .0001, max = 1)
        double noise)
    implements Check {
  /** Maps with this rank correlation, or more, are taken for unchanged. */
  private static final double STABLE = .7;

  /** Pixels that a side needs, for that something is left without the border. */
  private static final int LEAST = 8;

  public Stability() {
    this(6, .02);
  }

  @Override
  public String id() {
    return "stability";
  }

  @Override
  public String title() {
    return "Stability";
  }

  @Override
  public String description() {
    return "See whether the map stays the same under a little noise and a step of one pixel.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Alvarez-Melis and Jaakkola 2018, On the Robustness of Interpretability Methods",
            "https://arxiv.org/abs/1806.08049"));
  }

  /** A map of a noisy image beside the first. */
  private record Noisy(double rank, Sensitivity change) {}

  /** A map of a moved image beside the first. */
  private record Moved(Shift shift, double rank, double ssim, double displacement) {}

  @Override
  public List<String> measures() {
    return List.of(
        "noise-rank",
        "shift-rank",
        "shift-displacement",
        "max-sensitivity",
        "avg-sensitivity",
        "lipschitz",
        "relative-input-stability");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    if (Math.min(subject.input().width(), subject.input().height()) < LEAST) {
      throw new InapplicableException(
          "The model's input of %d × %d pixels is too small for steps of a pixel; 8 × 8 are needed."
              .formatted(subject.input().width(), subject.input().height()));
    }
    Tensor x = subject.x().distinct();
    HeatMap map = subject.map();
    if (map.largest() == 0) {
      throw new InapplicableException("The map is 0 everywhere, so that nothing can change.");
    }
    double runs = draws + Shift.ALL.size();
    SplittableRandom random = new SplittableRandom(subject.seed());
    List<Noisy> noisy = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      Tensor other = noisy(x, random);
      HeatMap changed = map(subject, other, progress.part(i / runs, (i + 1) / runs));
      noisy.add(
          new Noisy(Similarity.of(map, changed).rank(), Sensitivity.of(map, changed, x, other)));
    }
    List<Moved> moved = new ArrayList<>();
    for (Shift shift : Shift.ALL) {
      double done = draws + moved.size();
      Tensor other = shift.of(x, subject.input());
      HeatMap changed = map(subject, other, progress.part(done / runs, (done + 1) / runs));
      moved.add(moved(shift, Shift.inner(map), shift.back(changed)));
    }
    return finding(noisy, moved);
  }

  private static HeatMap map(Subject subject, Tensor x, Progress progress) {
    return subject.pixels(subject.explained(x, progress));
  }

  private Tensor noisy(Tensor x, SplittableRandom random) {
    float[] numbers = x.floats();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    double deviation = noise * (high > low ? high - low : 1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += (float) (deviation * random.nextGaussian());
    }
    return Tensor.of(numbers, x.shape().dims());
  }

  private static Moved moved(Shift shift, HeatMap map, HeatMap back) {
    Similarity similarity = Similarity.of(map, back);
    int from = peak(map);
    int to = peak(back);
    int width = map.width();
    double displacement = Math.hypot(from % width - to % width, from / width - to / width);
    return new Moved(shift, similarity.rank(), similarity.ssim(), displacement);
  }

  /** Where the largest number is. */
  private static int peak(HeatMap map) {
    float[] values = map.values();
    int peak = 0;
    for (int i = 1; i < values.length; i++) {
      peak = values[i] > values[peak] ? i : peak;
    }
    return peak;
  }

  private Finding finding(List<Noisy> noisy, List<Moved> moved) {
    double underNoise = noisy.stream().mapToDouble(Noisy::rank).average().orElseThrow();
    double underShift = moved.stream().mapToDouble(Moved::rank).average().orElseThrow();
    double peak = moved.stream().mapToDouble(Moved::displacement).max().orElseThrow();
    boolean stable = underNoise >= STABLE && underShift >= STABLE;
    String words =
        String.format(
            Locale.ROOT,
            "The mean rank correlation with the map of the unchanged image is %.2f under noise of"
                + " %.3g %% and %.2f after a step of one pixel, which moves the maximum by up to"
                + " %.0f pixels: %s.",
            underNoise,
            100 * noise,
            underShift,
            peak,
            stable ? "both 0.7 or more" : "not both 0.7 or more");
    return Finding.of(
        this,
        "stable",
        Answer.of(stable),
        words,
        List.of(
            Measure.higher("noise-rank", underNoise, "−1 to 1"),
            Measure.higher("shift-rank", underShift, "−1 to 1"),
            Measure.lower("shift-displacement", peak, "0 to the diagonal, pixels"),
            Measure.lower("max-sensitivity", most(noisy, Sensitivity::relative), "0 and more"),
            Measure.lower(
                "avg-sensitivity",
                noisy.stream().mapToDouble(n -> n.change().relative()).average().orElseThrow(),
                "0 and more"),
            Measure.lower("lipschitz", most(noisy, Sensitivity::slope), "0 and more"),
            Measure.lower(
                "relative-input-stability", most(noisy, Sensitivity::relativeSlope), "0 and more")),
        List.of(table(noisy, moved)));
  }

  private static double most(List<Noisy> noisy, ToDoubleFunction<Sensitivity> of) {
    return noisy.stream().map(Noisy::change).mapToDouble(of).max().orElseThrow();
  }

  private static Table table(List<Noisy> noisy, List<Moved> moved) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < noisy.size(); i++) {
      Noisy n = noisy.get(i);
      rows.add(
          List.of(
              "noise " + (i + 1),
              Similarity.text(n.rank()),
              Similarity.text(n.change().relative()),
              ""));
    }
    for (Moved m : moved) {
      rows.add(
          List.of(
              "one pixel " + m.shift().name(),
              Similarity.text(m.rank()),
              "",
              String.format(Locale.ROOT, "%.1f", m.displacement())));
    }
    return new Table(
        "Under small changes",
        List.of("change", "rank correlation", "‖change‖ / ‖map‖", "maximum moves, pixels"),
        rows,
        "the map of the changed image beside that of the image; after a step it is moved back and"
            + " has no outermost pixels");
  }
}
