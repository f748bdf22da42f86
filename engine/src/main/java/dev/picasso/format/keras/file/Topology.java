package dev.picasso.format.keras.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.picasso.format.ModelException;
import java.util.Optional;

/** The JSON of a model: parsed, unwrapped from what was put around it. */
final class Topology {
  /** The longest text that is taken for a topology, in characters. */
  static final int MAXIMAL_LENGTH = 256 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAXIMAL_LENGTH)
                          .maxNestingDepth(500)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Topology() {}

  /** Parses a text; JSON that was encoded twice or thrice is decoded as often. */
  static JsonNode parse(String file, String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      for (int i = 0; i < 3 && node != null && node.isTextual(); i++) {
        node = MAPPER.readTree(node.textValue());
      }
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      throw new ModelException(
          file + ": the model's JSON is damaged: " + e.getOriginalMessage() + ".", e);
    }
  }

  /** The node with {@code class_name} and {@code config}, however deep it is wrapped. */
  static JsonNode model(String file, JsonNode node) {
    JsonNode at = node;
    for (int i = 0; i < 6; i++) {
      if (at.isTextual()) {
        at = parse(file, at.textValue());
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
