package dev.picasso.app.web.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * A queue in which people take turns: one piece of work of each, then the next of each. Nobody
 * waits longer because another has asked for much. Not for several threads at once.
 *
 * @param <P> who waits
 * @param <W> what waits
 */
final class Turns<P, W> {
  /** In the order in which their turns come; nobody without work. */
  private final Map<P, Deque<W>> waiting = new LinkedHashMap<>();

  /** What is next, and whose it is. */
  record Turn<P, W>(P person, W work) {}

  /** Adds work behind all of the same person's. */
  void add(P person, W work) {
    waiting.computeIfAbsent(person, p -> new ArrayDeque<>()).addLast(work);
  }

  /** Takes work back that was begun: it goes on when the person's turn comes again. */
  void goOnLater(P person, W work) {
    waiting.computeIfAbsent(person, p -> new ArrayDeque<>()).addFirst(work);
  }

  /**
   * Takes out what is next; the person's turn comes again behind everybody else's.
   *
   * @param atWork how much of a person's is under way; whose is least goes first
   */
  Optional<Turn<P, W>> next(ToIntFunction<P> atWork) {
    return people(atWork).findFirst().map(this::take);
  }

  private Stream<P> people(ToIntFunction<P> atWork) {
    return waiting.keySet().stream().sorted(Comparator.comparingInt(atWork)); // stable
  }

  private Turn<P, W> take(P person) {
    Deque<W> theirs = Optional.ofNullable(waiting.remove(person)).orElseThrow();
    W work = theirs.removeFirst();
    if (!theirs.isEmpty()) {
      waiting.put(person, theirs);
    }
    return new Turn<>(person, work);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** All that waits, in the order in which its turn comes, about, if nothing is added. */
  List<W> inOrder(ToIntFunction<P> atWork) {
    List<Deque<W>> people = new ArrayList<>();
    people(atWork)
        .flatMap(p -> Optional.ofNullable(waiting.get(p)).stream())
        .forEach(theirs -> people.add(new ArrayDeque<>(theirs)));
    List<W> order = new ArrayList<>();
    while (!people.isEmpty()) {
      people.forEach(d -> order.add(d.removeFirst()));
      people.removeIf(Deque::isEmpty);
    }
    return order;
  }
}
