package dev.picasso.app.cli;

import dev.picasso.attribution.Attribution;
import dev.picasso.belief.Answer;
import dev.picasso.belief.Finding;
import dev.picasso.belief.Measure;
import dev.picasso.belief.evaluation.Difference;
import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.run.Judged;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** For each map a line of words and one of numbers; in the end a table. */
final class CheckLines implements CheckPrinter {
  /** Reasons why a check cannot be made are said once each; so many are remembered. */
  private static final int MOST_SAID = 200;

  private final ProgressBar bar;
  private final CheckWords words;
  private final PrintWriter out;
  private final Set<String> said = new HashSet<>();

  CheckLines(ProgressBar bar, CheckWords words, PrintWriter out) {
    this.bar = bar;
    this.words = words;
    this.out = out;
  }

  @Override
  public void judged(Judged judged) {
    bar.clear();
    out.println(
        "%s, %s %s, %s: %s"
            .formatted(
                Shown.line(judged.image()),
                Shown.line(judged.about().label()),
                Table.number(judged.about().probability()),
                words.of(judged.method()),
                judged.judgement().summary()));
    for (int i = 0; i < judged.checks().size(); i++) {
      String check = words.of(judged.checks().get(i));
      Finding finding = judged.judgement().findings().get(i);
      if (finding.answer() == Answer.OPEN && finding.measures().isEmpty()) {
        if (said.size() < MOST_SAID && said.add(words.of(judged.method()) + finding.words())) {
          out.println("    " + check + ": " + finding.words());
        }
      } else {
        out.println("    " + check + ": " + numbers(finding));
      }
    }
  }

  private static String numbers(Finding finding) {
    return finding.measures().stream()
        .map(m -> m.name() + " " + m.text())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void finished(int index) {}

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {}

  @Override
  public void end(Evaluation evaluation, Requirements required) {
    if (evaluation.images() < 2) {
      return;
    }
    out.println();
    Table means = new Table().row("measure", "better", "method", "mean (95 % interval)", "images");
    for (Evaluation.Mean m : evaluation.means()) {
      if (m.estimate().count() > 0) {
        means.row(
            m.name(),
            m.better() == Measure.Better.NEITHER ? "" : m.better().toString(),
            m.method(),
            m.estimate().text(),
            m.estimate().count() + m.estimate().doubt().map(d -> ", " + d).orElse(""));
      }
    }
    means.print(out);
    differences(evaluation.differences());
  }

  private void differences(List<Difference> all) {
    List<Difference> told =
        all.stream()
            .filter(d -> d.better() != Measure.Better.NEITHER && d.difference().count() > 0)
            .toList();
    if (told.isEmpty()) {
      return;
    }
    out.println();
    Table table =
        new Table()
            .row("measure", "difference on the same images", "(95 % interval)", "images", "");
    for (Difference d : told) {
      table.row(
          d.name(),
          d.first() + " − " + d.second(),
          d.difference().text(),
          String.valueOf(d.difference().count()),
          d.words());
    }
    table.print(out);
  }

  @Override
  public void close() {}
}
