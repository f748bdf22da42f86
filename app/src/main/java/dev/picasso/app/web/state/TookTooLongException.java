package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import java.time.Duration;

/** Work that was ended since it took longer than it may here. */
public final class TookTooLongException extends PicassoException {
  private static final long serialVersionUID = 1L;

  TookTooLongException(Duration longest, Throwable cause) {
    super(
        "This was ended after "
            + Durations.words(longest)
            + ", the longest that it may take here. Ask for a run, or for less.",
        cause);
  }
}
