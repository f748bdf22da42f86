package dev.picasso.app.web;

import dev.picasso.PicassoException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The secret that lets people in. It never stands in a message or in a log. */
public final class Token {
  private static final int BYTES = 24;

  /** What goes into addresses, cookies and headers as it is, and is not guessed. */
  private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9_-]{16,200}");

  private final String value;

  private Token(String value) {
    this.value = value;
  }

  /** A new one of 192 bits. */
  public static Token random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(HexFormat.of().formatHex(bytes));
  }

  /**
   * One that was chosen by whoever runs the server.
   *
   * @param source what it was said with, for the message
   * @throws PicassoException if it is too short, or has other characters
   */
  public static Token of(String source, String chosen) {
    if (!GOOD.matcher(chosen).matches()) {
      throw new PicassoException(
          source
              + " must be 16 to 200 letters, digits, - or _, as 'openssl rand -hex 24' prints"
              + " them.");
    }
    return new Token(chosen);
  }

  /** The same time is taken whatever is wrong with a guess. */
  boolean matches(String guess) {
    return MessageDigest.isEqual(digest(value), digest(guess));
  }

  String value() {
    return value;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  @Override
  public String toString() {
    return "a token";
  }
}
