package dev.picasso.gradient;

/** A rule's word that it cannot differentiate this node; the walk adds which one it is. */
final class UnsupportedGradientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsupportedGradientException(String reason) {
    super(reason);
  }
}
