package dev.picasso.image.decode;

import java.util.Locale;

/** Says what a file is that is no picture, as far as its first bytes tell. */
final class Signature {
  private static final String[][] KNOWN = {
    {"504b0304", "a ZIP archive"},
    {"1f8b", "a gzip archive"},
    {"377abcaf271c", "a 7z archive"},
    {"526172211a07", "a RAR archive"},
    {"25504446", "a PDF document"},
    {"894844460d0a1a0a", "an HDF5 file, perhaps a Keras model"},
    {"934e554d5059", "a NumPy array"},
    {"........667479706865", "a HEIC photograph"},
    {"........667479706d6966", "a HEIC photograph"},
    {"........6674797061766966", "an AVIF picture"},
    {"........66747970", "a film"},
    {"0000000c6a502020", "a JPEG 2000 picture"},
    {"0000000c4a584c20", "a JPEG XL picture"},
    {"ff0a", "a JPEG XL picture"},
    {"38425053", "a Photoshop file"},
    {"00000100", "an icon"},
    {"7f454c46", "a program"},
    {"4d5a", "a program"},
  };

  private Signature() {}

  /**
   * Whether a file begins so.
   *
   * @param hexadecimal with two dots for any byte
   */
  static boolean matches(String hexadecimal, byte[] file) {
    if (file.length < hexadecimal.length() / 2) {
      return false;
    }
    for (int i = 0; i < hexadecimal.length() / 2; i++) {
      String digits = hexadecimal.substring(2 * i, 2 * i + 2);
      if (!digits.equals("..") && Integer.parseInt(digits, 16) != (file[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** As in "a ZIP archive, not an image". */
  static String describe(byte[] file) {
    for (String[] known : KNOWN) {
      if (matches(known[0], file)) {
        return known[1] + ", not an image";
      }
    }
    int n = Math.min(file.length, 512);
    String start = new String(file, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1);
    String text = start.strip().toLowerCase(Locale.ROOT);
    if (text.contains("<svg")) {
      return "an SVG drawing, which has no pixels";
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return "a web page, not an image";
    }
    boolean printable = start.chars().allMatch(c -> c >= 32 || c == 9 || c == 10 || c == 13);
    return printable ? "a text, not an image" : "not an image";
  }
}
