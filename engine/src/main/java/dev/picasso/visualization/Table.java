package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts and numbers in rows.
 *
 * @param columns what heads each
 * @param rows cells as they are shown, as many as columns
 * @param meaning what it tells, in a sentence or less
 */
public record Table(String label, List<String> columns, List<List<String>> rows, String meaning)
    implements Part {
  /** Rows of a larger table are left out on pages and in JSON; its file has all. */
  private static final int MOST_SHOWN = 200;

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d cells in a table of %d columns".formatted(row.size(), columns.size()));
      }
    }
  }

  @Override
  public String kind() {
    return "table";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("meaning", meaning);
    facts.put("columns", columns);
    facts.put("rows", rows.subList(0, Math.min(MOST_SHOWN, rows.size())));
    facts.put("rowCount", rows.size());
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of(new Content(FileRole.CSV, () -> Csv.bytes(columns, rows)));
  }
}
