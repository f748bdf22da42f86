package dev.picasso.format.tensorflow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables put together here, as TensorFlow today writes none: compressed, of many blocks, hostile.
 */
class SortedTableTest {
  @TempDir Path folder;
  private Path path;
  private TableWriter out = new TableWriter();

  @BeforeEach
  void nameAFile() {
    path = folder.resolve("table.index");
  }

  @Test
  void compressedBlocksAreRead() throws IOException {
    byte[] plain =
        TableWriter.block(TableWriter.entry(0, "key", "value"), TableWriter.entry(2, "z", "2"));
    byte[] compressed = new byte[plain.length + 3];
    compressed[0] = (byte) plain.length;
    compressed[1] = (byte) 0xF0; // a literal whose length is in the next byte
    compressed[2] = (byte) (plain.length - 1);
    System.arraycopy(plain, 0, compressed, 3, plain.length);
    out.write(path, List.of(new TableWriter.Stored("kez", out.add(compressed, 1))));
    try (SortedTable table = SortedTable.open(path)) {
      assertThat(contents(table)).containsExactly("key=value", "kez=2");
    }
  }

  @Test
  void keysAreFoundInAnyOfManyBlocks() throws IOException {
    List<TableWriter.Stored> blocks = new ArrayList<>();
    for (char first : "bdfh".toCharArray()) {
      byte[] block =
          TableWriter.block(
              TableWriter.entry(0, first + "1", first + "one"),
              TableWriter.entry(1, "2", first + "two"));
      blocks.add(new TableWriter.Stored(first + "2", out.add(block, 0)));
    }
    out.write(path, blocks);
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
    byte[] place = out.add(TableWriter.block(TableWriter.entry(0, "a", "1")), 0);
    out.write(
        path, List.of(new TableWriter.Stored("a", place), new TableWriter.Stored("b", place)));
    assertRefused("its blocks overlap");
  }

  @Test
  void aBlockBehindTheEndIsRefused() throws IOException {
    out.write(path, List.of(new TableWriter.Stored("a", TableWriter.place(1 << 20, 5))));
    assertRefused("a block lies outside of the file");
    out = new TableWriter();
    out.write(path, List.of(new TableWriter.Stored("a", TableWriter.place(0, Integer.MAX_VALUE))));
    assertRefused("a block lies outside of the file");
  }

  @Test
  void keysThatGrowWithoutEndAreRefused() throws IOException {
    int count = 20_000;
    byte[][] entries = new byte[count][];
    for (int i = 0; i < count; i++) {
      entries[i] = TableWriter.entry(i, "x", "");
    }
    out.write(path, List.of(new TableWriter.Stored("y", out.add(TableWriter.block(entries), 0))));
    try (SortedTable table = SortedTable.open(path)) {
      assertThatThrownBy(() -> contents(table))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("absurdly long");
    }
  }

  @Test
  void anUnknownCompressionIsRefused() throws IOException {
    out.write(
        path,
        List.of(
            new TableWriter.Stored(
                "a", out.add(TableWriter.block(TableWriter.entry(0, "a", "1")), 4))));
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
}
