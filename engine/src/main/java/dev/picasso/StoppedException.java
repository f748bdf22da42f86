package dev.picasso;

/** Work that ended early because somebody wished so. */
public class StoppedException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("Cancelled.");
  }
}
