package dev.picasso.app.web.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which the headers of a request take too long. They hold no thread, and
 * every byte keeps them from being idle.
 */
final class SlowHeaders extends AbstractLifeCycle {
  /**
   * A connection that waits for a request, as it was when last looked at.
   *
   * @param requests that were complete
   * @param bytes that had come when it began to wait
   * @param since when more bytes were first seen
   */
  private record Waiting(long requests, long bytes, Optional<Long> since) {}

  private final ServerConnector connector;
  private final Duration longest;
  private final Map<Connection, Waiting> seen = new WeakHashMap<>();
  private Optional<Scheduler.Task> next = Optional.empty();

  SlowHeaders(ServerConnector connector, Duration longest) {
    this.connector = connector;
    this.longest = longest;
  }

  @Override
  protected synchronized void doStart() {
    plan();
  }

  @Override
  protected synchronized void doStop() {
    next.ifPresent(Scheduler.Task::cancel);
  }

  private void plan() {
    next =
        Optional.of(
            connector
                .getScheduler()
                .schedule(this::look, longest.toMillis() / 4, TimeUnit.MILLISECONDS));
  }

  private synchronized void look() {
    if (isStopping() || isStopped()) {
      return;
    }
    for (EndPoint end : connector.getConnectedEndPoints()) {
      Connection connection = end.getConnection();
      if (connection != null && isSlow(connection)) {
        end.close(new TimeoutException("the headers come too slowly"));
      }
    }
    plan();
  }

  private boolean isSlow(Connection connection) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean answering = requests != connection.getMessagesOut();
    Waiting before = seen.getOrDefault(connection, new Waiting(0, 0, Optional.empty()));
    if (answering || before.requests != requests) {
      seen.put(connection, new Waiting(requests, bytes, Optional.empty()));
      return false;
    }
    if (bytes == before.bytes) {
      return false;
    }
    long since = before.since.orElseGet(NanoTime::now);
    seen.put(connection, new Waiting(requests, before.bytes, Optional.of(since)));
    return NanoTime.millisSince(since) > longest.toMillis();
  }
}
