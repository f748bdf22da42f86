package dev.picasso.app.cli;

/**
 * Text as a terminal may get it. Names and labels come from files; characters in them that would
 * steer the terminal or turn the direction of writing stand there by their numbers, as in {@code
 * \\u001b}, which in JSON means the same character.
 */
final class Shown {
  private Shown() {}

  /** A text of one line, such as a label. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** A text that may have several lines. */
  static String text(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n');
      if (!steers(c) || (lines && (ends || c == '\t'))) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  /** Control characters, line separators, and marks and overrides of direction. */
  private static boolean steers(char c) {
    return Character.isISOControl(c)
        || c == '\u061C'
        || c == '\u200E'
        || c == '\u200F'
        || (c >= '\u2028' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }

  /** How many columns of a terminal a text takes. */
  static int width(String text) {
    return text.codePoints().map(Shown::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        Character.isIdeographic(c)
            || (c >= 0x1100 && c <= 0x115F) // Hangul that begins a syllable
            || (c >= 0x3000 && c <= 0x30FF) // punctuation, Hiragana, Katakana
            || (c >= 0xAC00 && c <= 0xD7A3) // Hangul
            || (c >= 0xFF01 && c <= 0xFF60) // wide forms of ASCII
            || (c >= 0x1F300 && c <= 0x1FAFF); // pictures
    return wide ? 2 : 1;
  }
}
