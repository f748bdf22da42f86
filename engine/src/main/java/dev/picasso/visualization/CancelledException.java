package dev.picasso.visualization;

import dev.picasso.PicassoException;

/** The person asked to stop. */
public class CancelledException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("Cancelled.");
  }
}
