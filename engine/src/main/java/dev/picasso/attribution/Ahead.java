package dev.picasso.attribution;

import dev.picasso.StoppedException;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pieces of long work, of which the next one is prepared while one is run. Preparing has a
 * thread of its own, does one piece after another, and begins a piece when the one before is taken;
 * so two sets of buffers that take turns are enough. What fails there fails in {@link #hasNext}.
 *
 * <p>Close it when the work ends, however it ends: its thread has ended then.
 *
 * @param <T> all that running a piece takes
 */
public final class Ahead<T> implements Iterator<T>, AutoCloseable {
  private final Iterator<T> pieces;
  private final ExecutorService preparing = Executors.newSingleThreadExecutor(Ahead::thread);
  private Future<Optional<T>> next;

  /**
   * Begins with the first piece.
   *
   * @param pieces makes each when it is asked for it; asked by one thread at a time, but by another
   */
  public Ahead(Iterator<T> pieces) {
    this.pieces = pieces;
    this.next = prepared();
  }

  /** Rows that are run together, the first of which has that number. */
  public record Rows(int from, Tensor tensor) {}

  /** Writes a row of that number. */
  @FunctionalInterface
  public interface Writer {
    void write(int number, FloatBuffer row);
  }

  /**
   * Rows that are written batch by batch, in two buffers that take turns.
   *
   * @param one the shape of a row, [1, …]
   * @param count of rows
   * @param batch how many are run together
   */
  public static Ahead<Rows> rows(Shape one, int count, int batch, Writer writer) {
    List<Floats> buffers =
        Stream.generate(() -> Floats.of(one, Math.min(batch, count)))
            .limit(batch < count ? 2 : 1)
            .toList();
    return new Ahead<>(
        IntStream.iterate(0, from -> from < count, from -> from + batch)
            .mapToObj(
                from ->
                    written(
                        from,
                        Math.min(batch, count - from),
                        writer,
                        buffers.get(from / batch % buffers.size())))
            .iterator());
  }

  private static Rows written(int from, int count, Writer writer, Floats to) {
    for (int i = 0; i < count; i++) {
      writer.write(from + i, to.row(i));
    }
    return new Rows(from, to.first(count));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "preparing");
    thread.setDaemon(true);
    return thread;
  }

  private Future<Optional<T>> prepared() {
    return preparing.submit(
        () -> pieces.hasNext() ? Optional.of(pieces.next()) : Optional.<T>empty());
  }

  /**
   * Whether there is a piece; waits until it is prepared.
   *
   * @throws RuntimeException what was thrown while it was prepared
   */
  @Override
  public boolean hasNext() {
    return waitedFor().isPresent();
  }

  @Override
  public T next() {
    T piece = waitedFor().orElseThrow(NoSuchElementException::new);
    next = prepared();
    return piece;
  }

  private Optional<T> waitedFor() {
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      if (e.getCause() instanceof Error failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for a piece that is being prepared, and drops it. */
  @Override
  public void close() {
    preparing.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = preparing.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
