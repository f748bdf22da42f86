package dev.picasso.image;

import dev.picasso.PicassoException;

/** A picture that cannot be read. The message names the file, the reason and what can be read. */
public class ImageException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public ImageException(String message) {
    super(message);
  }

  public ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
