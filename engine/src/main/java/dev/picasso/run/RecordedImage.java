package dev.picasso.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One image's results as {@code results.json} tells of them: what it takes to compare them with
 * others.
 *
 * @param name what they are called by
 * @param file where the image lay, as seen from the folder of the results
 * @param sha256 of the image's bytes
 * @param problem why there are no results
 * @param files those that hold numbers; names of the form that results have
 * @param input of the model that they are of; empty where it has only one
 * @param others the same of other inputs beside this image
 */
public record RecordedImage(
    String name,
    Optional<String> file,
    Optional<String> sha256,
    Optional<String> problem,
    List<OfClass> classes,
    List<ResultFiles.Entry> files,
    Optional<String> input,
    List<RecordedImage> others) {

  private static final Set<FileRole> NUMBERS =
      Set.of(FileRole.ARRAY, FileRole.CSV, FileRole.PICTURE);

  /**
   * A class that was shown.
   *
   * @param probability NaN where it was no number
   */
  public record OfClass(int index, double probability) {}

  /** Reads what results.json tells of an image. */
  public static RecordedImage of(JsonNode image) {
    List<RecordedImage> others = new ArrayList<>();
    image.path(ResultJson.INPUTS).forEach(other -> others.add(of(other, List.of())));
    return of(image, others);
  }

  private static RecordedImage of(JsonNode image, List<RecordedImage> others) {
    List<OfClass> classes = new ArrayList<>();
    for (JsonNode prediction : image.path("predictions")) {
      classes.add(
          new OfClass(
              prediction.path("index").asInt(),
              prediction.path("probability").asDouble(Double.NaN)));
    }
    return new RecordedImage(
        image.path("image").asText(),
        text(image, "file"),
        text(image, "sha256"),
        text(image, "problem"),
        classes,
        ResultFiles.in(image).entries().stream()
            .filter(f -> NUMBERS.contains(f.role()) && ResultFiles.NAME.matcher(f.name()).matches())
            .toList(),
        text(image, ResultJson.INPUT),
        List.copyOf(others));
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }
}
