package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * A sorted string table, the file format of LevelDB: blocks of keys and values in the order of the
 * keys, a block that lists these blocks, and a footer that says where that one lies. Each block is
 * followed by the kind of its compression and a checksum, which is verified. See LevelDB's
 * doc/table_format.md.
 */
final class SortedTable implements AutoCloseable {
  private static final int FOOTER = 48;
  private static final int TRAILER = 5;
  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final StoredFile file;
  private final List<Block> blocks;
  private volatile Decoded recent = new Decoded(new Place(-1, 0), Map.of());

  /** A block, all of whose keys come before or at {@code last}. */
  private record Block(ByteBuffer last, Place place) {}

  private record Place(long offset, long length) {}

  private record Decoded(Place place, Map<ByteBuffer, ByteBuffer> entries) {}

  private SortedTable(StoredFile file, List<Block> blocks) {
    this.file = file;
    this.blocks = blocks;
  }

  /** Whether the file ends as a table does. */
  static boolean isTable(Path path) {
    try (StoredFile file = StoredFile.open(path)) {
      return file.size() >= FOOTER && footer(file).getLong(FOOTER - 8) == MAGIC;
    }
  }

  /**
   * Opens a table.
   *
   * @throws ModelException if it is none, or its list of blocks is damaged
   */
  static SortedTable open(Path path) {
    StoredFile file = StoredFile.open(path);
    try {
      return new SortedTable(file, index(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  String name() {
    return file.name();
  }

  long size() {
    return file.size();
  }

  /** All keys and values in the order of the keys. */
  void forEach(BiConsumer<ByteBuffer, ByteBuffer> action) {
    for (Block block : blocks) {
      entries(file, block.place(), action);
    }
  }

  /** The value of a key. */
  Optional<ByteBuffer> find(byte[] key) {
    ByteBuffer wanted = ByteBuffer.wrap(key);
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(blocks.get(middle).last(), wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < blocks.size()
        ? Optional.ofNullable(decoded(blocks.get(low)).entries().get(wanted))
            .map(ByteBuffer::duplicate)
        : Optional.empty();
  }

  /** The block's entries. The last block is kept, so that keys sought in their order are cheap. */
  private Decoded decoded(Block block) {
    Decoded known = recent;
    if (known.place().equals(block.place())) {
      return known;
    }
    Map<ByteBuffer, ByteBuffer> entries = new HashMap<>();
    entries(file, block.place(), entries::put);
    Decoded decoded = new Decoded(block.place(), Collections.unmodifiableMap(entries));
    recent = decoded;
    return decoded;
  }

  @Override
  public void close() {
    file.close();
  }

  /** The order of keys: by their bytes without signs, the shorter first. */
  private static int compare(ByteBuffer a, ByteBuffer b) {
    int at = a.mismatch(b);
    if (at < 0 || at == a.remaining() || at == b.remaining()) {
      return Integer.compare(a.remaining(), b.remaining());
    }
    return Integer.compare(a.get(a.position() + at) & 0xFF, b.get(b.position() + at) & 0xFF);
  }

  private static ByteBuffer footer(StoredFile file) {
    ByteBuffer footer = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
    file.read(file.size() - FOOTER, footer);
    return footer.flip();
  }

  private static List<Block> index(StoredFile file) {
    if (file.size() < FOOTER) {
      throw damaged(file, "it is cut off");
    }
    ByteBuffer footer = footer(file);
    if (footer.getLong(FOOTER - 8) != MAGIC) {
      throw damaged(file, "it does not end as a table of a checkpoint does, so it is cut off");
    }
    place(file, footer); // of the block of filters, which checkpoints do not have
    List<Block> blocks = new ArrayList<>();
    entries(
        file,
        place(file, footer),
        (key, value) -> {
          Place place = place(file, value);
          Place before = blocks.isEmpty() ? new Place(0, 0) : blocks.get(blocks.size() - 1).place();
          // Nothing is read twice, however often a stranger's list names it.
          if (place.offset() < before.offset() + before.length()) {
            throw damaged(file, "its blocks overlap");
          }
          blocks.add(new Block(key, place));
        });
    return List.copyOf(blocks);
  }

  private static Place place(StoredFile file, ByteBuffer in) {
    OptionalLong offset = Bytes.varint(in);
    OptionalLong length = Bytes.varint(in);
    if (offset.isEmpty()
        || length.isEmpty()
        || length.getAsLong() > Integer.MAX_VALUE - 8 - TRAILER
        || !file.has(offset.getAsLong(), length.getAsLong() + TRAILER)) {
      throw damaged(file, "a block lies outside of the file");
    }
    return new Place(offset.getAsLong(), length.getAsLong());
  }

  private static void entries(
      StoredFile file, Place place, BiConsumer<ByteBuffer, ByteBuffer> action) {
    String problem = TableBlock.entries(contents(file, place), action);
    if (!problem.isEmpty()) {
      throw damaged(file, problem);
    }
  }

  private static ByteBuffer contents(StoredFile file, Place place) {
    ByteBuffer stored =
        ByteBuffer.allocate((int) place.length() + TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    file.read(place.offset(), stored);
    int kindAt = stored.flip().limit() - TRAILER;
    if (Checksum.of(stored.slice(0, kindAt + 1)) != stored.getInt(kindAt + 1)) {
      throw damaged(file, "the checksum of a block at " + place.offset() + " is wrong");
    }
    ByteBuffer contents = stored.slice(0, kindAt);
    return switch (stored.get(kindAt)) {
      case 0 -> contents;
      case 1 ->
          ByteBuffer.wrap(
              Snappy.decompress(contents)
                  .orElseThrow(() -> damaged(file, "a compressed block is damaged")));
      default -> throw damaged(file, "a block is compressed in an unknown way");
    };
  }

  private static ModelException damaged(StoredFile file, String why) {
    return new ModelException(
        file.name() + ": the file is damaged: " + why + ". Copy it again from where it was made.");
  }
}
