package dev.picasso.run;

import java.nio.file.Path;
import java.util.Optional;

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

  /**
   * The hash of a model as results tell it: of the bytes of its file, or of the names and contents
   * of all files in its folder.
   *
   * @return empty for a folder that is too large, or what cannot be read
   */
  public static Optional<String> ofModel(Path path) {
    return ModelHashes.ofFiles(path);
  }
}
