package dev.picasso.format.tfjs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shards as one row of bytes. A shard is a file in the model's own folder, nowhere else. */
final class ShardRow {
  private final String model;
  private final List<Shard> shards;

  /** A file whose bytes are those from {@code start} on. */
  private record Shard(Path path, long start, long size) {}

  private ShardRow(String model, List<Shard> shards) {
    this.model = model;
    this.shards = List.copyOf(shards);
  }

  /**
   * The shards that a group of a manifest names.
   *
   * @throws ModelException if they lie elsewhere, or some are missing: all are named
   */
  static ShardRow of(Path model, JsonNode paths) {
    String name = ModelFolder.nameOf(model);
    ModelFolder folder = ModelFolder.of(model);
    List<Shard> shards = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    long start = 0;
    for (JsonNode shard : paths) {
      String text = shard.asText();
      if (text.contains("/") || text.contains("\\") || !ModelFolder.isPlain(text)) {
        throw new ModelException(
            name + ": the shard " + text + " lies outside of the model's folder.");
      }
      Optional<Path> file = folder.find(text);
      if (file.isEmpty()) {
        missing.add(text);
      } else {
        long size = size(name, file.get());
        shards.add(new Shard(file.get(), start, size));
        start += size;
      }
    }
    if (missing.size() == 1) {
      throw new ModelException(name + ": the file " + missing.get(0) + " is missing beside it.");
    }
    if (!missing.isEmpty()) {
      throw ModelException.of(
          name + ": " + missing.size() + " files are missing beside it:", missing, "");
    }
    return new ShardRow(name, shards);
  }

  private static long size(String name, Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new ModelException(name + ": a shard cannot be read: " + e.getMessage(), e);
    }
  }

  /** How many bytes there are. */
  long size() {
    return shards.isEmpty()
        ? 0
        : shards.get(shards.size() - 1).start() + shards.get(shards.size() - 1).size();
  }

  /** The bytes from there on, which must not reach behind the end. */
  ByteBuffer read(long from, int length) {
    ByteBuffer bytes = Tensor.allocate(length);
    for (Shard shard : shards) {
      long first = from + bytes.position();
      if (bytes.hasRemaining() && first >= shard.start() && first < shard.start() + shard.size()) {
        long within = first - shard.start();
        int count = (int) Math.min(bytes.remaining(), shard.size() - within);
        bytes.limit(bytes.position() + count);
        read(shard.path(), within, bytes);
        bytes.limit(length);
      }
    }
    return bytes.flip();
  }

  private void read(Path path, long from, ByteBuffer into) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long at = from;
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count <= 0) {
          throw new ModelException(
              model + ": " + ModelFolder.nameOf(path) + " changed while being read.");
        }
        at += count;
      }
    } catch (IOException e) {
      throw new ModelException(model + ": a shard cannot be read: " + e.getMessage(), e);
    }
  }
}
