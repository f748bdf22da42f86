package dev.picasso.catalogue;

import dev.picasso.PicassoException;

/** A file that could not be had; the message says from where, why, and what to do. */
public class DownloadException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }

  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
