package dev.picasso.belief;

import com.google.auto.service.AutoService;
import dev.picasso.PicassoException;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Reference;
import dev.picasso.image.HeatMap;
import dev.picasso.image.RankCorrelation;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.Named;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether other methods see the same places: Spearman's rank correlation of every two methods'
 * absolute values, at the resolution of the coarser map. Krishna et al. 2022, arXiv 2202.01602.
 *
 * @param methods the other methods, as in "grad-cam + occlusion(patch=16)"; empty for a handful
 *     that does not take long
 */
@AutoService(Check.class)
public record Agreement(
    @Label(
            value = "Methods",
            help =
                "Which others, with + between them and settings in parentheses; empty for a"
                    + " handful.")
        String methods)
    implements Check {
  private static final double AGREES = .5;

  /** Windows of occlusion for a side. */
  private static final int WINDOWS = 7;

  public Agreement() {
    this("");
  }

  public Agreement {
    try {
      named(methods).forEach(Agreement::method);
    } catch (PicassoException e) {
      throw new SettingException(
          List.of(new SettingException.Wrong("methods", String.valueOf(e.getMessage()))));
    }
  }

  @Override
  public String id() {
    return "agreement";
  }

  @Override
  public String title() {
    return "Other methods";
  }

  @Override
  public String description() {
    return "See whether other methods mark the same places for this class.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Krishna et al. 2022, The Disagreement Problem in Explainable Machine Learning",
            "https://arxiv.org/abs/2202.01602"));
  }

  /** A method's map, without signs. */
  private record Seen(String name, HeatMap map) {}

  @Override
  public List<String> measures() {
    return List.of("rank", "lowest-rank");
  }

  @Override
  public Finding check(Subject subject, Progress progress) {
    List<Named> others = others(subject);
    List<Seen> seen = new ArrayList<>();
    seen.add(new Seen("this map", places(subject, subject.method(), subject.maps())));
    requireDifferent(seen.get(0));
    List<String> without = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      Progress part = progress.part((double) i / others.size(), (i + 1.) / others.size());
      Attribution method = method(others.get(i));
      if (method.equals(subject.method())) {
        continue;
      }
      try {
        Maps maps =
            method.explain(subject.explainer(), subject.x(), List.of(subject.target()), part);
        Seen other = new Seen(others.get(i).toString(), places(subject, method, maps));
        requireDifferent(other);
        seen.add(other);
      } catch (InapplicableException e) {
        without.add(others.get(i) + " (" + e.getMessage() + ")");
      }
      part.done(1);
    }
    if (seen.size() < 2) {
      throw new InapplicableException(
          "No other method could be asked: " + String.join("; ", without));
    }
    return finding(seen, without);
  }

  private List<Named> others(Subject subject) {
    InputSpec input = subject.input();
    int stride = Math.max(1, Math.min(input.width(), input.height()) / (WINDOWS + 1));
    String handful =
        "saliency, integrated-gradients(steps=20), lrp, grad-cam, occlusion(patch="
            + 2 * stride
            + ", stride="
            + stride
            + ")";
    return named(methods.isBlank() ? handful : methods);
  }

  /** A comma means something else where checks are chosen, so that + separates as well. */
  private static List<Named> named(String methods) {
    return Named.list(methods.replace('+', ','));
  }

  private static Attribution method(Named named) {
    return Methods.builtIn().get(named.id(), named.settings());
  }

  private static HeatMap places(Subject subject, Attribution method, Maps maps) {
    return maps.heatMaps(subject.input(), method.reduction()).get(0).abs();
  }

  private static void requireDifferent(Seen seen) {
    float[] values = seen.map().values();
    boolean different = false;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InapplicableException("its map holds numbers that are none");
      }
      different |= value != values[0];
    }
    if (!different) {
      throw new InapplicableException("its map is the same everywhere");
    }
  }

  private Finding finding(List<Seen> seen, List<String> without) {
    double[][] ranks = new double[seen.size()][seen.size()];
    for (int i = 0; i < ranks.length; i++) {
      for (int j = 0; j <= i; j++) {
        ranks[i][j] = i == j ? 1 : RankCorrelation.of(seen.get(i).map(), seen.get(j).map());
        ranks[j][i] = ranks[i][j];
      }
    }
    double own = 0;
    double lowest = 1;
    int farthest = 1;
    for (int j = 1; j < ranks.length; j++) {
      own += ranks[0][j] / (ranks.length - 1);
      farthest = ranks[0][j] < ranks[0][farthest] ? j : farthest;
      lowest = ranks[0][farthest];
    }
    boolean agrees = own >= AGREES;
    String words =
        String.format(
            Locale.ROOT,
            "The map has a mean rank correlation of %.2f with those of %d other method%s, the"
                + " lowest with %s (%.2f): %s.%s",
            own,
            ranks.length - 1,
            ranks.length == 2 ? "" : "s",
            seen.get(farthest).name(),
            lowest,
            agrees
                ? "0.5 or more, they mark much the same places"
                : "below 0.5, they mark other places; which of them is right this does not tell",
            without.isEmpty() ? "" : " Not asked: " + String.join("; ", without) + ".");
    return Finding.of(
        this,
        "agrees with other methods",
        Answer.of(agrees),
        words,
        List.of(
            Measure.higher("rank", own, "−1 to 1"),
            Measure.higher("lowest-rank", lowest, "−1 to 1")),
        List.of(table(seen, ranks)));
  }

  private static Table table(List<Seen> seen, double[][] ranks) {
    List<String> columns = new ArrayList<>(List.of("method"));
    seen.forEach(s -> columns.add(s.name()));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ranks.length; i++) {
      List<String> cells = new ArrayList<>(List.of(seen.get(i).name()));
      for (double rank : ranks[i]) {
        cells.add(Similarity.text(rank));
      }
      rows.add(cells);
    }
    return new Table(
        "Agreement",
        columns,
        rows,
        "rank correlation of absolute values, at the resolution of the coarser map of each two");
  }
}
