package dev.picasso.app.web.state;

import dev.picasso.MachineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** There is no room on the server's disk, or for this person no more of it. */
public final class NoRoomException extends MachineException {
  private static final long serialVersionUID = 1L;

  NoRoomException(String message) {
    super(message);
  }

  /** Something that was not stored since the disk itself is full. */
  public static NoRoomException diskIsFull(Throwable cause) {
    NoRoomException made =
        new NoRoomException("The server's disk is full; whoever runs it has to make room.");
    made.initCause(cause);
    return made;
  }

  /** Whether a problem comes from a full disk, or from a quota. */
  public static boolean isFullDisk(Throwable problem) {
    return Stream.iterate(problem, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            t -> t instanceof IOException e && MachineException.ofDisk(Path.of(""), e).isPresent());
  }
}
