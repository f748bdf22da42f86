package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.model.config.ConfiguredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One person's images, models and runs, in a folder of their own. */
public final class Session implements Disk.Owner {
  private final String id;
  private final Path folder;
  private final Limits limits;
  private final Disk disk;
  private final Shelf shelf;
  private final Object saving = new Object();
  private final Tray tray;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, ServedModel> models = new LinkedHashMap<>();

  /** The longest ago first. */
  private final List<RemovedModel> removed = new ArrayList<>();

  private Instant used;

  Session(String id, Path folder, Limits limits, Disk disk, Shelf shelf, Instant now) {
    this.id = id;
    this.folder = folder;
    this.limits = limits;
    this.disk = disk;
    this.shelf = shelf;
    this.tray = new Tray(limits.images());
    this.used = now;
  }

  /** Whose runs are kept, in lists: a name that is no secret. */
  public String owner() {
    return String.valueOf(folder.getFileName());
  }

  /** Held by whoever writes what it holds. */
  Object saving() {
    return saving;
  }

  /** Where its runs lie once they have ended. */
  Shelf shelf() {
    return shelf;
  }

  /** What is there when the server starts again; runs lie elsewhere. */
  synchronized Holdings holdings() {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (ServedModel model : models.values()) {
      model.knownHash().filter(hash -> owns(model)).ifPresent(hash -> hashes.put(model.id(), hash));
    }
    return new Holdings(
        tray.all(),
        tray.deleted(),
        models.values().stream().map(ServedModel::configured).toList(),
        hashes,
        removed.stream()
            .map(r -> new Holdings.Removed(r.model().configured(), r.model().knownHash(), r.at()))
            .toList(),
        tray.nextNumber());
  }

  /** Takes in what was there before the server ended. */
  void restore(Holdings before, Function<ConfiguredModel, ServedModel> served) {
    long bytes = before.images().stream().mapToLong(StoredImage::bytes).sum();
    bytes += Folders.size(folder.resolve(KeptInputs.FOLDER));
    for (ConfiguredModel model : before.models()) {
      Path path = model.request().path();
      bytes += path.startsWith(folder) ? Folders.size(inside(path)) : 0;
    }
    for (Holdings.Removed model : before.removed()) {
      bytes += Folders.size(inside(model.model().request().path()));
    }
    disk.restore(this, bytes);
    synchronized (this) {
      for (Holdings.Removed model : before.removed()) {
        ServedModel gone = served.apply(model.model());
        model.sha256().ifPresent(gone::knowing);
        removed.add(new RemovedModel(gone, model.at()));
      }
      tray.takeIn(before.images(), before.deleted(), before.nextNumber());
      before.models().forEach(model -> models.put(model.id(), served.apply(model)));
      before.hashes().forEach((id, hash) -> model(id).ifPresent(model -> model.knowing(hash)));
    }
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

  /**
   * Counts bytes of a file that is about to be written, or just was.
   *
   * @throws NoRoomException if the disk has no room for them; they do not count then
   */
  public void take(long bytes) {
    disk.take(this, bytes);
  }

  /** Bytes of files that are no longer there. */
  public void giveBack(long bytes) {
    disk.giveBack(this, bytes);
  }

  /** Deletes images and models that were taken away, then the oldest run that has ended. */
  @Override
  public boolean makeRoom() {
    Optional<StoredImage> image;
    Optional<RemovedModel> model = Optional.empty();
    Optional<Run> run = Optional.empty();
    synchronized (this) {
      image = tray.removeDeleted(inUse());
      if (image.isEmpty() && !removed.isEmpty()) {
        model = Optional.of(removed.remove(0));
      } else if (image.isEmpty()) {
        run = removeOldest(r -> !r.isKept());
      }
    }
    image.ifPresent(this::deleteFiles);
    model.ifPresent(this::deleteFiles);
    run.ifPresent(this::deleteRun);
    return image.isPresent() || model.isPresent() || run.isPresent();
  }

  private void deleteFiles(StoredImage image) {
    giveBack(image.bytes());
    image.deleteFiles();
  }

  private void deleteFiles(RemovedModel gone) {
    deleteFiles(gone.model());
  }

  private void deleteRun(Run run) {
    if (run.isKept()) {
      shelf.delete(run.id()); // before its files, so that nobody sees a part of it
    }
    discard(run);
    giveBack(run.bytes().getAndSet(0));
    if (run.isKept()) {
      shelf.delete(run.id()); // it has just ended
    }
  }

  private void discard(Run run) {
    shelf.giveUp(run);
    run.discard();
  }

  synchronized void touch(Instant now) {
    used = now;
  }

  /** When its person was last heard of. */
  synchronized Instant seen() {
    return used;
  }

  /** Stops what is under way, and says why; what is finished stays. */
  void stopWork(String why) {
    runs().forEach(run -> run.end(Run.State.CANCELLED, Optional.of(why)));
  }

  /** When it was last used; work in progress counts as use. */
  synchronized Instant used(Instant now) {
    return runs.values().stream().allMatch(Run::isEnded) ? used : now;
  }

  synchronized boolean isEmpty() {
    return tray.isEmpty() && runs.isEmpty() && models.isEmpty() && removed.isEmpty();
  }

  /**
   * Makes room for an image.
   *
   * @return its id
   * @throws PicassoException if there are too many
   */
  synchronized String reserveImage() {
    return tray.reserve();
  }

  /** The same for an image that has an id, and is not here. */
  synchronized void reserveImage(String id) {
    tray.reserve(id);
  }

  /**
   * Takes an image in for which room was made; it gets its number.
   *
   * @throws PicassoException if the session was started over since
   */
  synchronized StoredImage keep(StoredImage image) {
    return tray.keep(image);
  }

  synchronized void giveUp(String image) {
    tray.giveUp(image);
  }

  /** The images that were not deleted, in the order in which they came. */
  public synchronized List<StoredImage> images() {
    return tray.shown();
  }

  /** What the images that were not deleted are called. */
  synchronized Set<String> names() {
    return images().stream().map(StoredImage::name).collect(Collectors.toSet());
  }

  /** An image, also a deleted one: results still show it. */
  public synchronized Optional<StoredImage> image(String wanted) {
    return tray.image(wanted);
  }

  /**
   * Takes an image off the list; it can be restored, unless so much is deleted after it that it has
   * to go for good. False if there is none.
   */
  public boolean delete(String image) {
    List<StoredImage> gone = new ArrayList<>();
    synchronized (this) {
      if (!tray.delete(image)) {
        return false;
      }
      Set<StoredImage> inUse = inUse();
      Optional<StoredImage> longest = tray.removeSurplus(inUse);
      while (longest.isPresent()) {
        gone.add(longest.get());
        longest = tray.removeSurplus(inUse);
      }
    }
    gone.forEach(this::deleteFiles);
    return true;
  }

  /** Images that a run works on. */
  private Set<StoredImage> inUse() {
    Set<StoredImage> inUse = new HashSet<>();
    runs.values().stream().filter(r -> !r.isEnded()).forEach(r -> inUse.addAll(r.order().images()));
    return inUse;
  }

  /** Puts a deleted image back where it was. */
  public synchronized Optional<StoredImage> restore(String image) {
    return tray.restore(image);
  }

  /**
   * Adds a run. The oldest finished one goes where there are too many, unless it is kept elsewhere.
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
      String name = Names.random();
      run = new Run(name, shelf.newFolder(this, name), order);
      runs.put(run.id(), run);
      if (runs.size() > limits.runs()) {
        oldest = removeOldest(r -> true);
      }
    }
    oldest.filter(r -> !r.isKept()).ifPresent(this::deleteRun);
    return Optional.of(run);
  }

  private Optional<Run> removeOldest(Predicate<Run> which) {
    for (Iterator<Run> all = runs.values().iterator(); all.hasNext(); ) {
      Run run = all.next();
      if (run.isEnded() && which.test(run)) {
        all.remove();
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  public synchronized Optional<Run> run(String wanted) {
    return Optional.ofNullable(runs.get(wanted)).filter(this::isThere);
  }

  public synchronized List<Run> runs() {
    return runs.values().stream().filter(this::isThere).toList();
  }

  /** A kept run may have been deleted where it lies. */
  private boolean isThere(Run run) {
    return !run.isKept() || shelf.holds(run.id());
  }

  /** Takes a run out with all its results; what works on it is stopped. */
  public void forget(Run run) {
    synchronized (this) {
      runs.remove(run.id());
    }
    deleteRun(run);
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

  /**
   * Puts a model in the place of the one of that id, of this person's or of everybody's. The files
   * are the same.
   *
   * @param before the person's own that it was made of; empty where that is everybody's
   * @return false if something else is there by now, or nothing; then it stays so
   */
  public boolean replaceModel(Optional<ServedModel> before, ServedModel changed) {
    synchronized (this) {
      if (!model(changed.id()).equals(before)) {
        return false;
      }
      models.put(changed.id(), changed);
    }
    before.ifPresent(ServedModel::close);
    return true;
  }

  /** Whether the files of a model are this person's; of everybody's, the input may be. */
  public boolean owns(ServedModel model) {
    return model.configured().request().path().startsWith(folder);
  }

  /**
   * Takes an opened model away, also where it was changed meanwhile; its files stay for a while, so
   * that it can be restored. Of everybody's only what was changed goes.
   */
  public void takeAway(String wanted, Instant now) {
    Optional<ServedModel> taken;
    synchronized (this) {
      taken = Optional.ofNullable(models.remove(wanted));
      taken.filter(this::owns).ifPresent(model -> removed.add(new RemovedModel(model, now)));
    }
    taken.ifPresent(ServedModel::close);
    taken.filter(model -> !owns(model)).ifPresent(this::deleteFiles);
  }

  /** The models that were taken away and can be restored, the longest ago first. */
  public synchronized List<RemovedModel> removedModels() {
    return List.copyOf(removed);
  }

  /**
   * Puts a model back that was taken away.
   *
   * @param again the same model, which may be called otherwise
   * @return false if it is gone, there are too many, or one is called so
   */
  public synchronized boolean putBack(RemovedModel gone, ServedModel again) {
    if (!removed.contains(gone) || !addModel(again)) {
      return false;
    }
    return removed.remove(gone);
  }

  /** Deletes the models that were taken away a while ago. */
  void forgetRemoved(Instant now) {
    List<RemovedModel> over;
    synchronized (this) {
      over = removed.stream().filter(r -> r.isOver(now)).toList();
      removed.removeAll(over);
    }
    over.forEach(this::deleteFiles);
  }

  /**
   * Takes an uploaded model out again, with its files, also where it was changed meanwhile; of
   * everybody's only what was changed.
   */
  public void removeModel(String wanted) {
    Optional<ServedModel> taken;
    synchronized (this) {
      taken = Optional.ofNullable(models.remove(wanted));
    }
    taken.ifPresent(ServedModel::close);
    taken.ifPresent(this::deleteFiles);
  }

  private void deleteFiles(ServedModel model) {
    if (!owns(model)) {
      HeldFiles.discard(this, model.configured().held().values());
      return;
    }
    giveBack(Folders.size(inside(model.configured().request().path())));
    discard(model.configured().request().path());
  }

  /** Deletes the folder of this session that a path leads into; any other is left alone. */
  public void discard(Path unused) {
    if (unused.startsWith(folder) && !unused.equals(folder)) {
      Folders.delete(inside(unused));
    }
  }

  private Path inside(Path path) {
    return folder.resolve(folder.relativize(path).getName(0));
  }

  /** Stops work, and gives the memory of models back; what lies on the disk stays. */
  void rest() {
    List<ServedModel> closing;
    List<Run> ending;
    synchronized (this) {
      ending = runs.values().stream().filter(r -> !r.isKept()).toList();
      closing = List.copyOf(models.values());
    }
    ending.forEach(Run::cancel);
    closing.forEach(ServedModel::close);
  }

  /** Models that nobody looked at for a while give their memory back; they are loaded again. */
  synchronized void unloadModels() {
    models.values().forEach(ServedModel::unload);
  }

  /** Everything but kept runs is gone, also from the disk; work is stopped. */
  public void reset() {
    List<ServedModel> closing;
    List<Run> ending;
    synchronized (this) {
      ending = new ArrayList<>(runs.values());
      closing = new ArrayList<>(models.values());
      tray.clear();
      runs.clear();
      models.clear();
      removed.clear();
    }
    ending.stream().filter(r -> !r.isKept()).forEach(this::discard);
    closing.forEach(ServedModel::close);
    Folders.delete(folder);
    disk.giveBackAll(this);
  }
}
