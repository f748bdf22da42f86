package dev.picasso.runtime;

import ai.onnxruntime.OrtEnvironment;
import dev.picasso.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The runtime's native library, which it unpacks into the temporary folder when it is first used.
 */
final class NativeRuntime {
  /** A little more than the library takes. */
  private static final long ROOM = 50_000_000;

  /** It would print stack traces; kept, since a logger that nobody holds forgets its level. */
  private static final Logger LOADING = Logger.getLogger("ai.onnxruntime.OnnxRuntime");

  private NativeRuntime() {}

  /**
   * The runtime of this process.
   *
   * @throws MachineException if its library cannot be unpacked or loaded
   */
  static OrtEnvironment environment() {
    LOADING.setLevel(Level.OFF);
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      Path folder = Path.of(System.getProperty("java.io.tmpdir", ""));
      throw new MachineException(
          "ONNX Runtime cannot be started: "
              + (isFull(folder)
                  ? "there is no room to unpack it in " + folder + "."
                  : "its library cannot be unpacked into "
                      + folder
                      + " or be run from there; the disk may be mounted with noexec.")
              + " Name another folder: PICASSO_OPTS=-Djava.io.tmpdir=/some/folder",
          e);
    }
  }

  private static boolean isFull(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() < ROOM;
    } catch (IOException e) {
      return false;
    }
  }
}
