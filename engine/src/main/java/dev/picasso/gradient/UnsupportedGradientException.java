package dev.picasso.gradient;

/** A rule's word that it cannot differentiate this node; the walk adds which one it is. */
public final class UnsupportedGradientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason goes on after the operator's name, as in "its input 1 depends on the pixels"
   */
  public UnsupportedGradientException(String reason) {
    super(reason);
  }
}
