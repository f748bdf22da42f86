package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.Unsupported;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Layers that Keras quantized: integers for weights, or floats of 8 bits. */
final class Precision {
  /** The name of a policy, as in "int8_from_float32". */
  private static final Pattern NAME = Pattern.compile("(\\w+?)(/\\d+)?_from_\\w+");

  private static final String INT8 = "int8";
  private static final String FLOAT8 = "float8";

  private Precision() {}

  /** How a layer is quantized, as in "int8"; empty where it is not. */
  static Optional<String> of(LayerConfig layer) {
    JsonNode policy = layer.config().path("dtype");
    String mode = policy.path("config").path("mode").asText("");
    if (!mode.isEmpty()) {
      return Optional.of(mode.replaceFirst("/.*", ""));
    }
    String named =
        policy.isTextual() ? policy.asText() : policy.path("config").path("name").asText("");
    Matcher name = NAME.matcher(named);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /**
   * Tells that numbers are computed more exactly than in Keras.
   *
   * @throws Unsupported if the integers of such a layer cannot be read
   */
  static void require(LayerConfig layer, ImportContext context) {
    Optional<String> mode = of(layer);
    if (mode.isEmpty()) {
      return;
    }
    boolean dense = layer.kind().equals("Dense");
    if (!mode.get().equals(FLOAT8) && !(dense && mode.get().equals(INT8))) {
      throw new Unsupported(
          "its weights are quantized ("
              + mode.get()
              + "), which cannot be read here; save the model before it is quantized.");
    }
    context.note(
        "Layers are quantized in the file ("
            + mode.get()
            + "): the model runs in float on what their weights stand for.");
  }
}
