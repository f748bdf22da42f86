package dev.picasso.app.web.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Requests of one kind. Who came last is next: under an attack the first have stopped to hope, and
 * where there is none nobody waits long enough to tell.
 */
final class Lane {
  private static final int UNAVAILABLE = 503;

  /** A request with its answer. */
  record Visit(Request request, Response response, Callback callback) {
    ClientAddress address() {
      return ClientAddress.of(request.getConnectionMetaData().getRemoteSocketAddress());
    }

    /** Whether somebody may still take the answer. */
    boolean isOpen() {
      return request.getConnectionMetaData().getConnection().getEndPoint().isOpen();
    }

    void refuse() {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
      Response.writeError(
          request,
          response,
          callback,
          UNAVAILABLE,
          "The server has too much to do, or you ask for too much at once; try again in a while.");
    }
  }

  /** Somebody in the queue, with the alarm that ends the wait. */
  private static final class Place {
    private final Visit visit;
    private Optional<Scheduler.Task> alarm = Optional.empty();

    Place(Visit visit) {
      this.visit = visit;
    }
  }

  private final Places places;
  private final Duration turn;
  private final Consumer<Visit> proceed;
  private final Deque<Place> queue = new ArrayDeque<>();

  Lane(WireLimits.Lane limits, Duration turn, Consumer<Visit> proceed) {
    this.places = new Places(limits.all(), limits.each());
    this.turn = turn;
    this.proceed = proceed;
  }

  /** Answers a request, now or when it is its turn. */
  void enter(Visit visit) {
    if (places.take(visit.address())) {
      serve(visit);
      return;
    }
    Place place = new Place(visit);
    synchronized (this) {
      queue.addFirst(place);
      place.alarm =
          Optional.of(
              visit
                  .request()
                  .getComponents()
                  .getScheduler()
                  .schedule(() -> giveUp(place), turn.toMillis(), TimeUnit.MILLISECONDS));
    }
    admit(); // a place may have become free in between
  }

  private void serve(Visit visit) {
    ClientAddress address = visit.address();
    Request.addCompletionListener(
        visit.request(),
        problem -> {
          places.giveBack(address);
          admit();
        });
    proceed.accept(visit);
  }

  private void giveUp(Place place) {
    boolean waited;
    synchronized (this) {
      waited = queue.remove(place);
    }
    if (waited) {
      // The alarm's thread is everybody's.
      place.visit.request().getComponents().getExecutor().execute(place.visit::refuse);
    }
  }

  /** Lets in whom there is room for. */
  private void admit() {
    for (Optional<Visit> next = next(); next.isPresent(); next = next()) {
      Visit visit = next.get();
      visit.request().getComponents().getExecutor().execute(() -> serve(visit));
    }
  }

  private synchronized Optional<Visit> next() {
    for (Iterator<Place> waiting = queue.iterator(); waiting.hasNext(); ) {
      Place place = waiting.next();
      if (places.take(place.visit.address())) {
        waiting.remove();
        place.alarm.ifPresent(Scheduler.Task::cancel);
        return Optional.of(place.visit);
      }
    }
    return Optional.empty();
  }
}
