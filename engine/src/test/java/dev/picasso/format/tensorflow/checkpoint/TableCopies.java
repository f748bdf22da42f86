package dev.picasso.format.tensorflow.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Tables whose keys and values are others than before, with checksums that are right. */
public final class TableCopies {
  private TableCopies() {}

  /**
   * A copy of a table.
   *
   * @param file a sound table; replaced by the copy
   * @param change gives key and value of each entry, in order, from those that were there; texts
   *     stand for bytes in Latin-1
   */
  public static void rewrite(Path file, BiFunction<String, String, List<String>> change)
      throws IOException {
    List<byte[]> entries = new ArrayList<>();
    try (SortedTable table = SortedTable.open(file)) {
      table.forEach(
          (key, value) -> {
            List<String> entry = change.apply(text(key), text(value));
            entries.add(TableWriter.entry(0, entry.get(0), entry.get(1)));
          });
    }
    Files.delete(file);
    TableWriter out = new TableWriter();
    byte[] place = out.add(TableWriter.block(entries.toArray(new byte[0][])), 0);
    out.write(file, List.of(new TableWriter.Stored("\u00ff\u00ff", place)));
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
  }
}
