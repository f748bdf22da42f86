package dev.picasso.model.pixels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code metadata.json} that Teachable Machine writes beside a model. Its image models
 * take pixels from −1 to 1 (teachablemachine-community, libraries/image/src/utils/tf.ts, {@code
 * capture}).
 */
final class TeachableMachine {
  private static final String NAME = "metadata.json";
  private static final long LARGEST = 1 << 20;

  private TeachableMachine() {}

  /** What such a file beside a model, or in its folder, tells. */
  static Optional<PixelEvidence> beside(Path model) {
    Path file = Files.isDirectory(model) ? model.resolve(NAME) : model.resolveSibling(NAME);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
      return isOfImages(json)
          ? Optional.of(
              PixelEvidence.of(
                  PixelRange.SIGNED, "The model is of Teachable Machine (" + NAME + ")"))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // what is no JSON is no file of Teachable Machine
    }
  }

  private static boolean isOfImages(JsonNode json) {
    String made = json.path("packageName").asText("");
    return made.equals("@teachablemachine/image")
        || (made.isEmpty() && json.has("tmVersion") && json.has("imageSize"));
  }
}
