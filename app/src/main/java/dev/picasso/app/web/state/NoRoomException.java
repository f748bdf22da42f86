package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import java.io.IOException;
import java.util.Locale;

/** There is no room on the server's disk, or for this person no more of it. */
public final class NoRoomException extends PicassoException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String message) {
    super(message);
  }

  /** Something that was not stored since the disk itself is full. */
  static NoRoomException diskIsFull(Throwable cause) {
    NoRoomException made =
        new NoRoomException("The server's disk is full; whoever runs it has to make room.");
    made.initCause(cause);
    return made;
  }

  /** Whether a problem comes from a full disk, or from a quota; Java tells by words alone. */
  static boolean isFullDisk(Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      String words = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      boolean full =
          words.contains("no space left")
              || words.contains("quota exceeded")
              || words.contains("not enough space on the disk");
      if (t instanceof IOException && full) {
        return true;
      }
    }
    return false;
  }
}
