package dev.picasso.image.decode;

/** Bytes that files begin with, in hexadecimal; two dots stand for any byte. */
final class Signature {
  private Signature() {}

  /** Whether a file begins so. */
  static boolean matches(String hexadecimal, byte[] file) {
    return matches(hexadecimal, file, 0);
  }

  /** Whether these bytes stand in a file at that place. */
  static boolean matches(String hexadecimal, byte[] file, int at) {
    if (file.length < at + hexadecimal.length() / 2) {
      return false;
    }
    for (int i = 0; i < hexadecimal.length() / 2; i++) {
      String digits = hexadecimal.substring(2 * i, 2 * i + 2);
      if (!digits.equals("..") && Integer.parseInt(digits, 16) != (file[at + i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
