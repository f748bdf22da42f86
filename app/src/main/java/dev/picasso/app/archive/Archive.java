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
 * a process that is killed at any moment leaves whole runs, and folders without a row; these are
 * deleted when the archive is opened next.
 */
public final class Archive implements AutoCloseable {
  /** The table's file, in the folder that holds all. */
  public static final String TABLE = "runs.db";

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
    try (Stream<Path> folders = Files.list(runs)) {
      for (Path folder : folders.toList()) {
        if (!known.remove(String.valueOf(folder.getFileName()))) {
          delete(folder);
        }
      }
    }
    known.forEach(table::remove); // somebody took their files away
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
      KeptRun measured = run.withBytes(Durable.folder(folder(run.id())));
      Durable.names(runs);
      table.add(measured);
      return measured;
    } catch (IOException e) {
      throw problem(runs, e);
    }
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

  /** Deletes a run with its files; false if there is no such run. */
  public boolean delete(String id) {
    if (!KeptRun.ID.matcher(id).matches() || !table.remove(id)) {
      return false;
    }
    delete(folder(id));
    return true;
  }

  /**
   * Deletes what is too old and has no name, then as much as is too large: of whoever has most, the
   * oldest first, those with a name last.
   *
   * @return how many went
   */
  public int clean(Instant now, Duration age, long bytes) {
    int gone = 0;
    for (KeptRun old : table.before(now.minus(age))) {
      gone += delete(old.id()) ? 1 : 0;
    }
    while (table.bytes() > bytes) {
      Optional<KeptRun> next = table.leastLoss();
      if (next.isEmpty()) {
        break;
      }
      gone += delete(next.get().id()) ? 1 : 0;
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
