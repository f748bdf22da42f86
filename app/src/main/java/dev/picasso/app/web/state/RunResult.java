package dev.picasso.app.web.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Frame;
import dev.picasso.image.Region;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.util.Optional;

/**
 * One image's results, and where they lie in the run's folder.
 *
 * @param seen the part of the picture that the model saw, which maps cover, in shares of its width
 *     and height; it may reach beyond the picture. Empty where there are no results
 */
public record RunResult(ImageResult result, Optional<ResultFiles> files, Optional<Region> seen) {
  /** Results that were written. */
  static RunResult of(ImageResult result, ResultFiles files, Frame frame) {
    Region seen = frame.seen();
    double width = frame.originalWidth();
    double height = frame.originalHeight();
    return new RunResult(
        result,
        Optional.of(files),
        Optional.of(
            new Region(
                seen.left() / width,
                seen.top() / height,
                seen.right() / width,
                seen.bottom() / height)));
  }

  /** What went wrong with this image alone. */
  static RunResult failed(String image, String problem) {
    return of(ImageResult.failed(image, problem));
  }

  /** A result that says what went wrong; there are no files. */
  static RunResult of(ImageResult failed) {
    return new RunResult(failed, Optional.empty(), Optional.empty());
  }

  /** As in files; names of files stand as they are. */
  public ObjectNode json() {
    ObjectNode json = ResultJson.of(result, files);
    seen.ifPresent(
        s ->
            json.putObject("seen")
                .put("left", s.left())
                .put("top", s.top())
                .put("right", s.right())
                .put("bottom", s.bottom()));
    return json;
  }
}
