package dev.picasso.app.web.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.util.Optional;

/** One image's results, and where they lie in the run's folder. */
public record RunResult(ImageResult result, Optional<ResultFiles> files) {
  /** What went wrong with this image alone. */
  static RunResult failed(String image, String problem) {
    return new RunResult(ImageResult.failed(image, problem), Optional.empty());
  }

  /** As in files; names of files stand as they are. */
  public ObjectNode json() {
    return ResultJson.of(result, files);
  }
}
