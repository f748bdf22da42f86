package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.catalogue.PullCancelledException;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models of the catalogue that visitors have downloaded. Each joins the library when it is here,
 * for everybody: it lies in the folder of whoever runs the server, not in a session's.
 */
public final class Pulls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

  /** Downloads at once; more would only share the same line. */
  private static final int AT_ONCE = 2;

  private static final int MOST_OF_SESSION = 4;

  private final ModelStore store;
  private final Library library;
  private final boolean allowed;
  private final Map<String, Pull> byName = new HashMap<>();
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          AT_ONCE,
          work -> {
            Thread made = new Thread(work, "picasso-pull");
            made.setDaemon(true);
            return made;
          });

  /**
   * Pulls into a library.
   *
   * @param allowed whether visitors may
   */
  public Pulls(ModelStore store, Library library, boolean allowed) {
    this.store = store;
    this.library = library;
    this.allowed = allowed;
  }

  public ModelStore store() {
    return store;
  }

  public boolean allowed() {
    return allowed;
  }

  /** The last pull of a model, running or ended. */
  public synchronized Optional<Pull> find(CatalogueEntry entry) {
    return Optional.ofNullable(byName.get(entry.name()));
  }

  /** The served model of an entry, where it is in the library. */
  public Optional<ServedModel> served(CatalogueEntry entry) {
    return find(entry)
        .flatMap(pull -> pull.status().model())
        .or(() -> Optional.of(entry.name()).filter(name -> store.has(entry)))
        .flatMap(library::find);
  }

  /** Whether somebody may have no more models pulled until one of theirs is here. */
  public synchronized boolean isFull(Session owner) {
    return byName.values().stream()
            .filter(p -> p.owner() == owner && p.status().state() == Pull.State.PULLING)
            .count()
        >= MOST_OF_SESSION;
  }

  /** Begins to pull a model; where that is under way already, that. */
  public synchronized Pull start(CatalogueEntry entry, Session owner) {
    Optional<Pull> running =
        find(entry).filter(pull -> pull.status().state() == Pull.State.PULLING);
    if (running.isPresent()) {
      return running.get();
    }
    Pull pull = new Pull(entry, owner);
    byName.put(entry.name(), pull);
    workers.execute(() -> run(pull));
    return pull;
  }

  private void run(Pull pull) {
    try {
      Path folder = store.pull(pull.entry(), pull);
      ConfiguredModel model =
          Configuration.read(folder.resolve(Configuration.FILE_NAME), Pulls.class.getClassLoader())
              .model(Optional.empty());
      library.add(model);
      pull.done(model.id());
    } catch (PullCancelledException e) {
      pull.cancel();
    } catch (PicassoException e) {
      pull.failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.warn("{} cannot be pulled", pull.entry().name(), e);
      pull.failed("This is a fault in Picasso (" + e + "); its log says more.");
    }
  }

  /** Stops all; gives them a few seconds to notice. */
  @Override
  public void close() {
    synchronized (this) {
      byName.values().forEach(Pull::cancel);
    }
    workers.shutdownNow();
    try {
      workers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
