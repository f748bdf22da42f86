package dev.picasso.catalogue;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, piece by piece. Unlike a stream it notices when nothing comes any more,
 * and when the person wants to stop. One piece is asked for at a time, so that a fast server does
 * not fill the memory.
 */
final class Chunks implements Subscriber<List<ByteBuffer>>, AutoCloseable {
  /** How often a person's wish to stop is looked for. */
  static final Duration GLANCE = Duration.ofMillis(100);

  private sealed interface Signal {}

  private record Begun(Subscription subscription) implements Signal {}

  private record Piece(List<ByteBuffer> bytes) implements Signal {}

  private record Failed(Throwable problem) implements Signal {}

  private record Ended() implements Signal {}

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final Duration patience;
  private final PullListener listener;
  private Optional<Subscription> subscription = Optional.empty();

  /**
   * The body that a publisher sends.
   *
   * @param patience how long nothing may come
   */
  Chunks(Publisher<List<ByteBuffer>> body, Duration patience, PullListener listener) {
    this.patience = patience;
    this.listener = listener;
    body.subscribe(this);
  }

  /**
   * The next piece; empty at the end.
   *
   * @throws IOException if the connection breaks or nothing comes for too long
   * @throws PullCancelledException if the person stops it
   */
  Optional<List<ByteBuffer>> next() throws IOException {
    subscription.ifPresent(s -> s.request(1));
    while (true) {
      Signal signal = take();
      if (signal instanceof Begun begun) {
        subscription = Optional.of(begun.subscription);
        begun.subscription.request(1);
      } else if (signal instanceof Piece piece) {
        return Optional.of(piece.bytes);
      } else if (signal instanceof Failed failed) {
        throw failed.problem instanceof IOException e ? e : new IOException(failed.problem);
      } else {
        return Optional.empty();
      }
    }
  }

  private Signal take() throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (System.nanoTime() < end) {
        if (listener.cancelled()) {
          throw new PullCancelledException();
        }
        Optional<Signal> signal =
            Optional.ofNullable(signals.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS));
        if (signal.isPresent()) {
          return signal.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PullCancelledException();
    }
    throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
  }

  /** Whatever of the body has not come is not waited for. */
  @Override
  public void close() {
    subscription
        .or(
            () ->
                Optional.ofNullable(signals.peek())
                    .flatMap(
                        s -> s instanceof Begun b ? Optional.of(b.subscription) : Optional.empty()))
        .ifPresent(Subscription::cancel);
  }

  @Override
  public void onSubscribe(Subscription begun) {
    signals.add(new Begun(begun));
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    signals.add(new Piece(bytes));
  }

  @Override
  public void onError(Throwable problem) {
    signals.add(new Failed(problem));
  }

  @Override
  public void onComplete() {
    signals.add(new Ended());
  }
}
