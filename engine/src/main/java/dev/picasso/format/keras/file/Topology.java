package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.tfjs.ModelJson;
import java.util.Optional;

/** The JSON of a model, unwrapped from what was put around it. */
final class Topology {
  private Topology() {}

  /** The node with {@code class_name} and {@code config}, however deep it is wrapped. */
  static JsonNode model(String file, JsonNode node) {
    JsonNode at = node;
    for (int i = 0; i < 6; i++) {
      if (at.isTextual()) {
        at = ModelJson.parse(file, at.textValue());
      }
      if (at.hasNonNull("class_name") && at.has("config")) {
        return at;
      }
      JsonNode inner = at.path("modelTopology");
      inner = inner.isMissingNode() ? at.path("model_config") : inner;
      inner = inner.isMissingNode() ? at.path("model") : inner;
      if (inner.isMissingNode()) {
        break;
      }
      at = inner;
    }
    throw new ModelException(
        file
            + ": the JSON describes no Keras model; it has no class_name and config. Save the model"
            + " with model.save(\"model.keras\").");
  }

  /** A text such as the version, looked for beside the model and around it. */
  static Optional<String> fact(JsonNode whole, String key) {
    for (JsonNode at :
        new JsonNode[] {whole, whole.path("modelTopology"), whole.path("model_config")}) {
      if (at.path(key).isTextual()) {
        return Optional.of(at.path(key).textValue());
      }
    }
    return Optional.empty();
  }
}
