package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Weights in files beside the model. A location is a plain relative path to a regular file inside
 * the {@link ModelFolder}; whatever leads out of it, by name or by link, is refused.
 */
final class ExternalData implements AutoCloseable {
  private final String model;
  private final ModelFolder folder;
  private final Map<String, FileChannel> open = new HashMap<>();

  ExternalData(Path model) {
    this.model = String.valueOf(model.getFileName());
    this.folder = ModelFolder.of(model);
  }

  /** The mapped bytes of a tensor that is to have so many. */
  ByteBuffer bytes(TensorProto tensor, long expected) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    String location = entries.getOrDefault("location", "");
    long offset = number(tensor, entries, "offset", 0);
    long length = number(tensor, entries, "length", expected);
    try {
      FileChannel channel = channel(tensor, location);
      if (length != expected) {
        throw refused(tensor, location, "gives " + length + " bytes where it needs " + expected);
      }
      if (offset > channel.size() - length) {
        throw refused(
            tensor,
            location,
            "asks for " + length + " bytes from " + offset + " on; it has " + channel.size());
      }
      return channel.map(MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw new ModelException(
          model
              + ": the weight "
              + tensor.getName()
              + " cannot be read from "
              + location
              + ": "
              + e,
          e);
    }
  }

  private long number(
      TensorProto tensor, Map<String, String> entries, String key, long whenAbsent) {
    String text = entries.get(key);
    if (text == null) {
      return whenAbsent;
    }
    if (!text.matches("\\d{1,18}")) {
      throw refused(tensor, entries.getOrDefault("location", ""), "has the " + key + " " + text);
    }
    return Long.parseLong(text);
  }

  private FileChannel channel(TensorProto tensor, String location) throws IOException {
    FileChannel known = open.get(location);
    if (known != null) {
      return known;
    }
    FileChannel channel = FileChannel.open(inside(tensor, location), StandardOpenOption.READ);
    open.put(location, channel);
    return channel;
  }

  private Path inside(TensorProto tensor, String location) {
    if (!ModelFolder.isPlain(location)) {
      throw refused(
          tensor,
          location,
          "is no plain path inside the model's folder; Picasso reads none outside");
    }
    Path file =
        folder
            .locate(location)
            .orElseThrow(() -> refused(tensor, location, "is missing; copy it beside the model"));
    if (folder.leadsOut(file)) {
      throw refused(tensor, location, "is a link that leads out of the model's folder");
    }
    if (!Files.isRegularFile(file)) {
      throw refused(tensor, location, "is no file");
    }
    return file;
  }

  private ModelException refused(TensorProto tensor, String location, String problem) {
    return new ModelException(
        model
            + ": the weight "
            + tensor.getName()
            + " lies in the file \""
            + location
            + "\", which "
            + problem
            + ".");
  }

  @Override
  public void close() {
    for (FileChannel channel : open.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new ModelException(
            model + ": a file of weights cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}
