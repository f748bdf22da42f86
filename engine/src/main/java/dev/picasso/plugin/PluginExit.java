package dev.picasso.plugin;

/** What a plugin calls where its file says {@code System.exit} or the like. */
public final class PluginExit {
  private PluginExit() {}

  /**
   * Refuses {@code System.exit}.
   *
   * @param status what the program would have ended with
   * @throws IllegalStateException always
   */
  @SuppressWarnings("DoNotCallSuggester") // plugins are made to call it
  public static void exit(int status) {
    throw new IllegalStateException(
        "System.exit("
            + status
            + ") would end Picasso for everybody; a plugin that cannot go on throws an exception");
  }

  /** Refuses {@code Runtime.exit} and {@code Runtime.halt}, which have one more operand. */
  @SuppressWarnings("DoNotCallSuggester")
  public static void exit(Runtime runtime, int status) {
    exit(status);
  }
}
