package dev.picasso.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@code results.json} image by image; only one is in memory. */
public final class ResultsReader {
  /** What such files are called. */
  public static final String FILE_NAME = "results.json";

  private static final String IMAGES = "images";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultsReader() {}

  /**
   * Reads a file.
   *
   * @param image takes each image's results, also of a file that turns out not to be Picasso's
   * @return all fields but the images; empty if the file is not Picasso's
   * @throws IOException if it cannot be read
   */
  public static Optional<ObjectNode> read(Path file, Consumer<JsonNode> image) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (JsonParser in = new JsonFactory().createParser(file.toFile())) {
      in.setCodec(MAPPER);
      return read(in, image);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<ObjectNode> read(JsonParser in, Consumer<JsonNode> image)
      throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    ObjectNode header = MAPPER.createObjectNode();
    boolean images = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      boolean list = in.nextToken() == JsonToken.START_ARRAY && name.equals(IMAGES);
      if (list) {
        images = true;
        while (in.nextToken() != JsonToken.END_ARRAY) {
          image.accept(in.readValueAsTree());
        }
      } else {
        header.set(name, in.<JsonNode>readValueAsTree());
      }
    }
    return images && header.path("picasso").isTextual() ? Optional.of(header) : Optional.empty();
  }

  /** Where the results of a header come from. */
  public static Provenance provenance(ObjectNode header) {
    return ProvenanceJson.read(header);
  }
}
