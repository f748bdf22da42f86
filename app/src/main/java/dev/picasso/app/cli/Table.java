package dev.picasso.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lines of text in columns; the last column may be as wide as it likes. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(Shown::line).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(PrintWriter out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append(cell);
        if (i < row.size() - 1) {
          line.append(" ".repeat(width(i) - Shown.width(cell) + 2));
        }
      }
      out.println(line);
    }
  }

  private int width(int column) {
    return rows.stream()
        .filter(r -> column < r.size())
        .mapToInt(r -> Shown.width(r.get(column)))
        .max()
        .orElse(0);
  }

  /** A number to three figures behind the point, as in "0.934". */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
