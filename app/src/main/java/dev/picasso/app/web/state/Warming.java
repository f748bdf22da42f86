package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.image.DecodedImage;
import dev.picasso.run.Explaining;
import dev.picasso.run.Faults;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the model that somebody looks at ready for the first question: explains a grey picture of it
 * while nothing else is to do, so that its programs are compiled, and has its file hashed. It gives
 * way as soon as real work begins, goes on when that is done, and leaves alone what might not fit
 * the memory. Of several models the last one shown counts.
 */
public final class Warming implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Warming.class);

  /** What programs take at most, in weights: two sessions, kernels turned, and activations. */
  private static final int TIMES_THE_WEIGHTS = 4;

  private static final long ACTIVATIONS = 256L << 20;

  private static final int SIDE = 64;

  private final List<Visualization<?>> first;
  private final LongSupplier freeMemory;
  private final Executor thread;
  private final Runnable closing;
  private Optional<ServedModel> next = Optional.empty();
  private Optional<Stop> current = Optional.empty();
  private boolean busy;
  private boolean closed;

  private Warming(
      List<Visualization<?>> first, LongSupplier freeMemory, Executor thread, Runnable closing) {
    this.first = List.copyOf(first);
    this.freeMemory = freeMemory;
    this.thread = thread;
    this.closing = closing;
  }

  /**
   * Warms on a thread of its own.
   *
   * @param first what people ask for first, in this order
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint is enough: what is asked for comes first anyway
  public static Warming of(List<Visualization<?>> first) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "picasso-warming");
              made.setDaemon(true);
              made.setPriority(Thread.MIN_PRIORITY);
              return made;
            });
    return new Warming(first, FreeMemory::bytes, thread, thread::shutdown);
  }

  /** Warms wherever a test says. */
  static Warming on(Executor thread, LongSupplier freeMemory, List<Visualization<?>> first) {
    return new Warming(first, freeMemory, thread, () -> {});
  }

  /** Somebody looks at a model; it is warmed once, when it is loaded. */
  public void shown(ServedModel model) {
    var unused =
        model
            .load()
            .thenAccept(
                ready -> {
                  if (!model.isWarm()) {
                    wish(model);
                  }
                });
  }

  private synchronized void wish(ServedModel model) {
    if (!closed) {
      next = Optional.of(model);
      begin();
    }
  }

  /** Real work begins: nothing is warmed beside it. */
  synchronized void workBegins() {
    busy = true;
    current.ifPresent(Stop::request);
  }

  /**
   * Some real work has ended.
   *
   * @param idle whether no other is under way
   */
  synchronized void workDone(boolean idle) {
    if (idle) {
      busy = false;
      begin();
    }
  }

  private synchronized void begin() {
    if (closed || busy || current.isPresent() || next.isEmpty()) {
      return;
    }
    ServedModel model = next.get();
    Stop stop = new Stop();
    next = Optional.empty();
    current = Optional.of(stop);
    thread.execute(() -> warm(model, stop));
  }

  private void warm(ServedModel model, Stop stop) {
    try {
      if (model.use(ready -> stepByStep(model, ready, stop))) {
        model.warmed();
      }
    } catch (StoppedException e) {
      again(model);
    } catch (PicassoException e) {
      LOG.debug("{} is not warmed", model.id(), e); // who asks for it is told why
    } catch (RuntimeException | Error e) {
      LOG.warn("{} could not be warmed", model.id(), e);
    } finally {
      rest();
    }
  }

  private synchronized void again(ServedModel model) {
    if (next.isEmpty()) {
      next = Optional.of(model);
    }
  }

  private synchronized void rest() {
    current = Optional.empty();
    begin();
  }

  /** Whether all was done. */
  private boolean stepByStep(ServedModel model, ReadyModel ready, Stop stop) {
    long needed = ACTIVATIONS + TIMES_THE_WEIGHTS * weights(ready);
    for (Visualization<?> visualization : first) {
      stop.check();
      if (freeMemory.getAsLong() < needed) {
        LOG.debug("{} is not warmed: it might not fit the memory", model.id());
        return false;
      }
      Results unused = explained(visualization, ready, stop);
    }
    stop.check();
    if (!first.isEmpty()) {
      hash(first.get(0), model, ready);
    }
    return true;
  }

  private static <S extends Record> Results explained(
      Visualization<S> visualization, ReadyModel ready, Stop stop) {
    byte[] grey = new byte[3 * SIDE * SIDE];
    Arrays.fill(grey, (byte) 128);
    ImageInput image = ready.prepare(DecodedImage.of("grey", SIDE, SIDE, grey));
    return ready
        .forgetting()
        .explain(
            visualization,
            visualization.defaults(),
            List.of(image),
            Classes.top(ready.configured().top()),
            new Silent(stop));
  }

  private static <S extends Record> void hash(
      Visualization<S> visualization, ServedModel model, ReadyModel ready) {
    var unused =
        model.provenance(
            new Explaining<>(
                ready,
                visualization,
                visualization.defaults(),
                Classes.top(ready.configured().top()),
                Faults.told()));
  }

  private static long weights(ReadyModel ready) {
    return ready.model().graph().constants().values().stream()
        .mapToLong(t -> t.size() * t.type().bytes())
        .sum();
  }

  /** Stops what is under way; nothing is warmed afterwards. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      next = Optional.empty();
      current.ifPresent(Stop::request);
    }
    closing.run();
  }

  /** Nobody hears of it. */
  private record Silent(Stop stop) implements Listener {
    @Override
    public void progress(double share) {}

    @Override
    public void finished(int image, ImageResult result) {}
  }
}
