package dev.picasso.belief.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as in RFC 4180, record after record, and tells where each ends. A
 * record without its line feed at the end of the file is torn, and is none.
 */
final class CsvRecords {
  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private long read;
  private long end;

  /** A quote that closed a cell just now, else 0. */
  private int last;

  /** Reads from a stream that is buffered. */
  CsvRecords(InputStream in) {
    this.in = in;
  }

  /** How many bytes the records so far take. */
  long end() {
    return end;
  }

  /** The cells of the next record; none at the end of the file, or where the rest is torn. */
  List<String> next() throws IOException {
    List<String> cells = new ArrayList<>();
    ByteArrayOutputStream cell = new ByteArrayOutputStream();
    boolean quoted = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      read++;
      if (read - end > LONGEST) {
        return List.of();
      }
      if (b == '"') {
        quoted = !quoted;
        // A doubled quote leaves and enters again, and stands for itself.
        if (quoted && last == '"') {
          cell.write(b);
        }
        last = quoted ? 0 : '"';
        continue;
      }
      last = 0;
      if (b == ',' && !quoted) {
        cells.add(cell.toString(StandardCharsets.UTF_8));
        cell.reset();
      } else if (b == '\n' && !quoted) {
        cells.add(cell.toString(StandardCharsets.UTF_8));
        end = read;
        return List.copyOf(cells);
      } else {
        cell.write(b);
      }
    }
    return List.of();
  }
}
