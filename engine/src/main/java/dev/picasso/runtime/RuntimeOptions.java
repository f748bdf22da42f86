package dev.picasso.runtime;

/**
 * How graphs are run.
 *
 * @param threads threads that work on one run; 0 for one a core
 * @param optimize whether the runtime may rewrite the graph (fusions, blocked layouts)
 */
public record RuntimeOptions(int threads, boolean optimize) {
  public static RuntimeOptions defaults() {
    return new RuntimeOptions(0, true);
  }

  /** For graphs that run once: compiling costs more than it saves. */
  public RuntimeOptions withoutOptimization() {
    return new RuntimeOptions(threads, false);
  }
}
