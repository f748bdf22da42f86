package dev.picasso;

/**
 * Something a person gave Picasso cannot be used. The message is written for that person: what was
 * wrong, where, and what to do. Front ends print it as it is, without a stack trace.
 */
public class PicassoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PicassoException(String message) {
    super(message);
  }

  public PicassoException(String message, Throwable cause) {
    super(message, cause);
  }
}
