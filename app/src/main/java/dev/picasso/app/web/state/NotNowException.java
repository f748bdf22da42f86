package dev.picasso.app.web.state;

import dev.picasso.PicassoException;

/** A question that is not answered, since a newer one took its place or too many ask at once. */
public final class NotNowException extends PicassoException {
  private static final long serialVersionUID = 1L;

  private final boolean overtaken;

  private NotNowException(String message, boolean overtaken) {
    super(message);
    this.overtaken = overtaken;
  }

  static NotNowException overtaken() {
    return new NotNowException("A newer question of yours took the place of this one.", true);
  }

  static NotNowException busy() {
    return new NotNowException("Too many ask at once; try again in a moment.", false);
  }

  /** Whether a newer question of the same person took its place. */
  public boolean isOvertaken() {
    return overtaken;
  }
}
