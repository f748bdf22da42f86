package dev.picasso.run;

import dev.picasso.PicassoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in hexadecimal digits. */
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(new Sha256().digest.digest(bytes));
  }

  static String of(Path file) {
    return new Sha256().file(file).hex();
  }

  /** Adds a text, and its length, so that no two lists of texts are alike. */
  Sha256 text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  /** Adds the rest of a buffer. */
  Sha256 bytes(java.nio.ByteBuffer bytes) {
    digest.update(bytes.duplicate());
    return this;
  }

  /** Adds the bytes of a file. */
  Sha256 file(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
      return this;
    } catch (IOException e) {
      throw new PicassoException(file.getFileName() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
