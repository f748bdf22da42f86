package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Explaining;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that can be picked. It is loaded when it is first asked for, in the background. Closing
 * waits for the work that still uses it.
 */
public final class ServedModel implements AutoCloseable {
  /** How far a model is. */
  public enum State {
    /** Nobody asked for it yet. */
    IDLE,
    LOADING,
    READY,
    FAILED
  }

  private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

  private final String id;
  private final ConfiguredModel configured;
  private final ModelLoading loading;
  private final Stop stop = new Stop();

  /** Whoever holds it reads the model's file, which takes a while. */
  private final Object tracing = new Object();

  private Optional<CompletableFuture<ReadyModel>> loaded = Optional.empty();
  private Optional<Provenance> provenance = Optional.empty();
  private int users;
  private boolean warm;
  private boolean closed;

  /**
   * @param configured its id is unique among the models that a person sees
   */
  public ServedModel(ConfiguredModel configured, ModelLoading loading) {
    this.id = configured.id();
    this.configured = configured;
    this.loading = loading;
  }

  public String id() {
    return id;
  }

  public ConfiguredModel configured() {
    return configured;
  }

  /** Begins to load, unless it has begun. */
  public synchronized CompletableFuture<ReadyModel> load() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(loading.load(configured, stop));
    }
    return loaded.get();
  }

  public synchronized State state() {
    if (loaded.isEmpty()) {
      return State.IDLE;
    }
    CompletableFuture<ReadyModel> future = loaded.get();
    return !future.isDone()
        ? State.LOADING
        : future.isCompletedExceptionally() ? State.FAILED : State.READY;
  }

  /** The loaded model, where it is. */
  public Optional<ReadyModel> ready() {
    return state() == State.READY ? Optional.of(load().join()) : Optional.empty();
  }

  /** Why it could not be loaded; empty otherwise. */
  public Optional<String> problem() {
    if (state() != State.FAILED) {
      return Optional.empty();
    }
    try {
      load().join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(words(Optional.ofNullable(e.getCause()).orElse(e)));
    }
  }

  private String words(Throwable problem) {
    if (problem instanceof PicassoException) {
      return String.valueOf(problem.getMessage());
    }
    LOG.warn("{} cannot be loaded", configured.request().path(), problem);
    return problem instanceof OutOfMemoryError
        ? id + ": needs more memory than there is; give Java more with PICASSO_OPTS=-Xmx…"
        : id + ": cannot be loaded; this is a fault in Picasso (" + problem + ").";
  }

  /** Waits until loading has ended, one way or the other, but not longer than so. */
  public void await(Duration longest) throws InterruptedException {
    try {
      load().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // state() and problem() tell.
    }
  }

  /**
   * Works with the loaded model; waits for it as long as it takes.
   *
   * @throws PicassoException if it cannot be loaded or was closed
   */
  public <R> R use(Function<ReadyModel, R> work) {
    ReadyModel ready = enter();
    try {
      return work.apply(ready);
    } finally {
      leave();
    }
  }

  /** Loads it, and keeps it from being closed; once more where it was unloaded in between. */
  private ReadyModel enter() {
    while (true) {
      CompletableFuture<ReadyModel> wanted = load();
      ReadyModel ready;
      try {
        ready = wanted.join();
      } catch (CompletionException e) {
        throw new PicassoException(problem().orElse("The model cannot be loaded."), e);
      }
      synchronized (this) {
        if (closed) {
          throw new PicassoException("The model " + id + " is gone.");
        }
        if (loaded.filter(wanted::equals).isPresent()) {
          users++;
          return ready;
        }
      }
    }
  }

  /**
   * Refuses settings that are not for this model, where it is ready; a run of a model that is still
   * on its way finds them wrong itself.
   *
   * @throws dev.picasso.settings.SettingException naming each wrong setting
   * @throws PicassoException if the visualization is not for such a model
   */
  public <S extends Record> void require(
      Visualization<S> visualization, Map<String, String> settings) {
    if (state() == State.READY) {
      S unused = use(ready -> ready.settings(visualization, settings));
    }
  }

  /** Whether what is asked of it first was computed once. */
  synchronized boolean isWarm() {
    return warm;
  }

  synchronized void warmed() {
    warm = true;
  }

  /** Gives its memory back, unless somebody works with it; it is loaded again when asked for. */
  public synchronized void unload() {
    if (!closed && users == 0 && state() == State.READY) {
      loaded.orElseThrow().join().close();
      loaded = Optional.empty();
      warm = false;
    }
  }

  private synchronized void leave() {
    users--;
    closeIfUnused();
  }

  @Override
  public synchronized void close() {
    closed = true;
    stop.request();
    closeIfUnused();
  }

  private void closeIfUnused() {
    if (closed && users == 0 && loaded.isPresent()) {
      // Nobody waits for this; a model that failed to load has nothing to close.
      var unused = loaded.get().thenAccept(ReadyModel::close);
      loaded = Optional.of(CompletableFuture.failedFuture(new PicassoException(id + " is gone.")));
    }
  }

  /**
   * Where results of this model come from. The model's file is read for it once.
   *
   * @throws PicassoException if a setting is wrong or the file cannot be read any more
   */
  public <S extends Record> Provenance provenance(Explaining<S> work) {
    synchronized (tracing) {
      Provenance made = provenance.map(p -> p.with(work)).orElseGet(() -> Provenance.of(work));
      provenance = Optional.of(made);
      return made;
    }
  }
}
