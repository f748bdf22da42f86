package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One person's images, models and runs, in a folder of their own. */
public final class Session {
  private final String id;
  private final Path folder;
  private final Limits limits;
  private final Map<String, StoredImage> images = new LinkedHashMap<>();

  /** The longest deleted first. */
  private final Set<String> deleted = new LinkedHashSet<>();

  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private int nextNumber;

  /** Images that are being stored. */
  private final Set<String> arriving = new HashSet<>();

  private Instant used;

  Session(String id, Path folder, Limits limits, Instant now) {
    this.id = id;
    this.folder = folder;
    this.limits = limits;
    this.used = now;
  }

  public String id() {
    return id;
  }

  /** Holds all files of the session; made when first asked for. */
  public Path folder() {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh folder inside. */
  public Path newFolder() {
    try {
      return Files.createDirectory(folder().resolve(Names.random()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized void touch(Instant now) {
    used = now;
  }

  /** When it was last used; work in progress counts as use. */
  synchronized Instant used(Instant now) {
    return runs.values().stream().allMatch(Run::isEnded) ? used : now;
  }

  synchronized boolean isEmpty() {
    return images.isEmpty() && runs.isEmpty() && models.isEmpty() && arriving.isEmpty();
  }

  /**
   * Makes room for an image.
   *
   * @return its id
   * @throws PicassoException if there are too many
   */
  synchronized String reserveImage() {
    if (images.size() - deleted.size() + arriving.size() >= limits.images()) {
      throw new PicassoException(
          "There are " + limits.images() + " images already; remove some, or start over.");
    }
    String image = Names.random();
    arriving.add(image);
    return image;
  }

  /**
   * Takes an image in for which room was made; it gets its number.
   *
   * @throws PicassoException if the session was started over since
   */
  synchronized StoredImage keep(StoredImage image) {
    if (!arriving.remove(image.id())) {
      throw new PicassoException(
          image.name() + ": everything was removed while it was on its way; add it again.");
    }
    StoredImage numbered = image.withNumber(nextNumber++);
    images.put(image.id(), numbered);
    return numbered;
  }

  synchronized void giveUp(String image) {
    arriving.remove(image);
  }

  /** The images that were not deleted, in the order in which they came. */
  public synchronized List<StoredImage> images() {
    return images.values().stream().filter(i -> !deleted.contains(i.id())).toList();
  }

  /** An image, also a deleted one: results still show it. */
  public synchronized Optional<StoredImage> image(String wanted) {
    return Optional.ofNullable(images.get(wanted));
  }

  /**
   * Takes an image off the list; it can be restored, unless so many are deleted after it that it
   * has to go for good. False if there is none.
   */
  public boolean delete(String image) {
    Optional<StoredImage> gone = Optional.empty();
    synchronized (this) {
      if (!images.containsKey(image) || !deleted.add(image)) {
        return false;
      }
      if (deleted.size() > limits.images()) {
        String longest = deleted.iterator().next();
        deleted.remove(longest);
        gone = Optional.ofNullable(images.remove(longest));
      }
    }
    gone.ifPresent(StoredImage::deleteFiles);
    return true;
  }

  /** Puts a deleted image back where it was. */
  public synchronized Optional<StoredImage> restore(String image) {
    deleted.remove(image);
    return image(image);
  }

  /**
   * Adds a run. The oldest finished one goes where there are too many.
   *
   * @return empty if too many are not finished yet
   */
  public Optional<Run> addRun(Run.Order order) {
    Optional<Run> oldest = Optional.empty();
    Run run;
    synchronized (this) {
      long running = runs.values().stream().filter(r -> !r.isEnded()).count();
      if (running >= limits.running()) {
        return Optional.empty();
      }
      run = new Run(Names.random(), newFolder(), order);
      runs.put(run.id(), run);
      if (runs.size() > limits.runs()) {
        oldest = removeOldest();
      }
    }
    oldest.ifPresent(r -> Folders.delete(r.folder()));
    return Optional.of(run);
  }

  private Optional<Run> removeOldest() {
    for (Iterator<Run> all = runs.values().iterator(); all.hasNext(); ) {
      Run run = all.next();
      if (run.isEnded()) {
        all.remove();
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  public synchronized Optional<Run> run(String wanted) {
    return Optional.ofNullable(runs.get(wanted));
  }

  public synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  public synchronized void forget(Run run) {
    runs.remove(run.id());
  }

  /** The models that were uploaded in this session. */
  public synchronized List<ServedModel> models() {
    return List.copyOf(models.values());
  }

  public synchronized Optional<ServedModel> model(String wanted) {
    return Optional.ofNullable(models.get(wanted));
  }

  /** Adds a model; false if there are too many, or one of that id. */
  public synchronized boolean addModel(ServedModel model) {
    return models.size() < limits.models() && models.putIfAbsent(model.id(), model) == null;
  }

  /** Takes an uploaded model out again, with its files. */
  public void removeModel(ServedModel model) {
    synchronized (this) {
      models.remove(model.id());
    }
    model.close();
    discard(model.configured().request().path());
  }

  /** Deletes the folder of this session that a path leads into; any other is left alone. */
  public void discard(Path unused) {
    if (unused.startsWith(folder) && !unused.equals(folder)) {
      Folders.delete(folder.resolve(folder.relativize(unused).getName(0)));
    }
  }

  /** Everything is gone, also from the disk; work is stopped. */
  public void reset() {
    List<ServedModel> closing;
    synchronized (this) {
      runs.values().forEach(Run::cancel);
      closing = new ArrayList<>(models.values());
      arriving.clear();
      images.clear();
      deleted.clear();
      runs.clear();
      models.clear();
      nextNumber = 0;
    }
    closing.forEach(ServedModel::close);
    Folders.delete(folder);
  }
}
