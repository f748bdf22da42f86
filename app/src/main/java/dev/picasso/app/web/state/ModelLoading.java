package dev.picasso.app.web.state;

import dev.picasso.Stop;
import dev.picasso.format.ModelException;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Loads models one after the other on a thread of its own, so that no request waits for it. */
public final class ModelLoading implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "picasso-models");
            made.setDaemon(true);
            return made;
          });

  private final RuntimeOptions options;
  private final LongAdder loads = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final Supplier<List<ModelAdapter>> adapters;
  private final TimeLimit limit;
  private final ImageDecoder decoder;

  /** Loads models to run on a device. */
  public ModelLoading(Device device) {
    this(device, List::of);
  }

  /**
   * Loads models to run on a device.
   *
   * @param adapters asked how each model is used; those that there are now
   */
  public ModelLoading(Device device, Supplier<List<ModelAdapter>> adapters) {
    this(device, adapters, TimeLimit.NONE, ImageDecoder.standard());
  }

  /**
   * Loads models to run on a device.
   *
   * @param adapters asked how each model is used; those that there are now
   * @param limit of the time that one may take, for which all others wait
   * @param decoder of the images that inputs hold
   */
  public ModelLoading(
      Device device, Supplier<List<ModelAdapter>> adapters, TimeLimit limit, ImageDecoder decoder) {
    this.options = RuntimeOptions.defaults().on(device);
    this.adapters = adapters;
    this.limit = limit;
    this.decoder = decoder;
  }

  /** The adapters that there are now; the same ones as long as none has changed. */
  List<ModelAdapter> adapters() {
    return adapters.get();
  }

  /**
   * Begins to load a model.
   *
   * @param stop ends it early
   */
  CompletableFuture<ReadyModel> load(ConfiguredModel configured, Stop stop) {
    return CompletableFuture.supplyAsync(
        () -> {
          stop.check();
          long begun = System.nanoTime();
          Stop end = new Stop();
          try {
            return limit.within(
                end, () -> stop.telling(end::request, () -> loaded(configured, end)));
          } catch (TookTooLongException e) {
            throw new ModelException(
                "%s: is not loaded after %s, the longest that this may take here."
                    .formatted(configured.id(), Durations.words(limit.longest())),
                e);
          } finally {
            loads.increment();
            nanos.add(System.nanoTime() - begun);
          }
        },
        thread);
  }

  private ReadyModel loaded(ConfiguredModel configured, Stop end) {
    ModelLoader loader = ModelLoader.standard(end).adaptedBy(adapters.get());
    return ReadyModel.load(configured, loader, options, decoder);
  }

  /** How many models were loaded, or found not to be. */
  public long loads() {
    return loads.sum();
  }

  /** Seconds that this took. */
  public double seconds() {
    return nanos.sum() / 1e9;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
