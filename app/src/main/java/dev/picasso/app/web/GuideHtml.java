package dev.picasso.app.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the guide as HTML: of Markdown what the guide uses. Headings, paragraphs, lists,
 * tables, code, emphasis and links; everything else is text. Links to other pages lead to these;
 * pictures, which the application does not carry, are left out.
 */
final class GuideHtml {
  private static final Pattern ITEM = Pattern.compile("(\\*|\\d+\\.) +(.*)");
  private static final Pattern HEADING = Pattern.compile("(#{1,4}) +(.*)");
  private static final Pattern PICTURE = Pattern.compile("!\\[[^\\]]*\\]\\([^)]*\\)");
  private static final Pattern SPAN =
      Pattern.compile(
          "`([^`]*)`|\\[([^\\]]+)\\]\\(([^)\\s]+)\\)|\\*\\*([^*]+)\\*\\*"
              + "|(?<![\\w*])\\*([^*\\s](?:[^*]*[^*\\s])?)\\*(?![\\w*])");

  private final StringBuilder html = new StringBuilder();
  private final List<String> lines = new ArrayList<>();
  private String open = "";

  private GuideHtml() {}

  /** The page as HTML, without head and body. */
  static String of(String markdown) {
    GuideHtml made = new GuideHtml();
    PICTURE.matcher(markdown).replaceAll("").lines().forEach(made::add);
    made.close();
    return made.html.toString();
  }

  private void add(String line) {
    Matcher heading = HEADING.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (line.isBlank()) {
      close();
    } else if (heading.matches()) {
      close();
      String tag = "h" + heading.group(1).length();
      html.append("<%s>%s</%s>\n".formatted(tag, spans(heading.group(2)), tag));
    } else if (item.matches()) {
      begin(item.group(1).equals("*") ? "ul" : "ol");
      lines.add(item.group(2));
    } else if (line.startsWith("|")) {
      begin("table");
      lines.add(line);
    } else if (open.isEmpty() || open.equals("table")) {
      begin("p");
      lines.add(line);
    } else {
      lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n" + line.strip());
    }
  }

  private void begin(String tag) {
    if (!open.equals(tag)) {
      close();
      open = tag;
    }
  }

  private void close() {
    switch (open) {
      case "p" -> html.append("<p>%s</p>\n".formatted(spans(lines.get(0))));
      case "ul", "ol" -> {
        html.append("<" + open + ">\n");
        lines.forEach(line -> html.append("<li>%s</li>\n".formatted(spans(line))));
        html.append("</" + open + ">\n");
      }
      case "table" -> table();
      default -> {}
    }
    lines.clear();
    open = "";
  }

  /** The first line heads the columns, the second is a rule. */
  private void table() {
    html.append("<div class=\"table\" tabindex=\"0\"><table>\n");
    for (int i = 0; i < lines.size(); i++) {
      if (i == 1) {
        continue;
      }
      html.append("<tr>");
      String cell = i == 0 ? "<th scope=\"col\">%s</th>" : "<td>%s</td>";
      String inner = lines.get(i).strip().replaceAll("^\\||\\|$", "");
      for (String text : inner.split("(?<!\\\\)\\|", -1)) {
        String words = spans(text.strip().replace("\\|", "|"));
        html.append((words.isEmpty() ? "<td>%s</td>" : cell).formatted(words));
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private static String spans(String text) {
    StringBuilder out = new StringBuilder();
    Matcher span = SPAN.matcher(text);
    int from = 0;
    for (; span.find(); from = span.end()) {
      out.append(escaped(text.substring(from, span.start())));
      if (span.group(1) != null) {
        String code = escaped(span.group(1));
        out.append(code.isEmpty() ? "" : "<code>" + code + "</code>"); // a default of nothing
      } else if (span.group(2) != null) {
        out.append(link(spans(span.group(2)), span.group(3)));
      } else if (span.group(4) != null) {
        out.append("<strong>").append(spans(span.group(4))).append("</strong>");
      } else {
        out.append("<em>").append(spans(span.group(5))).append("</em>");
      }
    }
    return out.append(escaped(text.substring(from))).toString();
  }

  /** To other sites, and to pages about methods and checks; others are not served. */
  private static String link(String words, String to) {
    String page = to.replaceAll("\\.md(#.*)?$", "");
    boolean ours = to.contains(".md") && page.matches("(\\.\\./(methods|checks)/)?[\\w-]+");
    if (!ours && !to.startsWith("https://")) {
      return words;
    }
    return "<a href=\"%s\">%s</a>".formatted(escaped(ours ? page : to), words);
  }

  private static String escaped(String text) {
    return ProblemPage.escaped(text);
  }
}
