package dev.picasso.run;

import java.nio.file.Path;

/** Tells a file from every other one by its bytes. */
public final class FileHash {
  private FileHash() {}

  /**
   * SHA-256 of the bytes, in hexadecimal digits.
   *
   * @throws dev.picasso.PicassoException if the file cannot be read
   */
  public static String of(Path file) {
    return Sha256.of(file);
  }
}
