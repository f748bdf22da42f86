package dev.picasso.runtime;

import dev.picasso.PicassoException;

/** A graph that the runtime refuses, or a run that fails. */
public class ExecutionException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public ExecutionException(String message, Throwable cause) {
    super(message, cause);
  }
}
