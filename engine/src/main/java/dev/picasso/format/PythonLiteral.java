package dev.picasso.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flat list, tuple or dictionary of texts and numbers as Python prints it, such as {@code {0:
 * 'person', 1: "it's"}}; JSON's are among them. Nothing is evaluated.
 */
final class PythonLiteral {
  /** Longer than the names of any set of classes. */
  private static final int LONGEST = 1 << 22;

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * An element.
   *
   * @param key its key as text; empty in lists and tuples
   */
  record Item(String key, String value) {}

  /** The elements in the order of the text; empty if it is nothing of the kind. */
  static Optional<List<Item>> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      PythonLiteral literal = new PythonLiteral(text);
      List<Item> items = literal.items();
      literal.blanks();
      return literal.at == text.length() ? Optional.of(items) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty(); // a file may say anything of itself
    }
  }

  private List<Item> items() {
    char open = next();
    boolean keyed = open == '{';
    char close = keyed ? '}' : open == '[' ? ']' : open == '(' ? ')' : 0;
    if (close == 0) {
      throw new IllegalArgumentException("no bracket");
    }
    List<Item> items = new ArrayList<>();
    while (peek() != close) {
      String key = "";
      if (keyed) {
        key = scalar();
        require(':');
      }
      items.add(new Item(key, scalar()));
      if (peek() != close) {
        require(',');
      }
    }
    at++;
    return items;
  }

  private String scalar() {
    char first = peek();
    if (first == '\'' || first == '"') {
      return quoted();
    }
    int from = at;
    while (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (from == at) {
      throw new IllegalArgumentException("no text or number at " + at);
    }
    return text.substring(from, at);
  }

  private String quoted() {
    char quote = text.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\') {
        escaped(value);
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  private void escaped(StringBuilder value) {
    char c = text.charAt(at++);
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'x' -> value.appendCodePoint(hexadecimal(2));
      case 'u' -> value.append((char) hexadecimal(4));
      case 'U' -> value.appendCodePoint(hexadecimal(8));
      default -> value.append(c);
    }
  }

  private int hexadecimal(int digits) {
    at += digits;
    return Integer.parseInt(text.substring(at - digits, at), 16);
  }

  private char peek() {
    blanks();
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void require(char wanted) {
    if (next() != wanted) {
      throw new IllegalArgumentException("no " + wanted + " at " + at);
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
