package dev.picasso.visualization;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values as in RFC 4180, in UTF-8, with line feeds. Names in them are a stranger's:
 * a text that a spreadsheet would take for a formula gets an apostrophe before it, which says that
 * it is a text. Numbers stay numbers.
 */
public final class Csv {
  /** What formulas begin with in spreadsheets, blanks and line ends before it or not. */
  private static final Pattern FORMULA =
      Pattern.compile("[\\s\\p{Z}\\p{Cc}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?( ?%)?|[+-]?Infinity|NaN");

  private Csv() {}

  /** A table with its head. */
  public static byte[] bytes(List<String> columns, List<List<String>> rows) {
    StringBuilder text = new StringBuilder(line(columns));
    rows.forEach(row -> text.append(line(row)));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A line, with the line feed at its end. */
  public static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(String given) {
    String text = isFormula(given) ? "'" + given : given;
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static boolean isFormula(String text) {
    return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
  }
}
