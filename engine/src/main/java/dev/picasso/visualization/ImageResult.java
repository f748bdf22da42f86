package dev.picasso.visualization;

import dev.picasso.image.Picture;
import dev.picasso.image.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came out for one image.
 *
 * @param image the name of the image
 * @param problem what went wrong, in words; the rest is empty then
 * @param predictions the most probable classes, best first
 * @param parts what is shown, column after column; as a rule a map for each prediction, in their
 *     order
 * @param example the picture at the model's size with the method drawn in, where it helps
 * @param warnings what a person should know before believing it, a sentence each
 */
public record ImageResult(
    String image,
    Optional<String> problem,
    List<Prediction> predictions,
    List<Part> parts,
    Optional<Picture> example,
    List<String> warnings) {

  public ImageResult {
    predictions = List.copyOf(predictions);
    parts = List.copyOf(parts);
    warnings = List.copyOf(warnings);
  }

  /** Classes and parts; with no parts, the classes are what is shown. */
  public static ImageResult of(
      String image, List<Prediction> predictions, List<? extends Part> parts) {
    return new ImageResult(
        image, Optional.empty(), predictions, List.copyOf(parts), Optional.empty(), List.of());
  }

  public static ImageResult failed(String image, String problem) {
    return new ImageResult(
        image, Optional.of(problem), List.of(), List.of(), Optional.empty(), List.of());
  }

  public ImageResult withExample(Picture picture) {
    return new ImageResult(image, problem, predictions, parts, Optional.of(picture), warnings);
  }

  /** The same with more warnings; none stands there twice. */
  public ImageResult withWarnings(List<String> more) {
    List<String> all = Stream.concat(warnings.stream(), more.stream()).distinct().toList();
    return new ImageResult(image, problem, predictions, parts, example, all);
  }

  /** The maps among the parts. */
  public List<Panel> panels() {
    return parts.stream().filter(Panel.class::isInstance).map(Panel.class::cast).toList();
  }
}
