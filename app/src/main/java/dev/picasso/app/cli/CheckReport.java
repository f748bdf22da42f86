package dev.picasso.app.cli;

import dev.picasso.attribution.Attribution;
import dev.picasso.belief.evaluation.Evaluation;
import dev.picasso.belief.evaluation.Row;
import dev.picasso.run.Judged;
import dev.picasso.run.Judging;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/**
 * Keeps the numbers of all images for their means, and what is said at the end: a problem or a
 * warning that several images have is said once.
 */
final class CheckReport implements Judging.Sink {
  private final CheckWords words;
  private final Requirements required;
  private final Map<String, Told> warnings = new LinkedHashMap<>();
  private final Map<String, Told> problems = new LinkedHashMap<>();
  private final List<Row> open = new ArrayList<>();
  private Evaluation evaluation = new Evaluation();

  /** The images with one sentence. */
  private record Told(String first, int more) {
    static void to(Map<String, Told> all, String sentence, String image) {
      all.merge(sentence, new Told(image, 0), (t, one) -> new Told(t.first, t.more + 1));
    }

    String words(String sentence) {
      String others = more > 0 ? " and " + more + " more" : "";
      return sentence.startsWith(first) ? sentence : first + others + ": " + sentence;
    }
  }

  CheckReport(CheckWords words, Requirements required) {
    this.words = words;
    this.required = required;
  }

  @Override
  public void judged(Judged of) {
    words.rows(of).forEach(this::take);
    of.warnings().forEach(w -> Told.to(warnings, w, of.image()));
  }

  /** Takes a row, of this run or of an earlier one. */
  void take(Row row) {
    evaluation.add(row);
    open.add(row);
    if (row.measure().equals(Row.HOLDS)) {
      if (words.methods().containsValue(row.method())
          && words.checks().containsValue(row.check())) {
        required.take(open);
      }
      open.clear();
    }
  }

  /** Forgets all numbers, so that those of a table, which has them all, can be taken. */
  void beginAnew() {
    evaluation = new Evaluation();
    required.forget();
  }

  Evaluation evaluation() {
    return evaluation;
  }

  @Override
  public void finished(int index) {}

  @Override
  public void failed(int index, String image, Optional<Attribution> method, String problem) {
    Told.to(problems, method.map(m -> words.of(m) + ": ").orElse("") + problem, image);
  }

  /** Prints warnings, problems and what is not as required; returns the exit code. */
  int print(PrintWriter err, Optional<Path> output) {
    warnings.forEach((sentence, of) -> err.println("warning: " + of.words(sentence)));
    problems.forEach((sentence, of) -> err.println(of.words(sentence)));
    required.unmet().forEach(u -> err.println("not met: " + u.words()));
    long more = required.count() - required.unmet().size();
    if (more > 0) {
      err.println(
          "not met: "
              + more
              + " more"
              + output.map(o -> "; all numbers are in " + o).orElse("")
              + ".");
    }
    if (required.count() > 0) {
      return CheckCommand.UNMET;
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
  }
}
