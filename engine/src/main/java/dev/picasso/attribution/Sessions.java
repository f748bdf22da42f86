package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.Optional;

/** The sessions of a program, or of its two parts; each is compiled when it is first needed. */
final class Sessions implements AutoCloseable {
  private final Graph first;
  private final Optional<Graph> second;
  private final RuntimeOptions options;
  private Optional<CompiledGraph> before = Optional.empty();
  private Optional<CompiledGraph> after = Optional.empty();
  private boolean closed;

  /**
   * @param second what goes on with what the first leaves
   */
  Sessions(Graph first, Optional<Graph> second, RuntimeOptions options) {
    this.first = first;
    this.second = second;
    this.options = options;
  }

  /**
   * The first, or only one.
   *
   * @throws dev.picasso.runtime.ExecutionException if the runtime cannot run the graph
   * @throws IllegalStateException if they have been closed
   */
  synchronized CompiledGraph before() {
    requireOpen();
    if (before.isEmpty()) {
      before = Optional.of(CompiledGraph.of(first, options));
    }
    return before.get();
  }

  /** The second, of a program in two parts. */
  synchronized CompiledGraph after() {
    requireOpen();
    if (after.isEmpty()) {
      after = Optional.of(CompiledGraph.of(second.orElseThrow(), options));
    }
    return after.get();
  }

  /** What is compiled after closing nobody would close. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model has been closed");
    }
  }

  /** What the weights of those that are compiled take, in bytes. */
  synchronized long bytes() {
    return before.map(c -> first.constantBytes()).orElse(0L)
        + after.map(c -> second.orElseThrow().constantBytes()).orElse(0L);
  }

  @Override
  public synchronized void close() {
    closed = true;
    before.ifPresent(CompiledGraph::close);
    after.ifPresent(CompiledGraph::close);
  }
}
