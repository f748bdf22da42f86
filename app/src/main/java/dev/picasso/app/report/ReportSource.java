package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.run.ResultsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder of results: of the command line, or of a run that is kept.
 *
 * @param header where the results come from
 * @param told what a server told of the run; empty for a folder of the command line
 */
public record ReportSource(Path folder, ObjectNode header, ObjectNode told) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what stands above the images.
   *
   * @throws PicassoException if the folder holds no results of Picasso's
   */
  public static ReportSource of(Path folder) {
    Path index = folder.resolve(ResultsReader.FILE_NAME);
    Optional<ObjectNode> header = read(index, image -> {});
    return new ReportSource(
        folder,
        header.orElseThrow(
            () ->
                new PicassoException(
                    index
                        + (Files.exists(index)
                            ? ": is no results.json that Picasso wrote, or a damaged one."
                            : ": there is no such file."))),
        told(folder.resolve(KeptFiles.RUN)));
  }

  private static Optional<ObjectNode> read(Path index, Consumer<JsonNode> images) {
    try {
      return ResultsReader.read(index, images);
    } catch (IOException e) {
      throw new PicassoException(index + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static ObjectNode told(Path file) {
    try {
      if (Files.isRegularFile(file)
          && JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode json) {
        return json;
      }
    } catch (IOException e) {
      // The results stand for themselves.
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** Gives away the results of each image in turn; one is in memory. */
  void images(Consumer<JsonNode> each) {
    Optional<ObjectNode> unused = read(folder.resolve(ResultsReader.FILE_NAME), each);
  }

  /** What the method is called. */
  public String method() {
    return told.path("visualization").path("title").asText(header.path("visualization").asText());
  }

  /** What the model is called. */
  public String model() {
    return told.path("model").path("title").asText(header.path("model").path("id").asText());
  }

  /** What the model's classes are called, as far as a server told. */
  ClassNames classNames() {
    return ClassNames.of(told.path("model"));
  }

  /** What the report is headed with where nobody named it. */
  public String title() {
    return KeptRun.title(method(), model());
  }
}
