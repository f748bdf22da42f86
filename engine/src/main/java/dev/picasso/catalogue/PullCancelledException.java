package dev.picasso.catalogue;

import dev.picasso.PicassoException;

/** The person asked to stop. What has come is kept. */
public class PullCancelledException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public PullCancelledException() {
    super("Cancelled. What has come is kept; the next attempt goes on from there.");
  }
}
