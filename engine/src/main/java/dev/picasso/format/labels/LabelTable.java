package dev.picasso.format.labels;

import dev.picasso.PicassoException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table that tells what each image truly shows: lines of an image and a label, with commas,
 * semicolons or tabs between; a heading may name the columns, of which there may be more.
 *
 * @param rows in their order
 */
public record LabelTable(List<Row> rows) {
  /** An image as the table calls it, perhaps with folders, and what it shows. */
  public record Row(String image, String label) {}

  private static final Set<String> IMAGE =
      Set.of("image", "images", "file", "filename", "file_name", "name", "path", "id", "image_id");
  private static final Set<String> LABEL =
      Set.of("label", "labels", "class", "class_name", "category", "target", "truth", "true label");
  private static final int LONGEST = 100;
  private static final String WHAT_IT_HAS =
      " Each line has an image and its label, as in \"photo.jpg,tank\".";

  /** Keeps a copy. */
  public LabelTable {
    rows = List.copyOf(rows);
  }

  /**
   * Reads a table.
   *
   * @throws PicassoException naming the first line that has no label
   */
  public static LabelTable parse(String text) {
    List<String> lines = text.replace("\uFEFF", "").lines().toList();
    char separator = separator(lines.stream().filter(l -> !l.isBlank()).findFirst().orElse(""));
    int image = 0;
    int label = 1;
    List<Row> rows = new ArrayList<>();
    boolean first = true;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> cells = cells(lines.get(i), separator);
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
  private static List<String> cells(String line, char separator) {
    Pattern cell =
        Pattern.compile(
            "\\G(?:\"((?:[^\"]|\"\")*+)\"[^%1$s]*|([^%1$s]*))(%1$s|$)".formatted(separator));
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

  /**
   * Tells the label of an image: that of the row that names most of its path, or else of the first
   * with its file's name, with or without an ending.
   *
   * @return takes the name of an image, perhaps with folders before it, each with a slash behind
   */
  public Function<String, Optional<String>> finder() {
    Map<String, List<Row>> byFile = new HashMap<>();
    for (Row row : rows) {
      String path = row.image.replace('\\', '/');
      byFile.computeIfAbsent(file(path), k -> new ArrayList<>()).add(new Row(path, row.label));
    }
    return name -> find(byFile, name).map(Row::label);
  }

  private static Optional<Row> find(Map<String, List<Row>> byFile, String name) {
    String file = file(name);
    List<Row> alike = byFile.getOrDefault(file, List.of());
    String bare = file.replaceFirst("\\..*", "");
    return alike.stream()
        .filter(row -> isSame(row.image, name))
        .max(Comparator.comparingInt(row -> Math.min(row.image.length(), name.length())))
        .or(() -> alike.stream().findFirst())
        .or(
            () ->
                byFile.getOrDefault(bare, List.of()).stream()
                    .filter(row -> row.image.equals(bare))
                    .findFirst());
  }

  /** One of both may have more folders before it. */
  private static boolean isSame(String row, String name) {
    return row.equals(name) || row.endsWith("/" + name) || name.endsWith("/" + row);
  }

  private static String file(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
