package dev.picasso;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * This machine cannot do its part: its disk is full, its memory too small, a library does not
 * start. Nothing that the person gave is wrong; front ends say so by another exit code or status.
 */
public class MachineException extends PicassoException {
  private static final long serialVersionUID = 1L;

  /** What systems say of a disk, or of a person's share of it, that takes no more. */
  private static final Pattern FULL =
      Pattern.compile(
          "no space left on device|disk quota exceeded|file too large|not enough space on the disk"
              + "|disk is full");

  public MachineException(String message) {
    super(message);
  }

  public MachineException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What failed while a file was written, if it was for want of room.
   *
   * @param file what was being written
   */
  public static Optional<MachineException> ofDisk(Path file, IOException e) {
    String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (!FULL.matcher(reason).find()) {
      return Optional.empty();
    }
    return Optional.of(
        new MachineException(
            file
                + ": cannot be written, there is no room ("
                + WholeFile.reason(e)
                + "). Free some space there, or write to another disk.",
            e));
  }

  /** What failed for want of memory. */
  public static MachineException ofMemory(OutOfMemoryError e) {
    boolean direct = String.valueOf(e.getMessage()).contains("direct buffer");
    String heap = Words.bytes(Runtime.getRuntime().maxMemory());
    return new MachineException(
        direct
            ? "There is not enough memory for the model's weights; give Java more with"
                + " PICASSO_OPTS=-XX:MaxDirectMemorySize=…"
            : "There is not enough memory: Java may use "
                + heap
                + ", beside what the model takes. Give it more with PICASSO_OPTS=-Xmx…, as in"
                + " -Xmx8g.",
        e);
  }
}
