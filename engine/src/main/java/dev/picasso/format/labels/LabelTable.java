package dev.picasso.format.labels;

import dev.picasso.PicassoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table that tells what each image truly shows: lines of an image and a label, with commas,
 * semicolons or tabs between; a heading may name the columns, of which there may be more. Finding
 * an image takes no longer in a table of a hundred thousand lines.
 */
public final class LabelTable {
  /** An image as the table calls it, perhaps with folders, and what it shows. */
  public record Row(String image, String label) {
    private String path() {
      return image.replace('\\', '/');
    }
  }

  private static final Set<String> IMAGE =
      Set.of("image", "images", "file", "filename", "file_name", "name", "path", "id", "image_id");
  private static final Set<String> LABEL =
      Set.of("label", "labels", "class", "class_name", "category", "target", "truth", "true label");
  private static final int LONGEST = 100;
  private static final String WHAT_IT_HAS =
      " Each line has an image and its label, as in \"photo.jpg,tank\".";

  private final List<Row> rows;

  /** By the last part of what the table calls the image: rows of one path, the first of each. */
  private final Map<String, Map<String, Row>> byName = new HashMap<>();

  private LabelTable(List<Row> rows) {
    this.rows = List.copyOf(rows);
    for (Row row : this.rows) {
      byName
          .computeIfAbsent(last(row.path()), name -> new LinkedHashMap<>())
          .putIfAbsent(row.path(), row);
    }
  }

  /** All rows in their order. */
  public List<Row> rows() {
    return rows;
  }

  /**
   * Reads a table.
   *
   * @throws PicassoException naming the first line that has no label
   */
  public static LabelTable parse(String text) {
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    Pattern cell = cell(separator(lines.stream().filter(l -> !l.isBlank()).findFirst().orElse("")));
    int image = 0;
    int label = 1;
    List<Row> rows = new ArrayList<>();
    boolean first = true;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> cells = cells(lines.get(i), cell);
      Optional<int[]> heading = first ? heading(cells) : Optional.empty();
      first = false;
      if (heading.isPresent()) {
        image = heading.get()[0];
        label = heading.get()[1];
      } else if (Math.max(image, label) >= cells.size() || cells.get(label).isBlank()) {
        throw new PicassoException(
            "Line %d of the table has no label: \"%s\".%s"
                .formatted(i + 1, shown(lines.get(i)), WHAT_IT_HAS));
      } else {
        rows.add(new Row(cells.get(image), cells.get(label)));
      }
    }
    if (rows.isEmpty()) {
      throw new PicassoException("The table is empty." + WHAT_IT_HAS);
    }
    return new LabelTable(rows);
  }

  private static String shown(String line) {
    String plain = line.replaceAll("\\p{C}", " ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  private static char separator(String line) {
    return line.indexOf('\t') >= 0 ? '\t' : line.indexOf(',') >= 0 ? ',' : ';';
  }

  private static Optional<int[]> heading(List<String> cells) {
    List<String> plain = cells.stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    int image = indexOf(plain, IMAGE);
    int label = indexOf(plain, LABEL);
    return image < 0 || label < 0 ? Optional.empty() : Optional.of(new int[] {image, label});
  }

  private static int indexOf(List<String> cells, Set<String> words) {
    for (int i = 0; i < cells.size(); i++) {
      if (words.contains(cells.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Cells, some of them in quotes, as RFC 4180 has them. */
  private static List<String> cells(String line, Pattern cell) {
    List<String> cells = new ArrayList<>();
    Matcher found = cell.matcher(line);
    while (found.find()) {
      String quoted = found.group(1);
      cells.add(quoted == null ? found.group(2).strip() : quoted.replace("\"\"", "\""));
      if (found.group(3).isEmpty()) {
        break;
      }
    }
    return cells;
  }

  private static Pattern cell(char separator) {
    return Pattern.compile(
        "\\G(?:\"((?:[^\"]|\"\")*+)\"[^%1$s]*|([^%1$s]*))(%1$s|$)".formatted(separator));
  }

  /**
   * The label of an image: the row that names most of its path.
   *
   * @param name of the image, perhaps with folders before it, each with a slash behind
   */
  public Optional<String> of(String name) {
    String base = last(name);
    Map<String, Row> same = byName.getOrDefault(base, Map.of());
    return same.values().stream()
        .filter(row -> isOf(row.path(), name))
        .findFirst()
        .or(() -> same.values().stream().findFirst())
        .or(() -> withoutEnding(base))
        .map(Row::label);
  }

  private static boolean isOf(String row, String name) {
    return row.equals(name) || row.endsWith("/" + name) || name.endsWith("/" + row);
  }

  /** A row that names the image, but for all its endings. */
  private Optional<Row> withoutEnding(String base) {
    int dot = base.indexOf('.');
    String stem = base.substring(0, Math.max(0, dot));
    return dot < 1
        ? Optional.empty()
        : Optional.ofNullable(byName.getOrDefault(stem, Map.of()).get(stem));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
