package dev.picasso.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that may fail or hang. All begins at once, on threads of its own; what hangs keeps its
 * thread, and nothing else.
 *
 * @param patience how long all together may take
 * @param hanging what is said of what takes longer
 */
record Awaited(Duration patience, String hanging) {
  /** What came of some work: a result, or why there is none. */
  sealed interface Outcome<V> {
    /** It has a result. */
    record Done<V>(V value) implements Outcome<V> {}

    /** It has none. */
    record Failed<V>(Throwable why) implements Outcome<V> {}
  }

  /** Runs all; the outcomes are in the order of the work. */
  <K, V> Map<K, Outcome<V>> all(Map<K, Callable<V>> work) {
    Map<K, FutureTask<V>> tasks = new LinkedHashMap<>();
    List<Thread> threads = new ArrayList<>();
    work.forEach(
        (key, task) -> {
          FutureTask<V> future = new FutureTask<>(task);
          Thread thread = new Thread(future, "picasso-plugin");
          thread.setDaemon(true);
          tasks.put(key, future);
          threads.add(thread);
        });
    threads.forEach(Thread::start);
    long end = System.nanoTime() + patience.toNanos();
    Map<K, Outcome<V>> outcomes = new LinkedHashMap<>();
    tasks.forEach((key, task) -> outcomes.put(key, await(task, end)));
    return outcomes;
  }

  private <V> Outcome<V> await(FutureTask<V> task, long end) {
    try {
      return new Outcome.Done<>(
          task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return new Outcome.Failed<>(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
      return new Outcome.Failed<>(new Unusable(hanging));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed<>(new Unusable("there was no time to start it"));
    }
  }
}
