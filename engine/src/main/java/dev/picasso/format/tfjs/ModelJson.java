package dev.picasso.format.tfjs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JSON of models: read with limits, and told apart without reading all of it. */
public final class ModelJson {
  /** The longest text that is taken for a model, in characters. */
  public static final int MAXIMAL_LENGTH = 256 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(MAXIMAL_LENGTH)
                          .maxNestingDepth(500)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private ModelJson() {}

  /** The text of a file. */
  public static String text(Path path) {
    String name = ModelFolder.nameOf(path);
    try {
      if (Files.size(path) > MAXIMAL_LENGTH) {
        throw new ModelException(name + ": is too long for the JSON of a model.");
      }
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Parses a text; JSON that was encoded twice or thrice is decoded as often. */
  public static JsonNode parse(String file, String text) {
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

  /**
   * Whether a file is the JSON of a TensorFlow.js graph model: one that says so, or whose topology
   * is a list of nodes. No more of it is read than it takes to know.
   */
  public static boolean isGraphModel(Path path) {
    try (InputStream file = Files.newInputStream(path);
        JsonParser in = MAPPER.createParser(file)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        JsonToken value = in.nextToken();
        if (field.equals("format") && value == JsonToken.VALUE_STRING) {
          return in.getText().equals("graph-model");
        }
        if (field.equals("modelTopology") && value == JsonToken.START_OBJECT) {
          if (hasNodes(in)) {
            return true;
          }
        } else {
          in.skipChildren();
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the object holds a list of nodes; the parser then stands at the object's end. */
  private static boolean hasNodes(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean nodes = in.currentName().equals("node");
      if (in.nextToken() == JsonToken.START_ARRAY && nodes) {
        return true;
      }
      in.skipChildren();
    }
    return false;
  }

  /** The class names that Teachable Machine puts beside the model, in its metadata.json. */
  public static List<String> labelsBeside(Path model) {
    return ModelFolder.of(model)
        .find("metadata.json")
        .map(
            file -> {
              List<String> labels = new ArrayList<>();
              parse("metadata.json", text(file))
                  .path("labels")
                  .forEach(l -> labels.add(l.asText()));
              return List.copyOf(labels);
            })
        .orElse(List.of());
  }
}
