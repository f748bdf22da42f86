package dev.picasso.attribution;

import dev.picasso.PicassoException;

/** A method that a model, or a target, cannot have; the message says why, and what to do. */
public class InapplicableException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public InapplicableException(String message) {
    super(message);
  }

  public InapplicableException(String message, Throwable cause) {
    super(message, cause);
  }
}
