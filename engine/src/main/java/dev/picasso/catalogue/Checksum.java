package dev.picasso.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a file's bytes.
 *
 * @param hex in lower case
 */
public record Checksum(Algorithm algorithm, String hex) {
  private static final int BUFFER = 1 << 18;

  /** How it is computed. */
  public enum Algorithm {
    SHA_256("SHA-256", 64),
    /** Where a publisher tells no other; it finds damage, not somebody's intent. */
    MD5("MD5", 32);

    private final String name;
    private final int digits;

    Algorithm(String name, int digits) {
      this.name = name;
      this.digits = digits;
    }

    /** As in "SHA-256". */
    public String title() {
      return name;
    }
  }

  public Checksum {
    if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
      throw new IllegalArgumentException(hex + " is no " + algorithm.name);
    }
  }

  public static Checksum sha256(String hex) {
    return new Checksum(Algorithm.SHA_256, hex);
  }

  public static Checksum md5(String hex) {
    return new Checksum(Algorithm.MD5, hex);
  }

  /** The checksum of a file, of the same algorithm. */
  public Checksum of(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm.name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has both
    }
  }

  /** As in "SHA-256 7aad0c…". */
  @Override
  public String toString() {
    return algorithm.name + " " + hex;
  }
}
