package dev.picasso.format.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names of classes with one on each line. Where all lines carry an index, in front ({@code 2 blue},
 * {@code 0:red}, {@code 0,red}) or behind ({@code red,0}), they are put into its order, and it is
 * no part of the name; it counts from 0 or from 1, each number once. WordNet's ids are left out if
 * all lines have one, the headings of columns too.
 */
final class LabelLines {
  private static final int MOST_LINES = 100_000;
  private static final int LONGEST_LINE = 1000;

  private static final Pattern INDEX_FIRST =
      Pattern.compile("\"?(\\d{1,9})\"?(?:\\s*[:,;=|\\t]|[.)]?\\s)\\s*(?:-\\s+)?(.*\\S)");
  private static final Pattern INDEX_LAST = Pattern.compile("(.*\\S)\\s*[:,;=|\\t]\\s*(\\d{1,9})");
  private static final Pattern WORDNET = Pattern.compile("n\\d{8}[\\s,:;]+(.*\\S)");
  private static final Pattern COLUMN =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,;\\t]*))\\s*([,;\\t]|$)");
  private static final Pattern ROW_OF_HEADINGS =
      Pattern.compile("(?i)\\D*(id|index|idx|number|no|class|label|name|code|key|value)\\D*");
  private static final Set<String> HEADINGS =
      Set.of("label", "labels", "name", "names", "class", "classes", "category", "categories");

  private LabelLines() {}

  /** A line, its place and its name. */
  private record Numbered(int index, String name) {}

  /** The names; none from blank lines, and none at all from what is too long for a list of them. */
  static List<String> read(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()
        || lines.size() > MOST_LINES
        || lines.stream().anyMatch(l -> l.length() > LONGEST_LINE)) {
      return List.of();
    }
    List<String> rest = lines.subList(1, lines.size());
    List<String> names =
        ordered(lines, Optional.empty())
            .or(
                () ->
                    isRowOfHeadings(lines.get(0))
                        ? ordered(rest, Optional.of(lines.get(0)))
                        : Optional.empty())
            .orElseGet(() -> isHeading(lines.get(0)) && !rest.isEmpty() ? rest : lines);
    return withoutIds(names).stream().map(LabelLines::unquoted).toList();
  }

  /** The names by their index; empty if the lines have none. */
  private static Optional<List<String>> ordered(List<String> lines, Optional<String> heading) {
    Optional<List<String>> columns = heading.flatMap(h -> columns(lines, h));
    return columns
        .or(() -> sorted(lines, INDEX_FIRST, 1, 2))
        .or(() -> sorted(lines, INDEX_LAST, 2, 1).filter(LabelLines::areDistinct));
  }

  private static Optional<List<String>> sorted(
      List<String> lines, Pattern pattern, int index, int name) {
    List<Numbered> numbered = new ArrayList<>();
    for (String line : lines) {
      Matcher m = pattern.matcher(line);
      if (!m.matches()) {
        return Optional.empty();
      }
      numbered.add(new Numbered(Integer.parseInt(m.group(index)), m.group(name)));
    }
    return inOrder(numbered);
  }

  /** The names by index, which begins at 0 or 1 and leaves none out; else empty. */
  private static Optional<List<String>> inOrder(List<Numbered> numbered) {
    int n = numbered.size();
    int first = numbered.stream().mapToInt(Numbered::index).min().orElse(-1);
    String[] names = new String[n];
    for (Numbered line : numbered) {
      int at = line.index() - first;
      if (at >= n || names[at] != null) {
        return Optional.empty();
      }
      names[at] = line.name();
    }
    return first == 0 || (first == 1 && n > 1)
        ? Optional.of(Arrays.asList(names))
        : Optional.empty();
  }

  /** "photo 1", "photo 2": numbers that belong to names would leave names all alike. */
  private static boolean areDistinct(List<String> names) {
    return Set.copyOf(names).size() == names.size();
  }

  /** A table with headings: the column of the index, and the one that is called after names. */
  private static Optional<List<String>> columns(List<String> lines, String heading) {
    List<String> titles = cells(heading).stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
    List<List<String>> rows = lines.stream().map(LabelLines::cells).toList();
    boolean table =
        titles.size() > 1
            && !rows.isEmpty()
            && rows.stream().allMatch(r -> r.size() == titles.size());
    int index = table ? indexColumn(rows) : -1;
    if (index < 0) {
      return Optional.empty();
    }
    int named =
        IntStream.range(0, titles.size())
            .filter(i -> i != index && titles.get(i).matches(".*(label|name|class|categor|desc).*"))
            .findFirst()
            .orElse(index == 0 ? 1 : 0);
    return inOrder(
        rows.stream()
            .map(r -> new Numbered(Integer.parseInt(r.get(index)), r.get(named)))
            .toList());
  }

  private static int indexColumn(List<List<String>> rows) {
    return IntStream.range(0, rows.get(0).size())
        .filter(i -> rows.stream().allMatch(r -> r.get(i).matches("\\d{1,9}")))
        .filter(
            i -> rows.stream().map(r -> r.get(i)).collect(Collectors.toSet()).size() == rows.size())
        .findFirst()
        .orElse(-1);
  }

  /** The cells of a line of a table with commas, semicolons or tabs. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    Matcher m = COLUMN.matcher(line);
    int at = 0;
    while (at <= line.length() && m.find(at) && m.start() == at) {
      String quoted = m.group(1);
      cells.add(quoted == null ? m.group(2).strip() : quoted.replace("\"\"", "\""));
      if (m.group(3).isEmpty()) {
        break;
      }
      at = m.end();
    }
    return cells;
  }

  private static boolean isRowOfHeadings(String line) {
    return ROW_OF_HEADINGS.matcher(line).matches();
  }

  private static boolean isHeading(String line) {
    return HEADINGS.contains(
        unquoted(line).toLowerCase(Locale.ROOT).replaceAll("(class|label)[_ ]", ""));
  }

  private static List<String> withoutIds(List<String> names) {
    List<Matcher> ids = names.stream().map(WORDNET::matcher).toList();
    return ids.stream().allMatch(Matcher::matches)
        ? ids.stream().map(m -> m.group(1)).toList()
        : names;
  }

  private static String unquoted(String name) {
    boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return quoted ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
  }
}
