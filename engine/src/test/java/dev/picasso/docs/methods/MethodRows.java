package dev.picasso.docs.methods;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tables with a row for each method. */
final class MethodRows {
  private static final String START = "| `";

  private MethodRows() {}

  /** The methods to ask: those that {@code -Dpicasso.methods=a,b} names, else all. */
  static List<Attribution> asked() {
    return Optional.ofNullable(System.getProperty("picasso.methods"))
        .map(names -> Arrays.stream(names.split(",", -1)).map(Methods.builtIn()::get).toList())
        .orElseGet(() -> Methods.builtIn().all());
  }

  /** The cells behind the methods' ids in a text with such a table. */
  static Map<String, List<String>> of(String text) {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(START)) {
        List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String id = cells.get(1).replace("`", "");
        rows.put(id, new ArrayList<>(cells.subList(2, cells.size() - 1)));
      }
    }
    return rows;
  }

  /** The rows as lines of a table, in the order of the ids. */
  static String lines(Map<String, List<String>> rows) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(rows)
        .forEach(
            (id, cells) ->
                text.append(START)
                    .append(id)
                    .append("` | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n"));
    return text.toString();
  }

  /** What stands before a table. */
  static String before(String text) {
    return text.replaceFirst("(?s)\n\\|.*", "\n");
  }
}
