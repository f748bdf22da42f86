package dev.picasso.run;

import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import java.util.List;
import java.util.Optional;

/**
 * An image with its results, in memory for as long as a {@link Sink} takes them.
 *
 * @param index among the images of the run
 * @param image as it was explained
 * @param sha256 of the bytes that were decoded; empty where there were none
 * @param input that it went into; empty where the model has only one
 * @param result without a problem; without parts where that input was not explained
 * @param others what came of other inputs beside this image, where that was asked for
 */
public record Explained(
    int index,
    ImageInput image,
    Optional<String> sha256,
    Optional<String> input,
    ImageResult result,
    List<OfInput> others) {
  public Explained {
    others = List.copyOf(others);
  }
}
