package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Display;
import dev.picasso.model.Model;
import dev.picasso.model.Reinitialization;
import dev.picasso.model.layers.Weighted;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.visualization.Curve;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether the map is another one when the model forgets what it learnt: weights are replaced by
 * random ones from the scores down to the image, some layers more at each stage, and the map of
 * each stage is compared with that of the trained model. Adebayo et al. 2018, arXiv 1810.03292,
 * section 3, cascading randomization.
 *
 * @param stages in how many steps all weights are replaced; the first is the last layer alone
 * @param how weights are replaced
 * @param draws how often all weights are drawn; numbers of the last stage are means
 */
@AutoService(Check.class)
public record Weights(
    @Label(value = "Stages", help = "Maps from the trained model to one with random weights.")
        @Range(min = 1, max = 60)
        int stages,
    @Label(
            value = "Weights",
            help =
                "Drawn from a normal distribution with each layer's mean and deviation, or each"
                    + " layer's own in another order.")
        Reinitialization how,
    @Label(
            value = "Draws",
            help = "How often all weights are drawn for the numbers of the last stage.")
        @Range(min = 1, max = 20)
        int draws)
    implements Check {
  /**
   * Maps have not changed if their absolute values have this rank correlation with the first one,
   * or more. The mean over stages counts too, since a map of edges outlives all layers but the
   * first.
   */
  private static final double FOLLOWS = .5;

  public Weights() {
    this(6, Reinitialization.NORMAL, 3);
  }

  @Override
  public String id() {
    return "weights";
  }

  @Override
  public String title() {
    return "Random weights";
  }

  @Override
  public String description() {
    return "See whether the map becomes another one when the model forgets what it learnt.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Adebayo et al. 2018, Sanity Checks for Saliency Maps",
            "https://arxiv.org/abs/1810.03292"));
  }

  @Override
  public Effort effort() {
    return Effort.LONG;
  }

  /**
   * What became of the map.
   *
   * @param label what is random, as in "random down to conv1"
   * @param number what the model says of the class by then
   */
  private record Stage(String label, double number, HeatMap map, Similarity similarity) {}

  @Override
  public List<String> measures() {
    return List.of("rank", "last-rank", "signed-rank", "last-signed-rank", "ssim", "last-ssim");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    Model trained = subject.explainer().model();
    List<List<Weighted>> cascade = cascade(trained.layers().weighted());
    double runs = cascade.size() + draws - 1;
    List<Stage> row = new ArrayList<>();
    row.add(new Stage("trained", subject.about().probability(), subject.map(), Similarity.SAME));
    Model model = trained;
    for (int i = 0; i < cascade.size(); i++) {
      model = how.of(model, cascade.get(i), subject.seed());
      row.add(stage(subject, model, label(cascade, i), progress.part(i / runs, (i + 1) / runs)));
    }
    List<Similarity> last = new ArrayList<>(List.of(row.get(row.size() - 1).similarity()));
    for (int draw = 1; draw < draws; draw++) {
      double done = cascade.size() + draw - 1.;
      Model another = how.of(trained, trained.layers().weighted(), subject.seed() + draw);
      last.add(
          stage(subject, another, "", progress.part(done / runs, (done + 1) / runs)).similarity());
    }
    return finding(subject, row, last);
  }

  private Stage stage(Subject subject, Model model, String label, Progress progress) {
    Tensor x = subject.x().distinct();
    try (Explainer other = subject.explainer().of(model)) {
      Maps maps = subject.explained(other, subject.target(), x, progress);
      HeatMap map = subject.pixels(maps);
      double number = other.predict(x).probability(0, subject.about().index());
      return new Stage(label, number, map, Similarity.of(subject.map(), map));
    }
  }

  /** The layers of each stage, those of the scores first. */
  private List<List<Weighted>> cascade(List<Weighted> layers) {
    if (layers.isEmpty()) {
      throw new InapplicableException(
          "No weights were found on the way from the image to the scores, so that none can be"
              + " random.");
    }
    int count = Math.min(stages, layers.size());
    List<List<Weighted>> cascade = new ArrayList<>();
    int top = layers.size();
    for (int i = 0; i < count; i++) {
      int left = count == 1 ? 0 : layers.size() - 1 - (layers.size() - 1) * i / (count - 1);
      cascade.add(layers.subList(left, top));
      top = left;
    }
    return cascade;
  }

  private static String label(List<List<Weighted>> cascade, int stage) {
    String lowest = cascade.get(stage).get(0).name();
    return stage == cascade.size() - 1 ? "all random" : "random down to " + lowest;
  }

  private Finding finding(Subject subject, List<Stage> row, List<Similarity> last) {
    Similarity all = mean(last);
    Similarity way = mean(row.stream().skip(1).map(Stage::similarity).toList());
    boolean follows = all.absoluteRank() < FOLLOWS && way.absoluteRank() < FOLLOWS;
    String words =
        String.format(
            Locale.ROOT,
            "With random weights the map's absolute values have a rank correlation of %.2f with"
                + " those of the trained model in the mean of all stages, and of %.2f where all"
                + " weights are random%s: %s.",
            way.absoluteRank(),
            all.absoluteRank(),
            last.size() > 1 ? " (" + last.size() + " draws)" : "",
            follows
                ? "both below 0.5, so that the map comes from what was learnt"
                : "not both below 0.5, so that much of the map is there whatever was learnt");
    List<Part> parts = new ArrayList<>(panels(subject, row));
    parts.add(curve(row));
    parts.add(table(row));
    String range = "−1 to 1";
    return Finding.of(
        this,
        "follows the weights",
        Answer.of(follows),
        words,
        List.of(
            Measure.lower("rank", way.absoluteRank(), range),
            Measure.lower("last-rank", all.absoluteRank(), range),
            Measure.lower("signed-rank", way.rank(), range),
            Measure.lower("last-signed-rank", all.rank(), range),
            Measure.lower("ssim", way.absoluteSsim(), range),
            Measure.lower("last-ssim", all.absoluteSsim(), range)),
        parts);
  }

  private static Similarity mean(List<Similarity> all) {
    return new Similarity(
        mean(all, Similarity::rank),
        mean(all, Similarity::absoluteRank),
        mean(all, Similarity::ssim),
        mean(all, Similarity::absoluteSsim));
  }

  private static double mean(List<Similarity> all, ToDoubleFunction<Similarity> of) {
    return all.stream().mapToDouble(of).average().orElseThrow();
  }

  private static List<Panel> panels(Subject subject, List<Stage> row) {
    Display display = Display.defaults();
    return row.stream()
        .map(
            stage ->
                new Panel(
                    stage.label(),
                    stage.number(),
                    stage.map(),
                    display.scale(List.of(stage.map()), subject.maps().signed()),
                    "rank correlation "
                        + Similarity.text(stage.similarity().absoluteRank())
                        + ", SSIM "
                        + Similarity.text(stage.similarity().absoluteSsim())
                        + " of absolute values with the trained model's; a scale of its own",
                    display))
        .toList();
  }

  private static Curve curve(List<Stage> row) {
    List<Curve.Line> lines = new ArrayList<>();
    lines.add(line("rank correlation, absolute", row, Similarity::absoluteRank));
    lines.add(line("SSIM, absolute", row, Similarity::absoluteSsim));
    Curve.Line signed = line("rank correlation, with signs", row, Similarity::rank);
    if (!signed.values().equals(lines.get(0).values())) {
      lines.add(signed);
    }
    return new Curve(
        "What is left of the map",
        "stages with random weights, from the scores down",
        IntStream.range(0, row.size()).mapToObj(i -> (double) i).toList(),
        "likeness to the trained model's map",
        lines,
        "1 is the same map; the first line decides");
  }

  private static Curve.Line line(String name, List<Stage> row, ToDoubleFunction<Similarity> of) {
    DoubleStream values = row.stream().map(Stage::similarity).mapToDouble(of);
    return Curve.Line.of(name, values.toArray());
  }

  private static Table table(List<Stage> row) {
    List<String> columns = new ArrayList<>(List.of("weights"));
    columns.addAll(Similarity.COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (Stage stage : row) {
      List<String> cells = new ArrayList<>(List.of(stage.label()));
      cells.addAll(stage.similarity().cells());
      rows.add(cells);
    }
    return new Table(
        "The map of each stage",
        columns,
        rows,
        "likeness to the map of the trained model; 1 is the same");
  }
}
