package dev.picasso.app.cli;

import dev.picasso.visualization.ImageResult;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Tells of the images that could not be explained. */
final class Failures {
  private Failures() {}

  /** A line for each failed image; the exit code of the command. */
  static int report(List<ImageResult> results, PrintWriter err) {
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
}
