package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Functions that Keras recorded as layers because they were called on the output of one. Their kind
 * is the function's name behind a word for who defines it: {@code tf.math.add} for a function of
 * TensorFlow, {@code raw.AddV2} for a TensorFlow operator, {@code ops.Add} for an operation of
 * Keras 3, which often has the name of a layer that does something else.
 */
final class Recorded {
  private static final Pattern OPERATIONS =
      Pattern.compile("keras(\\.src)?\\.(ops|activations)\\b.*");

  private Recorded() {}

  /**
   * The kind of a recorded function; empty for a true layer.
   *
   * @param node the layer's entry
   * @param config its arguments; a {@code node_def} that is a text becomes an object here
   */
  static Optional<String> kind(JsonNode node, String className, ObjectNode config) {
    return switch (className) {
      case "TFOpLambda", "SlicingOpLambda" ->
          named("tf.", config.path("function").asText(config.path("symbol").asText("")));
      case "TensorFlowOpLayer" -> {
        parse(config);
        yield named("raw.", config.path("node_def").path("op").asText(""));
      }
      default -> isOperation(node, config) ? named("ops.", className) : Optional.empty();
    };
  }

  private static Optional<String> named(String prefix, String function) {
    return function.isBlank() ? Optional.empty() : Optional.of(prefix + function);
  }

  /** HDF5 files do not tell the module; but every layer tells whether it is trainable. */
  private static boolean isOperation(JsonNode node, ObjectNode config) {
    if (node.path("module").isTextual()) {
      return OPERATIONS.matcher(node.path("module").textValue()).matches();
    }
    JsonNode call = node.path("inbound_nodes").path(0);
    return call.has("args") && call.has("kwargs") && !config.has("trainable");
  }

  private static void parse(ObjectNode config) {
    if (config.path("node_def").isTextual()) {
      try {
        config.set("node_def", new ObjectMapper().readTree(config.path("node_def").textValue()));
      } catch (JsonProcessingException e) {
        config.remove("node_def");
      }
    }
  }
}
