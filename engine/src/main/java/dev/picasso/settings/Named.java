package dev.picasso.settings;

import dev.picasso.PicassoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that is chosen by its name, with settings of its own, as people write it in one word:
 * {@code grad-cam} or {@code integrated-gradients(steps=20, baseline=black)}.
 *
 * @param settings by name, as text; the others keep their defaults
 */
public record Named(String id, Map<String, String> settings) {
  /** Longer texts are not looked at. */
  private static final int LONGEST = 4_000;

  public Named {
    settings = Map.copyOf(settings);
  }

  /** Something with its usual settings. */
  public static Named of(String id) {
    return new Named(id, Map.of());
  }

  /** Something whose settings are not all the usual ones; both schemas are of one record. */
  public static Named of(String id, Schema<?> usual, Schema<?> given) {
    Map<String, String> before = usual.initial();
    Map<String, String> other = new LinkedHashMap<>(given.initial());
    other.entrySet().removeIf(e -> e.getValue().equals(before.get(e.getKey())));
    return new Named(id, other);
  }

  /**
   * Reads one.
   *
   * @throws PicassoException if it is not written so
   */
  public static Named parse(String text) {
    List<Named> all = list(text);
    if (all.size() != 1) {
      throw new PicassoException("'" + shown(text) + "' names " + all.size() + "; one is wanted.");
    }
    return all.get(0);
  }

  /**
   * Reads several, with commas between them; none in an empty text.
   *
   * @throws PicassoException if they are not written so
   */
  public static List<Named> list(String text) {
    if (text.length() > LONGEST) {
      throw new PicassoException("A list of names has at most " + LONGEST + " characters.");
    }
    List<Named> all = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || depth > 1 || (depth == 1 && i == text.length())) {
        throw unreadable(text);
      }
      if (c == ',' && depth == 0) {
        String one = text.substring(from, i).strip();
        if (!one.isEmpty()) {
          all.add(one(one));
        } else if (i < text.length()) {
          throw unreadable(text);
        }
        from = i + 1;
      }
    }
    return List.copyOf(all);
  }

  private static Named one(String text) {
    int open = text.indexOf('(');
    if (open < 0) {
      return of(text);
    }
    if (open == 0 || !text.endsWith(")")) {
      throw unreadable(text);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    String inside = text.substring(open + 1, text.length() - 1).strip();
    for (String pair : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw unreadable(text);
      }
      settings.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return new Named(text.substring(0, open).strip(), settings);
  }

  private static PicassoException unreadable(String text) {
    return new PicassoException(
        "'"
            + shown(text)
            + "' cannot be read; write names with commas between them, and settings in"
            + " parentheses, as in grad-cam, occlusion(patch=16, stride=8).");
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return settings.isEmpty()
        ? id
        : settings.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", ", id + "(", ")"));
  }
}
