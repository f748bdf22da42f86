package dev.picasso.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Pieces of work that go on side by side, by this thread and by those of Java's common pool that
 * are free. Each takes the next piece when it is through with one.
 */
public final class Abreast {
  private Abreast() {}

  /**
   * What each piece makes, in their order. It returns when all have ended; after one has failed no
   * further one begins.
   *
   * @param lanes how many go on at once at most
   * @throws RuntimeException what the first that failed has thrown
   */
  public static <T> List<T> all(int lanes, List<Supplier<T>> work) {
    Shared<T> shared = new Shared<>(work);
    List<ForkJoinTask<?>> helpers =
        IntStream.range(1, Math.min(lanes, work.size()))
            .<ForkJoinTask<?>>mapToObj(i -> ForkJoinTask.adapt(shared::work).fork())
            .toList();
    shared.work();
    // A helper that nobody has begun ends at once here: there is nothing left to take.
    helpers.forEach(ForkJoinTask::quietlyJoin);
    return shared.results();
  }

  private static final class Shared<T> {
    private final List<Supplier<T>> work;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Optional<T>> results;
    private Optional<Throwable> failure = Optional.empty();

    Shared(List<Supplier<T>> work) {
      this.work = work;
      this.results = new ArrayList<>(Collections.nCopies(work.size(), Optional.empty()));
    }

    void work() {
      for (int i = next.getAndIncrement(); i < work.size(); i = next.getAndIncrement()) {
        try {
          put(i, work.get(i).get());
        } catch (RuntimeException | Error e) {
          fail(e);
        }
      }
    }

    private synchronized void put(int place, T result) {
      results.set(place, Optional.of(result));
    }

    private synchronized void fail(Throwable e) {
      next.set(work.size());
      failure = failure.or(() -> Optional.of(e));
    }

    synchronized List<T> results() {
      failure.ifPresent(
          e -> {
            if (e instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) e;
          });
      return results.stream().map(Optional::orElseThrow).toList();
    }
  }
}
