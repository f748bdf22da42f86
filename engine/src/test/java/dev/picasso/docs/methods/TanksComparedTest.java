package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.docs.Section;
import dev.picasso.examples.Examples;
import dev.picasso.examples.PictureRegion;
import dev.picasso.examples.PictureRegion.Thing;
import dev.picasso.image.HeatMap;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of two networks it is known what they look at: which share of a method's map lies there stands in
 * docs/methods-compared.md. With {@code -Dpicasso.write-docs} the table is written anew, in some
 * minutes.
 */
class TanksComparedTest {
  private static final Section TABLE = Section.of("methods-compared.md", "## Tanks and clouds");

  /** The side of the networks' input, in pixels. */
  private static final int SIDE = 128;

  /** A network, its true cause, and which of the samples are asked about. */
  private enum Cause {
    OVERCAST("tanks-overcast", Thing.SKY),
    BALANCED("tanks-balanced", Thing.TANK);

    private final String id;
    private final Thing thing;

    Cause(String id, Thing thing) {
      this.id = id;
      this.thing = thing;
    }

    private ConfiguredModel configured() {
      return Examples.configuration("tanks").model(Optional.of(id));
    }

    /** Four: one of each kind for the sky, all tanks for the tank. */
    private List<Path> images() {
      String chosen = thing == Thing.SKY ? ".*-1.png" : "tank-.*";
      return configured().images().stream()
          .filter(image -> Examples.name(image).matches(chosen))
          .toList();
    }
  }

  /**
   * Means over the samples.
   *
   * @param share of the positive part of the map that lies on the cause
   * @param squared the same of the map's squares
   * @param peaks in how many samples the largest value lies there
   * @param of how many samples
   * @param empty in how many the map is nowhere positive; they count as nothing found
   */
  private record Found(double share, double squared, int peaks, int of, int empty) {
    List<String> cells() {
      String nowhere = empty > 0 ? ", " + empty + " empty" : "";
      return List.of(
          String.format(Locale.ROOT, "%.2f", share),
          String.format(Locale.ROOT, "%.2f", squared),
          peaks + " of " + of + nowhere);
    }
  }

  private static Optional<Found> found(Attribution method, Cause cause, List<Trial> trials)
      throws IOException {
    double share = 0;
    double squared = 0;
    int peaks = 0;
    int empty = 0;
    for (Trial trial : trials) {
      Optional<HeatMap> map = trial.evidence(method);
      if (map.isEmpty()) {
        return Optional.empty();
      }
      PictureRegion region = PictureRegion.of(trial.name(), cause.thing, SIDE);
      double here = region.share(map.get());
      empty += Double.isNaN(here) ? 1 : 0;
      share += Double.isNaN(here) ? 0 : here;
      double ofSquares = region.share(trial.squares(method).orElseThrow());
      squared += Double.isNaN(ofSquares) ? 0 : ofSquares;
      peaks += !Double.isNaN(here) && region.holdsThePeakOf(map.get()) ? 1 : 0;
    }
    return Optional.of(
        new Found(share / trials.size(), squared / trials.size(), peaks, trials.size(), empty));
  }

  @ParameterizedTest(name = "{1} of {0} at least {2}")
  @CsvSource({"OVERCAST, grad-cam, .8, .8", "BALANCED, attn-lrp, .75, .8"})
  void theCauseIsFound(Cause cause, String id, double least, double ofSquares) throws IOException {
    try (ReadyModel model = Examples.load(cause.configured())) {
      List<Trial> trials = cause.images().stream().map(i -> Trial.of(model, i)).toList();
      Found found = found(Methods.builtIn().get(id), cause, trials).orElseThrow();
      assertThat(found.share()).isGreaterThan(least);
      assertThat(found.squared()).isGreaterThan(ofSquares);
    }
  }

  /** Settings that make another method of one, as people call them. */
  private static final List<String> FORMS =
      List.of(
          "lrp composite=epsilon-plus",
          "lrp composite=epsilon-plus-flat",
          "lrp composite=epsilon-gamma-box",
          "lrp composite=gamma",
          "lrp composite=epsilon-alpha2-beta1",
          "lrp composite=gamma bias=ignored",
          "lrp composite=epsilon-alpha2-beta1 bias=ignored",
          "lrp composite=epsilon-alpha2-beta1-flat",
          "layer-cam layer=relu1",
          "layer-cam layer=relu2",
          "layer-cam layer=relu3",
          "layer-cam layer=relu4",
          "guided-grad-cam layer=relu3",
          "guided-grad-cam layer=relu4",
          "occlusion fill=blur patch=16 stride=4",
          "occlusion fill=blur patch=8 stride=4",
          "deeplift baseline=blur",
          "integrated-gradients baseline=blur steps=200",
          "smoothgrad form=squared",
          "smoothgrad form=squared noise=.02",
          "smoothgrad form=variance");

  /** The methods that are asked for, and their forms, by what stands before their rows. */
  private static Map<String, Attribution> methods() {
    Map<String, Attribution> methods = new LinkedHashMap<>();
    for (Attribution method : MethodRows.asked()) {
      methods.put(method.id(), Fewer.ENOUGH_TO_SEE.of(method));
    }
    for (String form : FORMS) {
      List<String> words = List.of(form.split(" ", -1));
      Attribution plain = methods.get(words.get(0));
      if (plain != null) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : words.subList(1, words.size())) {
          settings.put(setting.replaceFirst("=.*", ""), setting.replaceFirst(".*=", ""));
        }
        methods.put(form, Methods.with(plain, settings));
      }
    }
    return methods;
  }

  @Test
  void theTableIsWhatWasMeasured() throws IOException {
    if (Section.isWriting()) {
      TABLE.holds(table(), "");
    }
    assertThat(TABLE.text()).contains("| `grad-cam` |");
  }

  private static String table() throws IOException {
    Map<String, List<String>> rows = MethodRows.of(TABLE.text());
    Map<String, Attribution> methods = methods();
    methods.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
    StringBuilder areas = new StringBuilder();
    for (Cause cause : Cause.values()) {
      try (ReadyModel model = Examples.load(cause.configured())) {
        List<Trial> trials = cause.images().stream().map(i -> Trial.of(model, i)).toList();
        areas.append(String.format(Locale.ROOT, " %.2f | – | – |", area(cause, trials)));
        for (Map.Entry<String, Attribution> method : methods.entrySet()) {
          Optional<Found> found = found(method.getValue(), cause, trials);
          List<String> cells = found.map(Found::cells).orElse(List.of("–", "–", "–"));
          System.err.println(cause + " " + method.getKey() + ": " + cells);
          Objects.requireNonNull(rows.get(method.getKey())).addAll(cells);
        }
      }
    }
    return MethodRows.before(TABLE.text())
        + "| | on the sky, *overcast* | of its squares | strongest there | on the tank, *balanced* |"
        + " of its squares | strongest there |\n"
        + "|---|---|---|---|---|---|---|\n"
        + "| the picture |"
        + areas
        + "\n"
        + MethodRows.lines(rows);
  }

  private static double area(Cause cause, List<Trial> trials) throws IOException {
    double area = 0;
    for (Trial trial : trials) {
      area += PictureRegion.of(trial.name(), cause.thing, SIDE).area() / trials.size();
    }
    return area;
  }
}
