package dev.picasso.app.cli;

import dev.picasso.run.Explained;
import dev.picasso.run.Sink;
import dev.picasso.visualization.ImageResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/**
 * Keeps of each image no more than what is said at the end: of those that could not be explained
 * why, and of those that could but look doubtful the warning.
 */
final class Report implements Sink {
  private final Map<String, Doubtful> warnings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int explained;

  /** The images with one warning. */
  private record Doubtful(String first, int more) {}

  @Override
  public void explained(Explained image) {
    explained++;
    ImageResult result = image.result();
    result.problem().ifPresent(problem -> failed(image.index(), result.image(), problem));
    for (String warning : result.warnings()) {
      warnings.merge(
          warning, new Doubtful(result.image(), 0), (d, one) -> new Doubtful(d.first, d.more + 1));
    }
  }

  @Override
  public void failed(int index, String image, String problem) {
    problems.add(problem.startsWith(image) ? problem : image + ": " + problem);
  }

  /** How many images have results. */
  int explained() {
    return explained;
  }

  /**
   * A line for each warning and for each failed image; a warning that holds for several images is
   * said once. Returns the exit code of the command.
   */
  int print(PrintWriter err) {
    warnings.forEach(
        (warning, of) -> {
          String more = of.more > 0 ? " and " + of.more + " more" : "";
          err.println("warning: " + of.first + more + ": " + warning);
        });
    problems.forEach(err::println);
    return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
  }
}
