package dev.picasso.runtime;

/** Which ONNX Runtime runs. */
public final class RuntimeVersion {
  private RuntimeVersion() {}

  /**
   * As in "1.22.0".
   *
   * @throws dev.picasso.MachineException if the runtime cannot be started
   */
  public static String text() {
    return NativeRuntime.environment().getVersion();
  }
}
