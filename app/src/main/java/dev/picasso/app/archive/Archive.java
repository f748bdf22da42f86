package dev.picasso.app.archive;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that are kept. A run works in a folder of its own from the start, and nobody sees it here
 * until it has ended: then its files are forced onto the disk, and only then its row is written. So
 * a process that is killed at any moment leaves whole runs, and folders without a row; of these
 * what was finished can be kept when the archive is opened next, and the rest is deleted. A run
 * that somebody deletes is gone for everybody, and can be restored for a while: its row says so,
 * and its files stay.
 */
public final class Archive implements AutoCloseable {
  /** The table's file, in the folder that holds all. */
  public static final String TABLE = "runs.db";

  /** So long a deleted run can be restored, as a rule. */
  public static final Duration RESTORABLE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
  private static final String FOLDER = "runs";

  private final Path runs;
  private final RunTable table;

  private Archive(Path runs, RunTable table) {
    this.runs = runs;
    this.table = table;
  }

  /**
   * Opens the archive in a folder, or begins one there; what a killed process left is deleted. One
   * process at a time may do so.
   *
   * @throws PicassoException if the folder cannot be written, or what lies there is of another
   *     program
   */
  public static Archive open(Path folder) {
    Path runs = folder.resolve(FOLDER);
    try {
      Files.createDirectories(runs);
      RunTable table = RunTable.open(folder.resolve(TABLE));
      Archive archive = new Archive(runs, table);
      archive.sweep();
      return archive;
    } catch (IOException e) {
      throw problem(folder, e);
    }
  }

  /**
   * Reads an archive, which a server may have open.
   *
   * @return empty if there is none in that folder
   */
  public static Optional<Archive> read(Path folder) {
    Path file = folder.resolve(TABLE);
    return Files.isRegularFile(file)
        ? Optional.of(new Archive(folder.resolve(FOLDER), RunTable.read(file)))
        : Optional.empty();
  }

  /** Loads what archives are opened with, for whoever opens one next. */
  public static void foresee() {
    RunTable.foresee();
  }

  private static PicassoException problem(Path folder, IOException e) {
    Optional<MachineException> full = MachineException.ofDisk(folder, e);
    return full.isPresent()
        ? full.get()
        : new PicassoException(
            folder
                + ": runs cannot be kept there ("
                + e.getMessage()
                + "). Name another folder with --data.",
            e);
  }

  private void sweep() throws IOException {
    Set<String> known = new HashSet<>(table.ids());
    for (Path folder : folders()) {
      if (known.remove(String.valueOf(folder.getFileName()))) {
        endJournal(folder); // the row was written last
      } else if (!Journal.isThere(folder)) {
        delete(folder);
      }
    }
    known.forEach(table::remove); // somebody took their files away
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.toList();
    }
  }

  /**
   * What is left of runs that were at work when the process ended that had this archive open; what
   * was not finished of them is deleted. For whoever has just opened it: each is to be kept, or
   * left for the next time.
   *
   * @throws PicassoException if the folder of runs cannot be read
   */
  public List<Unfinished> unfinished() {
    Set<String> known = new HashSet<>(table.ids());
    try {
      return folders().stream()
          .filter(folder -> !known.contains(String.valueOf(folder.getFileName())))
          .flatMap(folder -> unfinished(folder).stream())
          .toList();
    } catch (IOException e) {
      throw problem(runs, e);
    }
  }

  private static Optional<Unfinished> unfinished(Path folder) {
    try {
      Optional<Unfinished> left =
          Journal.read(folder)
              .filter(run -> run.run().id().equals(String.valueOf(folder.getFileName())))
              .filter(run -> !run.finished().isEmpty());
      if (left.isPresent()) {
        Journal.sweep(folder, left.get().files());
      } else {
        delete(folder);
      }
      return left;
    } catch (IOException e) {
      LOG.warn("what was finished of the run in {} cannot be read", folder, e);
      return Optional.empty();
    }
  }

  /** Deletes what is left of a run that cannot be kept. */
  public void giveUp(Unfinished left) {
    delete(folder(left.run().id()));
  }

  /** A fresh folder for a run of that id; it is kept from {@link #keep} on. */
  public Path newFolder(String id) {
    try {
      return Files.createDirectory(KeptFiles.in(runs, id));
    } catch (IOException e) {
      throw problem(runs, e);
    }
  }

  /** The folder of a run. */
  public Path folder(String id) {
    return KeptFiles.in(runs, id);
  }

  /**
   * Keeps a run whose files all lie in its folder. When this returns, neither a kill nor a power
   * cut loses it.
   *
   * @return the same with the bytes that its files take
   * @throws MachineException if the disk is full
   */
  public KeptRun keep(KeptRun run) {
    try {
      Path folder = folder(run.id());
      KeptRun measured = run.withBytes(Durable.folder(folder) - Journal.bytes(folder));
      Durable.names(runs);
      table.add(measured);
      endJournal(folder);
      return measured;
    } catch (IOException e) {
      throw problem(runs, e);
    }
  }

  private static void endJournal(Path folder) {
    try {
      Journal.end(folder);
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted yet", folder, e); // it is when the archive is opened
    }
  }

  /** Whether there is a run of that id. */
  public boolean has(String id) {
    return table.has(id);
  }

  /** The run of that id; ids of any other form are of none. */
  public Optional<KeptRun> find(String id) {
    return KeptRun.ID.matcher(id).matches() ? table.find(id) : Optional.empty();
  }

  /**
   * Runs, the newest first.
   *
   * @param owner whose; everybody's where none is named
   */
  public List<KeptRun> newest(Optional<String> owner, int most) {
    return table.newest(owner, most);
  }

  /**
   * A run that explained an image of that id, and has it.
   *
   * @param image ids of any other form are of none
   */
  public Optional<KeptRun> withImage(String image) {
    return KeptRun.ID.matcher(image).matches()
        ? table
            .withImage(image)
            .filter(run -> Files.isRegularFile(folder(run.id()).resolve(KeptFiles.image(image))))
        : Optional.empty();
  }

  /**
   * Gives a run a name; none for an empty text.
   *
   * @return false if there is no such run
   * @throws PicassoException if the name is too long
   */
  public boolean rename(String id, String name) {
    String shown = name.replaceAll("\\p{C}", " ").strip();
    if (shown.length() > KeptRun.LONGEST_NAME) {
      throw new PicassoException(
          "The name has %d characters; it may have %d."
              .formatted(shown.length(), KeptRun.LONGEST_NAME));
    }
    return table.rename(id, shown);
  }

  /**
   * Deletes a run; its files stay for {@link #RESTORABLE}, or until there is no room for them.
   *
   * @return false if there is no such run
   */
  public boolean delete(String id, Instant now) {
    return KeptRun.ID.matcher(id).matches() && table.markDeleted(id, now);
  }

  /** A run that was deleted, and can be restored; ids of any other form are of none. */
  public Optional<KeptRun> deleted(String id) {
    return KeptRun.ID.matcher(id).matches() ? table.deleted(id) : Optional.empty();
  }

  /** Takes a deletion back; false if there is no such run any more. */
  public boolean restore(String id) {
    return KeptRun.ID.matcher(id).matches() && table.restore(id);
  }

  /** Deletes a run with its files, for good; false if there is no such run. */
  public boolean discard(String id) {
    return KeptRun.ID.matcher(id).matches() && deleteFiles(id, table.remove(id));
  }

  /** First the row is gone, so that nobody sees a part of a run; what a kill leaves is swept. */
  private boolean deleteFiles(String id, boolean removed) {
    if (removed) {
      delete(folder(id));
    }
    return removed;
  }

  /** Unless it was restored meanwhile. */
  private boolean discardDeleted(KeptRun run) {
    return deleteFiles(run.id(), table.removeDeleted(run.id()));
  }

  /**
   * Deletes for good what was deleted a while ago; then what is too old and has no name, then as
   * much as is too large: what was deleted, and of whoever has most, the oldest first, those with a
   * name last.
   *
   * @return how many went that nobody had deleted
   */
  public int clean(Instant now, Duration age, long bytes) {
    for (KeptRun deleted : table.deletedBefore(now.minus(RESTORABLE))) {
      boolean unused = discardDeleted(deleted);
    }
    int gone = 0;
    for (KeptRun old : table.before(now.minus(age))) {
      gone += discard(old.id()) ? 1 : 0;
    }
    for (KeptRun deleted : table.deleted()) {
      if (table.bytes() <= bytes) {
        break;
      }
      boolean unused = discardDeleted(deleted);
    }
    while (table.bytes() > bytes) {
      Optional<KeptRun> next = table.leastLoss();
      if (next.isEmpty()) {
        break;
      }
      gone += discard(next.get().id()) ? 1 : 0;
    }
    return gone;
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(folder, new Deleting());
    } catch (IOException e) {
      LOG.debug("{} cannot be deleted yet", folder, e); // it is swept when the archive is opened
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException problem)
        throws IOException {
      if (Files.isDirectory(visited, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(visited);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() {
    table.close();
  }
}
