package dev.picasso.format.tensorflow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables put together here, as TensorFlow today writes none: compressed, of many blocks, hostile.
 */
class SortedTableTest {
  @TempDir Path folder;
  private Path path;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void nameAFile() {
    path = folder.resolve("table.index");
  }

  @Test
  void compressedBlocksAreRead() throws IOException {
    byte[] plain = block(entry(0, "key", "value"), entry(2, "z", "2"));
    byte[] compressed = new byte[plain.length + 3];
    compressed[0] = (byte) plain.length;
    compressed[1] = (byte) 0xF0; // a literal whose length is in the next byte
    compressed[2] = (byte) (plain.length - 1);
    System.arraycopy(plain, 0, compressed, 3, plain.length);
    write(List.of(new Stored("kez", add(compressed, 1))));
    try (SortedTable table = SortedTable.open(path)) {
      assertThat(contents(table)).containsExactly("key=value", "kez=2");
    }
  }

  @Test
  void keysAreFoundInAnyOfManyBlocks() throws IOException {
    List<Stored> blocks = new ArrayList<>();
    for (char first : "bdfh".toCharArray()) {
      byte[] block = block(entry(0, first + "1", first + "one"), entry(1, "2", first + "two"));
      blocks.add(new Stored(first + "2", add(block, 0)));
    }
    write(blocks);
    try (SortedTable table = SortedTable.open(path)) {
      for (char first : "bdfh".toCharArray()) {
        assertThat(find(table, first + "1")).isEqualTo(first + "one");
        assertThat(find(table, first + "2")).isEqualTo(first + "two");
        assertThat(table.find(new byte[] {(byte) (first - 1)})).isEmpty();
        assertThat(table.find(new byte[] {(byte) first})).isEmpty();
      }
      assertThat(table.find(new byte[] {(byte) 0xFF})).isEmpty();
    }
  }

  @Test
  void aBlockThatIsListedTwiceIsRefused() throws IOException {
    byte[] place = add(block(entry(0, "a", "1")), 0);
    write(List.of(new Stored("a", place), new Stored("b", place)));
    assertRefused("its blocks overlap");
  }

  @Test
  void aBlockBehindTheEndIsRefused() throws IOException {
    write(List.of(new Stored("a", place(1 << 20, 5))));
    assertRefused("a block lies outside of the file");
    out.reset();
    write(List.of(new Stored("a", place(0, Integer.MAX_VALUE))));
    assertRefused("a block lies outside of the file");
  }

  @Test
  void keysThatGrowWithoutEndAreRefused() throws IOException {
    int count = 20_000;
    byte[][] entries = new byte[count][];
    for (int i = 0; i < count; i++) {
      entries[i] = entry(i, "x", "");
    }
    write(List.of(new Stored("y", add(block(entries), 0))));
    try (SortedTable table = SortedTable.open(path)) {
      assertThatThrownBy(() -> contents(table))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("absurdly long");
    }
  }

  @Test
  void anUnknownCompressionIsRefused() throws IOException {
    write(List.of(new Stored("a", add(block(entry(0, "a", "1")), 4))));
    try (SortedTable table = SortedTable.open(path)) {
      assertThatThrownBy(() -> contents(table))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("compressed in an unknown way");
    }
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> SortedTable.open(path))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("table.index: the file is damaged: " + why);
  }

  private static List<String> contents(SortedTable table) {
    List<String> all = new ArrayList<>();
    table.forEach((key, value) -> all.add(text(key) + "=" + text(value)));
    return all;
  }

  private static String find(SortedTable table, String key) {
    return text(table.find(key.getBytes(StandardCharsets.UTF_8)).orElseThrow());
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /** A block's last key, and its place as the list of blocks has it. */
  private static final class Stored {
    private final String last;
    private final byte[] place;

    Stored(String last, byte[] place) {
      this.last = last;
      this.place = place;
    }
  }

  /** The list of the blocks and the footer, behind the blocks that were added. */
  private void write(List<Stored> blocks) throws IOException {
    byte[] filters = add(block(), 0);
    byte[][] entries = new byte[blocks.size()][];
    for (int i = 0; i < entries.length; i++) {
      String place = new String(blocks.get(i).place, StandardCharsets.ISO_8859_1);
      entries[i] = entry(0, blocks.get(i).last, place);
    }
    byte[] index = add(block(entries), 0);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(filters).put(index).putLong(40, 0xdb4775248b80fb57L);
    out.writeBytes(footer.array());
    Files.write(path, out.toByteArray());
  }

  /** Writes a block with its trailer and returns its place. */
  private byte[] add(byte[] block, int compression) {
    int offset = out.size();
    out.writeBytes(block);
    out.write(compression);
    CRC32C crc = new CRC32C();
    crc.update(block);
    crc.update(compression);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array());
    return place(offset, block.length);
  }

  private static byte[] place(int offset, int length) {
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    varint(place, offset);
    varint(place, length);
    return place.toByteArray();
  }

  private static byte[] block(byte[]... entries) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      block.writeBytes(entry);
    }
    block.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0}); // one key is whole: the first
    return block.toByteArray();
  }

  private static byte[] entry(int shared, String key, String value) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    varint(entry, shared);
    varint(entry, key.length());
    varint(entry, bytes.length);
    entry.writeBytes(key.getBytes(StandardCharsets.ISO_8859_1));
    entry.writeBytes(bytes);
    return entry.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
