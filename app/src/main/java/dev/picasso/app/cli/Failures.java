package dev.picasso.app.cli;

import dev.picasso.visualization.ImageResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/** Tells of the images that could not be explained, and of those that could but look doubtful. */
final class Failures {
  private Failures() {}

  /** A line for each warning and for each failed image; the exit code of the command. */
  static int report(List<ImageResult> results, PrintWriter err) {
    warn(results, err);
    int code = ExitCode.OK;
    for (ImageResult result : results) {
      if (result.problem().isPresent()) {
        String problem = result.problem().get();
        boolean named = problem.startsWith(result.image());
        err.println(named ? problem : result.image() + ": " + problem);
        code = ExitCode.USAGE;
      }
    }
    return code;
  }

  /** A warning that holds for several images is said once. */
  private static void warn(List<ImageResult> results, PrintWriter err) {
    Map<String, List<String>> images = new LinkedHashMap<>();
    for (ImageResult result : results) {
      for (String warning : result.warnings()) {
        images.computeIfAbsent(warning, w -> new ArrayList<>()).add(result.image());
      }
    }
    images.forEach(
        (warning, of) -> {
          String more = of.size() > 1 ? " and " + (of.size() - 1) + " more" : "";
          err.println("warning: " + of.get(0) + more + ": " + warning);
        });
  }
}
