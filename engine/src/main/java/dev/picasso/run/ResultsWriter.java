package dev.picasso.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Map;

/**
 * Writes {@code results.json} image by image: where they come from, then {@code images}. Only what
 * is being written is in memory.
 */
public final class ResultsWriter implements Closeable {
  private final JsonGenerator out;

  private ResultsWriter(JsonGenerator out, ObjectNode header) throws IOException {
    this.out = out.useDefaultPrettyPrinter();
    out.setCodec(new ObjectMapper());
    out.writeStartObject();
    fields(header);
    out.writeArrayFieldStart("images");
  }

  /**
   * Begins a file; closing this closes it.
   *
   * @param header all fields before the images, as {@link ProvenanceJson} makes them
   */
  public static ResultsWriter to(OutputStream file, ObjectNode header) throws IOException {
    return new ResultsWriter(new JsonFactory().createGenerator(file), header);
  }

  /** Begins on a writer that stays open. */
  public static ResultsWriter to(Writer text, ObjectNode header) throws IOException {
    JsonGenerator out = new JsonFactory().createGenerator(text);
    return new ResultsWriter(out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET), header);
  }

  /** Writes one image's results. */
  public void image(JsonNode result) throws IOException {
    out.writeTree(result);
  }

  /** Ends the images and the file, with further fields between. */
  public void end(ObjectNode further) throws IOException {
    out.writeEndArray();
    fields(further);
    out.writeEndObject();
    out.writeRaw('\n');
    out.close();
  }

  private void fields(ObjectNode json) throws IOException {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      out.writeFieldName(field.getKey());
      out.writeTree(field.getValue());
    }
  }

  @Override
  public void close() throws IOException {
    if (!out.isClosed()) {
      end(JsonNodeFactory.instance.objectNode());
    }
  }
}
