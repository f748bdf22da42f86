package dev.picasso.app.web.state;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names that strangers give to files, and names that we make. */
public final class Names {
  private static final int LONGEST = 120;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  /** What Windows does not take as a file name, whatever its ending. */
  private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");

  private Names() {}

  /** A name for people to read: no folders, no control characters, not too long. */
  public static String shown(String given) {
    String base = base(given).replaceAll("\\p{C}", "").strip();
    String kept = base.length() > LONGEST ? base.substring(base.length() - LONGEST) : base;
    String whole = isSecondHalf(kept, 0) ? kept.substring(1) : kept;
    return whole.isEmpty() ? "image" : whole;
  }

  /** What somebody calls a class: on one line, and not too long; empty if nothing is to be seen. */
  public static String label(String given) {
    String line = given.replaceAll("\\p{C}", " ").strip();
    int end = isSecondHalf(line, LONGEST) ? LONGEST - 1 : LONGEST;
    return line.length() > LONGEST ? line.substring(0, end) : line;
  }

  /** Whether a cut there would halve a character, of which no file could be made. */
  private static boolean isSecondHalf(String text, int at) {
    return at < text.length() && Character.isLowSurrogate(text.charAt(at));
  }

  /**
   * A name for people that is not taken. The outermost folder is that which was given; those in it
   * stay, as in "cats/1.png". It is named too where that tells two apart; else a number does, as in
   * "1 (2).png".
   */
  static String free(String given, Set<String> taken) {
    List<String> path = path(given);
    String own = String.join("/", path.subList(Math.min(1, path.size() - 1), path.size()));
    if (!taken.contains(own)) {
      return own;
    }
    String told = String.join("/", path);
    int dot = told.lastIndexOf('.') > told.lastIndexOf('/') ? told.lastIndexOf('.') : told.length();
    String free = told;
    for (int n = 2; taken.contains(free); n++) {
      free = told.substring(0, dot) + " (" + n + ")" + told.substring(dot);
    }
    return free;
  }

  /** The folders of a file and its name, as people read them; as many as are not too long. */
  private static List<String> path(String given) {
    String[] parts = given.replace('\\', '/').split("/", -1);
    List<String> path = new ArrayList<>(List.of(shown(given)));
    int length = path.get(0).length();
    for (int i = parts.length - 2; i >= 0; i--) {
      String folder = parts[i].matches("[. ]*") ? "" : shown(parts[i]);
      length += folder.length() + 1;
      if (length > LONGEST) {
        break;
      }
      if (!folder.isEmpty()) {
        path.add(0, folder);
      }
    }
    return path;
  }

  /** The folder that a file lies in, where its name tells. */
  public static Optional<String> folder(String given) {
    String[] parts = given.replace('\\', '/').split("/", -1);
    return parts.length > 1 && !parts[parts.length - 2].matches("[. ]*")
        ? Optional.of(shown(parts[parts.length - 2]))
        : Optional.empty();
  }

  /** A name that is safe as a file's: letters, digits, dot, hyphen, underscore; no dot first. */
  public static String file(String given) {
    String plain = base(given).strip().replaceAll("\\s+", "_").replaceAll("[^A-Za-z0-9_.-]", "");
    String kept = plain.length() > LONGEST ? plain.substring(plain.length() - LONGEST) : plain;
    String start = kept.replaceAll("^[._-]+", "");
    boolean bad = start.isEmpty() || RESERVED.contains(stem(start).toLowerCase(Locale.ROOT));
    return bad ? "file" + (start.contains(".") ? start.substring(start.indexOf('.')) : "") : start;
  }

  private static String stem(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The last part of a path of any system. */
  private static String base(String given) {
    int slash = Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\'));
    return given.substring(slash + 1);
  }

  /** A short name that nobody guesses, as in "k7x2mq9p4d". */
  static String random() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return name.toString();
  }

  /** A secret of 128 bits, hexadecimal. */
  static String secret() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
