package dev.picasso.format.tensorflow.checkpoint;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.tensor.ElementTypes;
import dev.picasso.format.tensorflow.tensor.TensorShapes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.TensorSliceProto;

/**
 * The second format of checkpoints: {@code X.index}, a table that says of each key its type, shape
 * and place, and the shards {@code X.data-00000-of-00001} that hold the bytes. See
 * tensor_bundle.proto.
 */
final class TensorBundle implements Variables {
  private final String name;
  private final Map<ByteBuffer, BundleEntryProto> entries;
  private final Set<String> keys;
  private final Map<Integer, StoredFile> shards;

  private TensorBundle(
      String name, Map<ByteBuffer, BundleEntryProto> entries, Map<Integer, StoredFile> shards) {
    this.name = name;
    this.entries = entries;
    this.shards = shards;
    Set<String> names = new TreeSet<>();
    for (ByteBuffer key : entries.keySet()) {
      // Parts of variables have keys that begin with a zero.
      if (key.get(0) != 0) {
        names.add(StandardCharsets.UTF_8.decode(key.duplicate()).toString());
      }
    }
    this.keys = Collections.unmodifiableSet(names);
  }

  /**
   * Opens a bundle.
   *
   * @param prefix the path of the index without its ending
   * @throws ModelException if the index is damaged or shards are missing; all are named
   */
  static TensorBundle open(ModelFolder folder, String prefix) {
    Map<ByteBuffer, BundleEntryProto> entries = new TreeMap<>();
    List<BundleHeaderProto> headers = new ArrayList<>();
    String name;
    try (SortedTable table = SortedTable.open(folder.file(prefix + ".index"))) {
      name = table.name();
      table.forEach(
          (key, value) -> {
            try {
              if (key.hasRemaining()) {
                entries.put(key, BundleEntryProto.parseFrom(value));
              } else {
                headers.add(BundleHeaderProto.parseFrom(value));
              }
            } catch (InvalidProtocolBufferException e) {
              throw new ModelException(
                  table.name() + ": the file is damaged: an entry is none.", e);
            }
          });
    }
    if (headers.isEmpty()) {
      throw new ModelException(
          name + ": is a table, but of no checkpoint: it does not say how many shards there are.");
    }
    BundleHeaderProto header = headers.get(0);
    if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw new ModelException(
          name
              + ": was written on a big-endian machine; Picasso reads little-endian checkpoints."
              + " Load it in TensorFlow there and save it on another.");
    }
    return new TensorBundle(
        name, entries, BundleShards.open(folder, prefix, header.getNumShards(), entries.values()));
  }

  @Override
  public Set<String> keys() {
    return keys;
  }

  @Override
  public Optional<Shape> shape(String key) {
    return entry(key).map(e -> TensorShapes.stored(what(key), e.getShape()));
  }

  @Override
  public Optional<Tensor> read(String key) {
    return entry(key).map(entry -> read(key, entry));
  }

  private Tensor read(String key, BundleEntryProto entry) {
    String what = what(key);
    DataType type =
        ElementTypes.of(entry.getDtype())
            .orElseThrow(
                () ->
                    new ModelException(
                        what + " has the type " + entry.getDtype() + ": no numbers."));
    Shape shape = TensorShapes.stored(what, entry.getShape());
    int length = TensorShapes.bytes(what, type, shape);
    if (entry.getSlicesCount() == 0) {
      return Tensor.of(type, shape, verified(what, entry, length));
    }
    // Parts are sought for before anything is allocated.
    Map<Slice, BundleEntryProto> parts = new LinkedHashMap<>();
    long total = 0;
    for (TensorSliceProto proto : entry.getSlicesList()) {
      Slice slice = Slice.of(what, shape, proto);
      BundleEntryProto part = entries.get(ByteBuffer.wrap(Slice.key(key, proto)));
      if (part == null) {
        throw new ModelException(what + " is stored in parts, of which one is missing.");
      }
      if (ElementTypes.plain(part.getDtype()) != ElementTypes.plain(entry.getDtype())) {
        throw new ModelException(what + " has parts of several types.");
      }
      parts.put(slice, part);
      total += slice.shape().size();
    }
    if (parts.size() != entry.getSlicesCount() || total != shape.size() || length > stored()) {
      throw new ModelException(what + " is stored in parts that do not make up its shape.");
    }
    ByteBuffer whole = Tensor.allocate(length);
    parts.forEach(
        (slice, part) -> {
          int bytes = TensorShapes.bytes(what, type, slice.shape());
          slice.copy(verified(what, part, bytes), whole, shape, type.bytes());
        });
    return Tensor.of(type, shape, whole);
  }

  @Override
  public Optional<byte[]> text(String key) {
    return entry(key)
        .map(
            entry -> {
              String what = what(key);
              boolean single =
                  entry.getDtype() == org.tensorflow.proto.DataType.DT_STRING
                      && entry.getSlicesCount() == 0
                      && TensorShapes.stored(what, entry.getShape()).equals(Shape.scalar());
              if (!single || entry.getSize() > Integer.MAX_VALUE) {
                throw new ModelException(what + " is no single text.");
              }
              return BundleText.read(what, bytes(what, entry), entry.getCrc32C());
            });
  }

  @Override
  public void close() {
    BundleShards.close(shards.values());
  }

  private Optional<BundleEntryProto> entry(String key) {
    return keys.contains(key)
        ? Optional.ofNullable(entries.get(StandardCharsets.UTF_8.encode(key)))
        : Optional.empty();
  }

  private String what(String key) {
    return name + ": the variable " + key;
  }

  /** How many bytes there are in all shards. */
  private long stored() {
    return shards.values().stream().mapToLong(StoredFile::size).sum();
  }

  /** The bytes of an entry that has so many, as they were when they were written. */
  private ByteBuffer verified(String what, BundleEntryProto entry, int length) {
    if (entry.getSize() != length) {
      throw new ModelException(
          what + " has " + entry.getSize() + " bytes where its shape needs " + length + ".");
    }
    ByteBuffer bytes = bytes(what, entry);
    if (Checksum.of(bytes) != entry.getCrc32C()) {
      throw new ModelException(
          what
              + " is damaged: its checksum is wrong in "
              + shard(what, entry).name()
              + ". Copy that file again from where it was made.");
    }
    return bytes;
  }

  private ByteBuffer bytes(String what, BundleEntryProto entry) {
    StoredFile shard = shard(what, entry);
    if (!shard.has(entry.getOffset(), entry.getSize())) {
      throw new ModelException(
          what
              + " lies behind the end of "
              + shard.name()
              + ", which is cut off: it has "
              + shard.size()
              + " bytes. Copy that file again from where it was made.");
    }
    ByteBuffer bytes = Tensor.allocate(entry.getSize());
    shard.read(entry.getOffset(), bytes);
    return bytes.flip();
  }

  private StoredFile shard(String what, BundleEntryProto entry) {
    return Optional.ofNullable(shards.get(entry.getShardId()))
        .orElseThrow(
            () ->
                new ModelException(
                    what + " lies in shard " + entry.getShardId() + ": there is none."));
  }
}
