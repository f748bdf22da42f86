package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Display;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Whether the map has peaks at the border that come from the network and not from the picture:
 * pictures on which nothing is to be seen, black, grey, white and noise, are explained in the
 * image's place, and the mean of their absolute maps should not gather at the border or in the
 * corners. Zero padding makes networks do so: Alsallakh et al. 2021, arXiv 2010.02178.
 *
 * @param ring how wide the border is, as a share of the shorter side
 * @param noise how many pictures of noise there are
 */
@AutoService(Check.class)
public record Borders(
    @Label(value = "Border", help = "How wide it is, as a share of the shorter side.")
        @Range(min = .005, max = .25)
        double ring,
    @Label(value = "Noise", help = "How many pictures of noise are explained.")
        @Range(min = 0, max = 100)
        int noise)
    implements Check {
  /** How many times its share of the area the border may hold. */
  private static final double BORDER = 1.5;

  private static final double CORNERS = 2;

  private static final List<String> GREYS = List.of("black", "grey", "white");

  private static final float[] LEVELS = {0, 127.5f, 255};

  public Borders() {
    this(.05, 5);
  }

  @Override
  public String id() {
    return "borders";
  }

  @Override
  public String title() {
    return "Borders";
  }

  @Override
  public String description() {
    return "See whether the border is marked even on pictures that show nothing.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Alsallakh et al. 2021, Mind the Pad", "https://arxiv.org/abs/2010.02178"));
  }

  /** A picture that shows nothing, as the model is fed with it. */
  private record Blank(String name, Tensor x) {}

  /**
   * Shares of a map's absolute values.
   *
   * @param border in the ring, corners included
   */
  private record Shares(String name, double border, double corners) {}

  @Override
  public List<String> measures() {
    return List.of("border", "corners");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    List<Blank> blanks = blanks(subject);
    int width = subject.input().width();
    int height = subject.input().height();
    float[] sum = new float[width * height];
    List<Shares> all = new ArrayList<>();
    for (int i = 0; i < blanks.size(); i++) {
      Progress part = progress.part((double) i / blanks.size(), (i + 1.) / blanks.size());
      HeatMap map = subject.pixels(subject.explained(blanks.get(i).x(), part)).abs();
      double total = share(map, 1, p -> true);
      if (total > 0) {
        float[] values = map.values();
        for (int at = 0; at < sum.length; at++) {
          sum[at] += (float) (values[at] / total * sum.length);
        }
        all.add(shares(blanks.get(i).name(), map));
      }
    }
    if (all.isEmpty()) {
      return Finding.of(
          this,
          "free of border peaks",
          Answer.OPEN,
          "The map of every picture that shows nothing is 0 everywhere.",
          List.of(),
          List.of());
    }
    for (int at = 0; at < sum.length; at++) {
      sum[at] /= all.size();
    }
    return finding(subject, HeatMap.of(width, height, sum), all, blanks.size() - all.size());
  }

  private List<Blank> blanks(Subject subject) {
    List<Blank> blanks = new ArrayList<>();
    for (int i = 0; i < LEVELS.length; i++) {
      blanks.add(new Blank(GREYS.get(i), subject.x().grey(subject.input(), LEVELS[i])));
    }
    float[] black = blanks.get(0).x().floats();
    float[] white = blanks.get(2).x().floats();
    SplittableRandom random = new SplittableRandom(subject.seed());
    for (int i = 0; i < noise; i++) {
      float[] numbers = new float[black.length];
      for (int at = 0; at < numbers.length; at++) {
        numbers[at] = (float) (black[at] + random.nextDouble() * (white[at] - black[at]));
      }
      blanks.add(
          new Blank("noise " + (i + 1), Tensor.of(numbers, subject.x().distinct().shape().dims())));
    }
    return blanks;
  }

  private Shares shares(String name, HeatMap map) {
    double total = share(map, 1, p -> true);
    return new Shares(name, share(map, total, inBorder(map)), share(map, total, inCorners(map)));
  }

  private static double share(HeatMap map, double total, IntPredicate where) {
    float[] values = map.values();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += where.test(i) ? values[i] : 0;
    }
    return sum / total;
  }

  private int thickness(HeatMap map) {
    return (int) Math.max(1, Math.round(ring * Math.min(map.width(), map.height())));
  }

  private IntPredicate inBorder(HeatMap map) {
    return p -> nearSide(map, p) || nearTop(map, p);
  }

  private IntPredicate inCorners(HeatMap map) {
    return p -> nearSide(map, p) && nearTop(map, p);
  }

  private boolean nearSide(HeatMap map, int place) {
    int x = place % map.width();
    return Math.min(x, map.width() - 1 - x) < thickness(map);
  }

  private boolean nearTop(HeatMap map, int place) {
    int y = place / map.width();
    return Math.min(y, map.height() - 1 - y) < thickness(map);
  }

  private Finding finding(Subject subject, HeatMap mean, List<Shares> all, int empty) {
    float[] ones = new float[mean.width() * mean.height()];
    java.util.Arrays.fill(ones, 1);
    Shares area = shares("share of the area", HeatMap.of(mean.width(), mean.height(), ones));
    Shares found = shares("mean", mean);
    double border = found.border() / area.border();
    double corners = found.corners() / area.corners();
    boolean free = border <= BORDER && corners <= CORNERS;
    String words =
        String.format(
            Locale.ROOT,
            "On pictures that show nothing %.1f %% of the map lies in the outermost %s,"
                + " which are %.1f %% of the area (%.2f times as dense), and %.2f %% in the corners"
                + " (%.2f times): %s.%s",
            100 * found.border(),
            thickness(mean) == 1 ? "pixel" : thickness(mean) + " pixels",
            100 * area.border(),
            border,
            100 * found.corners(),
            corners,
            free
                ? "nothing gathers there"
                : "a peak there may come from the network and not from the picture",
            empty > 0 ? " Maps that are 0 everywhere do not count: " + empty + "." : "");
    Display display = Display.defaults();
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Panel(
            "mean of blank pictures",
            subject.about().probability(),
            mean,
            display.scale(List.of(mean), false),
            "mean of the absolute maps of pictures that show nothing, drawn over the image; 1 is"
                + " the mean of all places",
            display));
    parts.add(table(all, found, area));
    return Finding.of(
        this,
        "free of border peaks",
        Answer.of(free),
        words,
        List.of(
            Measure.lower("border", border, "0 and more; 1 is as dense as elsewhere"),
            Measure.lower("corners", corners, "0 and more; 1 is as dense as elsewhere")),
        parts);
  }

  private static Table table(List<Shares> all, Shares mean, Shares area) {
    List<Shares> lines = new ArrayList<>(all);
    lines.add(mean);
    lines.add(area);
    return new Table(
        "Shares of the map",
        List.of("picture", "border", "corners"),
        lines.stream()
            .map(
                s ->
                    List.of(
                        s.name(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * s.border()),
                        String.format(Locale.ROOT, "%.2f %%", 100 * s.corners())))
            .toList(),
        "of absolute values; corners are part of the border");
  }
}
