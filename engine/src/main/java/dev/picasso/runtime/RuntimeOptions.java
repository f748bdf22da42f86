package dev.picasso.runtime;

/**
 * How graphs are run.
 *
 * @param threads threads that work on one run; 0 for one a core
 * @param optimize whether the runtime may rewrite the graph (fusions, blocked layouts)
 * @param device where
 */
public record RuntimeOptions(int threads, boolean optimize, Device device) {
  /** On the processor. */
  public RuntimeOptions(int threads, boolean optimize) {
    this(threads, optimize, Device.CPU);
  }

  public static RuntimeOptions defaults() {
    return new RuntimeOptions(0, true);
  }

  /** The same on another device. */
  public RuntimeOptions on(Device other) {
    return new RuntimeOptions(threads, optimize, other);
  }

  /** The same with so many threads for a run. */
  public RuntimeOptions withThreads(int other) {
    return new RuntimeOptions(other, optimize, device);
  }

  /** How many runs of one thread each may go on side by side; a card does one after another. */
  public int lanes() {
    int all = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    return device.card().isPresent() ? 1 : all;
  }

  /** For graphs that run once: compiling costs more than it saves. */
  public RuntimeOptions withoutOptimization() {
    return new RuntimeOptions(threads, false, device);
  }
}
