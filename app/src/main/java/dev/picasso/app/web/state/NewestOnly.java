package dev.picasso.app.web.state;

import dev.picasso.app.web.wire.ClientAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets questions in one at a time that somebody asks again and again, as while they drag a box.
 * Addresses take turns, and so do the people of one. Of each person one question waits at most: a
 * newer one takes its place in the queue, and the older one is told so. Whoever is alone waits for
 * nobody.
 *
 * @param <P> who asks
 */
final class NewestOnly<P> {
  private final int most;
  private final int mostOfAddress;
  private final Duration patience;

  private final Turns<ClientAddress, Place<P>> turns = new Turns<>();
  private final Map<P, Place<P>> waiting = new HashMap<>();
  private boolean taken;

  /** Somebody's place in the queue. */
  private static final class Place<P> {
    private final P person;
    private final ClientAddress from;
    private Object newest;
    private boolean called;

    Place(P person, ClientAddress from, Object first) {
      this.person = person;
      this.from = from;
      this.newest = first;
    }
  }

  /**
   * @param most people who may wait
   * @param mostOfAddress of these, of one address
   * @param patience the longest that a question waits
   */
  NewestOnly(int most, int mostOfAddress, Duration patience) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
    this.patience = patience;
  }

  /**
   * Answers a question when its turn has come.
   *
   * @throws NotNowException if a newer one of the same person took its place, too many wait, or it
   *     has waited too long
   */
  <R> R answer(P person, ClientAddress from, Supplier<R> question) {
    enter(person, from);
    try {
      return question.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter(P person, ClientAddress from) {
    if (!taken) {
      taken = true; // whenever a place is free, nobody waits
      return;
    }
    Object question = new Object();
    Place<P> place = place(person, from, question);
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis();
          left > 0 && place.newest == question && !place.called;
          left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (place.newest != question) {
      throw NotNowException.overtaken();
    }
    if (!place.called) {
      waiting.remove(person, place); // its turn finds nobody
      throw NotNowException.busy();
    }
  }

  /** The person's place in the queue, which is this question's from now on. */
  private Place<P> place(P person, ClientAddress from, Object question) {
    Optional<Place<P>> known = Optional.ofNullable(waiting.get(person));
    if (known.isPresent()) {
      known.get().newest = question;
      notifyAll();
      return known.get();
    }
    long own = waiting.values().stream().filter(p -> p.from.equals(from)).count();
    if (waiting.size() >= most || own >= mostOfAddress) {
      throw NotNowException.busy();
    }
    Place<P> place = new Place<>(person, from, question);
    waiting.put(person, place);
    turns.add(from, place);
    return place;
  }

  private synchronized void leave() {
    taken = false;
    while (!taken && !turns.isEmpty()) {
      turns.next(address -> 0).ifPresent(turn -> call(turn.work()));
    }
    notifyAll();
  }

  private void call(Place<P> place) {
    if (waiting.remove(place.person, place)) {
      place.called = true;
      taken = true;
    }
  }

  /** How many people wait. */
  synchronized int waiting() {
    return waiting.size();
  }
}
