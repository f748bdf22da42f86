package dev.picasso.visualization;

import dev.picasso.StoppedException;

/** The person asked to stop. */
public class CancelledException extends StoppedException {
  private static final long serialVersionUID = 1L;
}
