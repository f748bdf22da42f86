package dev.picasso.attribution;

import dev.picasso.graph.Graph;

/**
 * How the rows of a batch are run. A run of one thread need not wait for others at every node, and
 * what it holds of a few rows stays in a cache; so that several runs side by side are faster than
 * one of all threads. They need a set of prepared weights beside the one for single images, which a
 * model of large weights would gain little by: each of its runs reads them all.
 *
 * @param count of runs side by side
 * @param run rows that one of them takes
 * @param whole rows that a run of all threads takes
 * @param batch rows that are worth handing over at once
 */
record Lanes(int count, int run, int whole, int batch) {
  /** Weights up to which runs go on side by side. */
  private static final long MOST_WEIGHTS = 256L << 20;

  /** What a run moves at least, so that beginning it costs little; it moves its weights too. */
  private static final long LEAST = 64L << 20;

  /** Bytes of activations that runs side by side may hold, all together. */
  private static final long MOST = 2L << 30;

  /** How often each lane is to begin anew within a batch: at its end they wait for the last one. */
  private static final int RUNS = 8;

  /**
   * For a graph.
   *
   * @param declared rows that its file fixes, 0 if it takes any number
   * @param threads how many runs there may be at once
   */
  static Lanes of(Graph graph, int declared, int threads) {
    int whole = declared > 0 ? declared : Batches.size(graph);
    long each = Math.max(1, graph.activationBytes());
    long weights = graph.constantBytes();
    long count = Math.min(threads, MOST / each / Math.max(1, declared));
    if (count <= 1 || weights > MOST_WEIGHTS) {
      return new Lanes(1, whole, whole, whole);
    }
    long worth = Math.max(1, Math.min(Batches.MOST, Math.max(LEAST, weights) / each));
    int run = declared > 0 ? declared : (int) worth;
    return new Lanes((int) count, run, whole, Math.max(whole, (int) count * run * RUNS));
  }
}
