package dev.picasso.app.web;

import dev.picasso.app.web.metrics.Metrics;
import dev.picasso.app.web.metrics.RequestLog;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.WorkLog;
import java.time.Duration;
import java.util.Locale;

/** Counts work, and says in the log what was done. */
final class CountedWork implements WorkLog {
  private final Metrics metrics;
  private final RequestLog log = new RequestLog();

  CountedWork(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void worked(Run run, Duration took, Duration all) {
    metrics.worked(run.order().visualization().id(), took);
    if (run.status().state() != Run.State.RUNNING) {
      log.ended(
          run.id(),
          run.order().visualization().id() + " of " + run.order().model().id(),
          run.order().images().size(),
          state(run),
          all);
    }
  }

  @Override
  public void ended(Run run) {
    metrics.ended(state(run));
  }

  private static String state(Run run) {
    return run.status().state().name().toLowerCase(Locale.ROOT);
  }
}
