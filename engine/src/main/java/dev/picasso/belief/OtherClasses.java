package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Display;
import dev.picasso.model.Model;
import dev.picasso.settings.Label;
import dev.picasso.settings.Range;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.Part;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Whether maps of other classes differ from that of the class: the random logit test of Sixt et al.
 * 2020, arXiv 1912.09818, section 5, for the class that the model finds most probable beside this
 * one, and for classes chosen at random.
 *
 * @param random how many classes are chosen at random
 */
@AutoService(Check.class)
public record OtherClasses(
    @Label(value = "Random classes", help = "How many other classes are chosen at random.")
        @Range(min = 1, max = 50)
        int random)
    implements Check {
  /** Maps of two classes with this rank correlation or more are taken for one map. */
  private static final double SAME = .8;

  public OtherClasses() {
    this(3);
  }

  @Override
  public String id() {
    return "classes";
  }

  @Override
  public String title() {
    return "Other classes";
  }

  @Override
  public String description() {
    return "See whether another class has another map.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Sixt et al. 2020, When Explanations Lie", "https://arxiv.org/abs/1912.09818"));
  }

  /** A class's map beside that of the class that is explained. */
  private record Other(String label, double number, HeatMap map, Similarity similarity) {}

  @Override
  public List<String> measures() {
    return List.of("rank", "next-rank", "absolute-rank", "ssim");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    Tensor x = subject.x().distinct();
    Predictions predictions = subject.explainer().predict(x);
    List<Integer> classes = classes(subject, predictions);
    HeatMap first = subject.map();
    List<Other> others = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      int index = classes.get(i);
      Progress part = progress.part((double) i / classes.size(), (i + 1.) / classes.size());
      HeatMap map =
          subject.pixels(subject.explained(subject.explainer(), Target.ofClass(index), x, part));
      others.add(
          new Other(
              subject.explainer().model().label(index),
              predictions.probability(0, index),
              map,
              Similarity.of(first, map)));
    }
    return finding(subject, others);
  }

  /** The next most probable class, and some at random. */
  private List<Integer> classes(Subject subject, Predictions predictions) {
    int count = predictions.targets();
    int own = subject.about().index();
    if (count < 2) {
      throw new InapplicableException(
          "The model has one "
              + subject.explainer().model().targetNoun()
              + ", so that there is no other.");
    }
    Set<Integer> chosen = new LinkedHashSet<>();
    predictions.top(0, 2).stream().filter(c -> c != own).limit(1).forEach(chosen::add);
    SplittableRandom draw = new SplittableRandom(subject.seed());
    int wanted = Math.min(count - 1, random + chosen.size());
    while (chosen.size() < wanted) {
      int other = draw.nextInt(count);
      if (other != own) {
        chosen.add(other);
      }
    }
    return List.copyOf(chosen);
  }

  private Finding finding(Subject subject, List<Other> others) {
    double likeness = mean(others.stream().mapToDouble(o -> o.similarity().rank()));
    double absolute = mean(others.stream().mapToDouble(o -> o.similarity().absoluteRank()));
    double ssim = mean(others.stream().mapToDouble(o -> o.similarity().ssim()));
    boolean apart = likeness < SAME;
    Other next = others.get(0);
    Model model = subject.explainer().model();
    String noun = model.targetNoun();
    String words =
        String.format(
            Locale.ROOT,
            "Maps of %s have a mean rank correlation of %.2f with that of %s (%s: %.2f): %s.",
            others.size() == 1
                ? "the other " + noun
                : others.size() + " other " + model.targetNouns(),
            likeness,
            subject.about().label(),
            next.label(),
            next.similarity().rank(),
            apart
                ? "below 0.8, so that the map is of this " + noun
                : "0.8 or more, so that the map would be much the same for any " + noun);
    List<Part> parts = new ArrayList<>();
    Display display = Display.defaults();
    boolean signed = subject.maps().signed();
    for (Other other : others) {
      parts.add(
          new Panel(
              other.label(),
              other.number(),
              other.map(),
              display.scale(List.of(other.map()), signed),
              "map of this "
                  + noun
                  + "; rank correlation "
                  + Similarity.text(other.similarity().rank())
                  + " with the map that is checked; a scale of its own",
              display));
    }
    parts.add(table(others, model));
    String range = "−1 to 1";
    return Finding.of(
        this,
        "tells classes apart",
        Answer.of(apart),
        words,
        List.of(
            Measure.lower("rank", likeness, range),
            Measure.lower("next-rank", next.similarity().rank(), range),
            Measure.lower("absolute-rank", absolute, range),
            Measure.lower("ssim", ssim, range)),
        parts);
  }

  private static double mean(java.util.stream.DoubleStream numbers) {
    return numbers.average().orElseThrow();
  }

  private static Table table(List<Other> others, Model model) {
    List<String> columns = new ArrayList<>(List.of(model.targetNoun(), "number"));
    columns.addAll(Similarity.COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (Other other : others) {
      List<String> cells =
          new ArrayList<>(
              List.of(other.label(), String.format(Locale.ROOT, "%.3g", other.number())));
      cells.addAll(other.similarity().cells());
      rows.add(cells);
    }
    return new Table(
        "Maps of other " + model.targetNouns(),
        columns,
        rows,
        "likeness to the map that is checked; the "
            + (model.tellsNumbers() ? "highest other output" : "most probable other class")
            + " first, then some at random");
  }
}
