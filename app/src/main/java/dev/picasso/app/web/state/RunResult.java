package dev.picasso.app.web.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.run.ExplainedFiles;
import dev.picasso.run.Truth;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One image's results, which lie in the run's folder: pictures, arrays, and a JSON file with the
 * numbers and the names of the others. Only where it lies is kept in memory.
 *
 * @param failed what is said in its place, where something went wrong with this image alone
 */
public record RunResult(Path file, Optional<ImageResult> failed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Results that were written.
   *
   * @param file where their JSON goes
   * @param files where all else lies
   * @param truth what the image truly shows, where that is known
   */
  static RunResult write(Path file, ExplainedFiles files, Optional<Truth> truth)
      throws IOException {
    ObjectNode json = files.json();
    truth.ifPresent(known -> json.set(Truth.FIELD, known.json()));
    Files.write(file, JSON.writeValueAsBytes(json));
    return new RunResult(file, Optional.empty());
  }

  /** What went wrong with this image alone. */
  static RunResult failed(Path file, String image, String problem) {
    return new RunResult(file, Optional.of(ImageResult.failed(image, problem)));
  }

  /** What went wrong with this image alone, in words. */
  public Optional<String> problem() {
    return failed.flatMap(ImageResult::problem);
  }

  /** As in files; names of files stand as they are. It is read from the disk each time. */
  public ObjectNode json() {
    if (failed.isPresent()) {
      return ResultJson.of(failed.get());
    }
    try (var in = Files.newInputStream(file)) {
      return (ObjectNode) JSON.readTree(in);
    } catch (NoSuchFileException e) {
      throw new PicassoException("These results were deleted to make room; run it again.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
