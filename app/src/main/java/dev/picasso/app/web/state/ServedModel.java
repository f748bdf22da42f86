package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.model.Model;
import dev.picasso.model.ModelAdapter;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.config.OpenInputsException;
import dev.picasso.run.Explaining;
import dev.picasso.run.FileHash;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
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
  private final List<String> said;
  private final Stop stop = new Stop();

  /** Whoever holds it reads the model's file, which takes a while. */
  private final Object tracing = new Object();

  private Optional<CompletableFuture<ReadyModel>> loaded = Optional.empty();

  /** What was made last; only whoever holds {@link #tracing} uses it. */
  private Optional<Traced> traced = Optional.empty();

  /** What its file is, where it was read for that. */
  private volatile Optional<Provenance.OfModel> file = Optional.empty();

  /** Of its file, where that is known; it is read under the lock of tracing. */
  private volatile Optional<String> hash = Optional.empty();

  /** Of the model as it was loaded last. */
  private Optional<String> given = Optional.empty();

  /** The adapters that there were when it was last asked whether one is for it. */
  private List<ModelAdapter> adapters = List.of();

  /** Those that work is done with, or that are to be closed after it; by what they are. */
  private final IdentityHashMap<ReadyModel, Use> uses = new IdentityHashMap<>();

  /**
   * Where results come from.
   *
   * @param model as it was loaded then; one that rests is not kept for this
   */
  private record Traced(WeakReference<Model> model, Provenance provenance) {}

  /** How much work uses a loaded model, and whether it is closed after that. */
  private static final class Use {
    private int users;
    private boolean last;
  }

  private boolean warm;
  private boolean closed;

  /**
   * @param configured its id is unique among the models that a person sees
   */
  public ServedModel(ConfiguredModel configured, ModelLoading loading) {
    this(configured, loading, List.of());
  }

  /**
   * @param said what is worth knowing beside what the model's file tells, a sentence each
   */
  public ServedModel(ConfiguredModel configured, ModelLoading loading, List<String> said) {
    this.id = configured.id();
    this.configured = configured;
    this.loading = loading;
    this.said = List.copyOf(said);
  }

  /**
   * The same model, given something else or read otherwise. What is loaded of this one serves it
   * too, as far as it can, and each is closed by itself.
   */
  public ServedModel changed(ConfiguredModel other, List<String> saying) {
    ServedModel changed = new ServedModel(other, loading, saying);
    if (state() == State.READY) {
      boolean unused = use(ready -> changed.begin(ready, this));
    }
    return changed;
  }

  /**
   * The same model of files that lie elsewhere, as somebody else's. It is loaded by itself; what is
   * known of its files is not found out anew.
   */
  public ServedModel copied(ConfiguredModel other, ModelLoading by) {
    ServedModel copied = new ServedModel(other, by, said);
    copied.hash = knownHash();
    copied.file = file.map(known -> known.at(other.id(), other.request().path()));
    copied.given = other.held().isEmpty() ? given() : Optional.empty(); // which tells their places
    return copied;
  }

  private synchronized List<ModelAdapter> adapters() {
    return adapters;
  }

  private synchronized boolean begin(ReadyModel from, ServedModel other) {
    try {
      Optional<ReadyModel> ready = from.changed(configured);
      loaded = ready.map(CompletableFuture::completedFuture);
      boolean same = ready.filter(r -> r.model().layers() == from.model().layers()).isPresent();
      warm = same && other.isWarm();
      file = ready.flatMap(r -> other.file);
      hash = ready.flatMap(r -> other.knownHash());
    } catch (PicassoException e) {
      loaded = Optional.of(CompletableFuture.failedFuture(e));
    }
    adapters = other.adapters();
    return loaded.isPresent();
  }

  /**
   * What tells this way of giving images to the model, and of reading its answers, from others;
   * empty before it was loaded.
   */
  public Optional<String> given() {
    Optional<ReadyModel> ready = ready();
    synchronized (this) {
      if (ready.isPresent() && given.isEmpty()) {
        given = ready.map(GivenMark::of);
      }
      return given;
    }
  }

  /** What is worth knowing beside what the model's file tells, a sentence each. */
  public List<String> said() {
    return said;
  }

  public String id() {
    return id;
  }

  public ConfiguredModel configured() {
    return configured;
  }

  /**
   * Begins to load, unless it has begun; anew where a plugin has come, or has changed, that says
   * how it is used.
   */
  public CompletableFuture<ReadyModel> load() {
    renew(loading.adapters());
    synchronized (this) {
      if (loaded.isEmpty()) {
        loaded = Optional.of(loading.load(configured, stop));
      }
      return loaded.get();
    }
  }

  private void renew(List<ModelAdapter> now) {
    CompletableFuture<ReadyModel> before;
    synchronized (this) {
      if (closed || adapters.equals(now)) {
        return;
      }
      if (loaded.isPresent() && !loaded.get().isDone()) {
        return; // asked again when it is there
      }
      adapters = now;
      if (loaded.isEmpty()) {
        return;
      }
      before = loaded.get();
    }
    boolean anew =
        before.isCompletedExceptionally()
            || ModelLoader.standard().adaptedBy(now).wouldAdapt(before.join().model());
    synchronized (this) {
      if (anew && !closed && loaded.filter(l -> l == before).isPresent()) {
        loaded = Optional.empty();
        file = Optional.empty();
        hash = Optional.empty();
        given = Optional.empty();
        warm = false;
        var unused = before.thenAccept(this::retire);
      }
    }
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
    return state() == State.READY
        ? ended().filter(l -> !l.isCompletedExceptionally()).map(CompletableFuture::join)
        : Optional.empty();
  }

  /** What loading has come to; empty where it begins anew for a plugin, which nobody waits for. */
  private Optional<CompletableFuture<ReadyModel>> ended() {
    return Optional.of(load()).filter(CompletableFuture::isDone);
  }

  /** Why it could not be loaded; empty otherwise. */
  public Optional<String> problem() {
    if (state() != State.FAILED) {
      return Optional.empty();
    }
    try {
      Optional<ReadyModel> unused = ended().map(CompletableFuture::join);
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(words(Optional.ofNullable(e.getCause()).orElse(e)));
    }
  }

  /** The inputs of a model with several; of one that is not loaded, those that it asks about. */
  public List<InputSlot> slots() {
    if (state() != State.FAILED) {
      return ready().map(r -> r.held().slots()).filter(s -> s.size() > 1).orElse(List.of());
    }
    return ended()
        .filter(CompletableFuture::isCompletedExceptionally)
        .map(l -> l.handle((r, e) -> open(e)).join())
        .orElse(List.of());
  }

  /** Whether it is not loaded since inputs of it hold nothing. */
  public boolean asksForInputs() {
    return state() == State.FAILED && !slots().isEmpty();
  }

  private static List<InputSlot> open(Throwable problem) {
    Throwable cause = Optional.ofNullable(problem.getCause()).orElse(problem);
    return cause instanceof OpenInputsException open ? open.slots() : List.of();
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
    ReadyModel ready = entered();
    try {
      return work.apply(ready);
    } finally {
      leave(ready);
    }
  }

  /** The model as it is now, which stays open until this work leaves it. */
  private ReadyModel entered() {
    while (true) {
      CompletableFuture<ReadyModel> future = load();
      ReadyModel ready;
      try {
        ready = future.join();
      } catch (CompletionException e) {
        throw new PicassoException(problem().orElse("The model cannot be loaded."), e);
      }
      synchronized (this) {
        if (closed) {
          throw new PicassoException("The model " + id + " is gone.");
        }
        if (loaded.filter(l -> l == future).isPresent()) {
          uses.computeIfAbsent(ready, r -> new Use()).users++;
          given = given.or(() -> Optional.of(GivenMark.of(ready)));
          return ready;
        }
      }
    }
  }

  /**
   * Refuses settings and classes that are not for this model, where it is ready; a run of a model
   * that is still on its way finds them wrong itself.
   *
   * @throws dev.picasso.settings.SettingException naming each wrong setting
   * @throws PicassoException if the visualization is not for such a model, or such classes
   */
  public <S extends Record> void require(
      Visualization<S> visualization, Map<String, String> settings, Classes classes) {
    if (state() == State.READY) {
      S unused = use(ready -> ready.settings(visualization, settings, classes));
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
    if (!closed && uses.isEmpty() && state() == State.READY) {
      loaded.orElseThrow().join().close();
      loaded = Optional.empty();
      warm = false;
    }
  }

  private synchronized void leave(ReadyModel ready) {
    Use use = Optional.ofNullable(uses.get(ready)).orElseThrow();
    use.users--;
    if (use.users == 0) {
      uses.remove(ready);
      if (use.last) {
        ready.close();
      }
    }
  }

  /** Closes a model when no work uses it any more. */
  private synchronized void retire(ReadyModel ready) {
    Optional<Use> use = Optional.ofNullable(uses.get(ready));
    if (use.isPresent()) {
      use.get().last = true;
    } else {
      ready.close();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stop.request();
      // Nobody waits for this; a model that failed to load has nothing to close.
      loaded.ifPresent(
          l -> {
            var unused = l.thenAccept(this::retire);
          });
      loaded = Optional.of(CompletableFuture.failedFuture(new PicassoException(id + " is gone.")));
    }
  }

  private <S extends Record> Provenance traced(Explaining<S> work) {
    return Provenance.of(
        work, file.orElseGet(() -> Provenance.OfModel.of(work.model(), knownHash())));
  }

  /** The hash of its file, or of its folder's files; they are read for it once. */
  public Optional<String> fileHash() {
    if (knownHash().isEmpty()) {
      synchronized (tracing) {
        if (knownHash().isEmpty()) {
          hash = FileHash.ofModel(configured.request().path());
        }
      }
    }
    return knownHash();
  }

  /** The same where nothing is to be read for it. */
  Optional<String> knownHash() {
    return hash.or(() -> file.map(Provenance.OfModel::sha256).filter(text -> !text.isEmpty()));
  }

  /** Takes the hash of its file as known. */
  void knowing(String sha256) {
    hash = Optional.of(sha256);
  }

  /** Which model it is, whatever it is called, where that is known already. */
  public Optional<Provenance.OfModel> known() {
    return file;
  }

  /**
   * Which model it is, whatever it is called; it is loaded for that, unless it is known.
   *
   * @throws PicassoException if it cannot be loaded
   */
  public Provenance.OfModel identity() {
    return known().orElseGet(() -> use(this::identity));
  }

  private Provenance.OfModel identity(ReadyModel ready) {
    synchronized (tracing) {
      Provenance.OfModel known = file.orElseGet(() -> Provenance.OfModel.of(ready, knownHash()));
      file = Optional.of(known);
      return known;
    }
  }

  /**
   * Where results of this model come from. Its file is read for it once, and so are those of the
   * models that are set beside it.
   *
   * @throws PicassoException if a setting is wrong or the file cannot be read any more
   */
  public <S extends Record> Provenance provenance(Explaining<S> work) {
    Map<String, Provenance.Beside> others = Provenance.Beside.of(work); // their locks, not this one
    synchronized (tracing) {
      Model model = work.model().model();
      Provenance made =
          traced
              .filter(t -> t.model.refersTo(model))
              .map(t -> t.provenance.with(work))
              .orElseGet(() -> traced(work));
      file = Optional.of(made.model());
      traced = Optional.of(new Traced(new WeakReference<>(model), made));
      return made.beside(others);
    }
  }
}
