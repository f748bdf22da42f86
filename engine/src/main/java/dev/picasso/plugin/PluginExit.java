package dev.picasso.plugin;

/** What a plugin calls where its file says {@code System.exit}. */
public final class PluginExit {
  private PluginExit() {}

  /**
   * Refuses.
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
}
