package dev.picasso.docs.methods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.belief.Checks;
import dev.picasso.belief.Finding;
import dev.picasso.belief.Measure;
import dev.picasso.belief.Subject;
import dev.picasso.docs.Section;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.settings.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What deletion and insertion say of maps of a trained MobileNetV2 of photographs. With {@code
 * -Dpicasso.write-docs} the table of docs/checks/deletion.md is written anew, in some minutes.
 */
class DeletionComparedTest {
  private static final Section TABLE = Section.of("checks/deletion.md", "## Photographs");

  private static final List<String> METHODS =
      List.of("grad-cam", "rise(masks=1000)", "integrated-gradients(steps=50)");

  private static final List<String> SETTINGS = List.of("deletion", "deletion(block=32)");

  private static final List<String> OTHERS = List.of("random", "centre", "edge");

  /** Differences that the check takes for none. */
  private static final double ALIKE = .005;

  @Test
  void gradCamBeatsAnEdgeFilterOnABird() {
    Photograph bird = Photograph.all().get(0);
    try (Network network = Network.load()) {
      Subject subject = subject(Trial.of(network.model(), bird.file()), method("grad-cam"));
      Finding finding = Checks.builtIn().chosen("deletion").get(0).check(subject, Progress.NONE);
      assertThat(finding.summary()).isEqualTo("better than an edge filter: yes");
    }
  }

  @Test
  void theTableIsWhatWasMeasured() throws IOException {
    if (Section.isWriting()) {
      TABLE.holds(MethodRows.before(TABLE.text()) + table(), "");
    }
    assertThat(TABLE.text()).contains("| `grad-cam` | `deletion` |");
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| map | check | deletion | insertion | beats random | centre | edge |\n"
                + "|---|---|---|---|---|---|---|\n");
    try (Network network = Network.load()) {
      for (String text : METHODS) {
        rows(network, text).forEach(table::append);
      }
    }
    return table.toString();
  }

  /** A row for each way of checking; the magnitudes of a map with both signs are one more map. */
  private static List<String> rows(Network network, String text) {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    for (Photograph photograph : Photograph.all()) {
      Subject subject = subject(Trial.of(network.model(), photograph.file()), method(text));
      for (String setting : SETTINGS) {
        add(all, "`" + text + "` | `" + setting + "`", setting, subject);
        if (subject.maps().frame() == Maps.Frame.INPUT) {
          add(all, "`" + text + "`, magnitudes | `" + setting + "`", setting, magnitudes(subject));
        }
      }
    }
    List<String> rows = new ArrayList<>();
    all.forEach((name, findings) -> rows.add(row(name, findings)));
    return rows;
  }

  private static void add(
      Map<String, List<Finding>> all, String name, String setting, Subject subject) {
    Finding finding = Checks.builtIn().chosen(setting).get(0).check(subject, Progress.NONE);
    System.err.println(subject.image().name() + " | " + name + " | " + finding.words());
    all.computeIfAbsent(name, n -> new ArrayList<>()).add(finding);
  }

  private static String row(String name, List<Finding> findings) {
    StringBuilder row = new StringBuilder("| ").append(name);
    for (String area : List.of("area", "insertion-area")) {
      double mean = findings.stream().mapToDouble(f -> value(f, area)).average().orElseThrow();
      row.append(String.format(Locale.ROOT, " | %.3f", mean));
    }
    for (String other : OTHERS) {
      long better = findings.stream().filter(f -> value(f, "beats-" + other) >= ALIKE).count();
      double mean =
          findings.stream().mapToDouble(f -> value(f, "beats-" + other)).average().orElseThrow();
      row.append(String.format(Locale.ROOT, " | %+.3f, in %d", mean, better));
    }
    return row.append(" |\n").toString().replace("-0.", "−0.");
  }

  private static double value(Finding finding, String name) {
    return finding.measures().stream()
        .filter(m -> m.name().equals(name))
        .mapToDouble(Measure::value)
        .findFirst()
        .orElseThrow();
  }

  private static Attribution method(String text) {
    Named named = Named.parse(text);
    return Methods.builtIn().get(named.id(), named.settings());
  }

  private static Subject subject(Trial trial, Attribution method) {
    return new Subject(
        trial.model().explainer(),
        trial.image(),
        new Prediction(trial.target(), trial.label(), 1),
        Target.ofClass(trial.target()),
        method,
        Images.of(trial.image().prepared().x(), trial.model().input().preprocessor()),
        trial.maps(method).orElseThrow(),
        Optional.empty(),
        0);
  }

  /** The same with a map of the absolute values of the pixels' sums. */
  private static Subject magnitudes(Subject subject) {
    HeatMap sums = subject.maps().heatMaps(subject.input(), ChannelReduction.SUM).get(0);
    Tensor values = sums.abs().tensor();
    Tensor one = values.reshaped(1, sums.height(), sums.width());
    return new Subject(
        subject.explainer(),
        subject.image(),
        subject.about(),
        subject.target(),
        subject.method(),
        subject.x(),
        Maps.unsigned(one, Maps.Frame.PIXELS, "magnitudes"),
        subject.object(),
        subject.seed());
  }
}
