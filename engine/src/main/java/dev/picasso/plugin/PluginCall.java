package dev.picasso.plugin;

import dev.picasso.PicassoException;
import dev.picasso.plugin.Awaited.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** A question to a plugin while it works, which may fail or hang. */
public final class PluginCall {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private PluginCall() {}

  /**
   * What a plugin answers.
   *
   * @param plugin whose card tells of what went wrong
   * @param step what is asked, as in "the adapter plates: input()"
   * @throws PicassoException in words, if it fails, hangs or gives null
   */
  public static <V> V ask(Object plugin, String step, Callable<V> question) {
    String hanging = "hangs; it was given " + PATIENCE.toSeconds() + " s";
    Outcome<V> outcome =
        new Awaited(PATIENCE, hanging)
            .<String, V>all(Map.of(step, question)).values().stream().findFirst().orElseThrow();
    if (outcome instanceof Outcome.Done<V> done) {
      if (done.value() != null) {
        return done.value();
      }
      PluginFolder.tell(plugin, step + " gives null.");
      throw new PicassoException(step + " gives null; mend the plugin, or take it out.");
    }
    Throwable why =
        outcome instanceof Outcome.Failed<V> failed ? failed.why() : new IllegalStateException();
    if (why instanceof PicassoException told) {
      PluginFolder.tell(plugin, step + ": " + told.getMessage());
      throw told;
    }
    String words =
        why instanceof Unusable ? step + " " + why.getMessage() : PluginWords.of(why, step);
    PluginFolder.tell(plugin, words, why);
    throw new PicassoException(
        PluginWords.oneLine(words) + "; mend the plugin, or take it out.", why);
  }
}
