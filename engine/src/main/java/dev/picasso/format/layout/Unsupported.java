package dev.picasso.format.layout;

/** A layer that cannot be imported, and why; the walk goes on and tells of all of them at once. */
public final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Unsupported(String message) {
    super(message, null, false, false);
  }
}
