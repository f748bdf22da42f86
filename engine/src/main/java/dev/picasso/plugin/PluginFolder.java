package dev.picasso.plugin;

import dev.picasso.plugin.FolderLoading.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder of plugins, which may be missing. It is looked at whenever somebody asks what it holds:
 * what is new is loaded, what has changed is loaded anew, and what is gone is forgotten. Work under
 * way keeps the objects that it has.
 *
 * <p>Each file has a class loader of its own, so that two may hold classes of one name. A Java file
 * finds templates that lie beside it, and classes of the jars; jars find one another's. From many
 * threads.
 */
public final class PluginFolder {
  /** How long all plugins together may take to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path folder;
  private final FolderLoading how;

  /** Held while files are loaded. */
  private final ReentrantLock loading = new ReentrantLock();

  private volatile Optional<Seen> seen = Optional.empty();

  /**
   * The folder at one time.
   *
   * @param loaded by path
   * @param jars their classes
   * @param files in the order of their names
   */
  private record Seen(
      Stamps stamps,
      Map<Path, PluginFile> loaded,
      List<PluginClasses> jars,
      List<PluginFile> files) {
    static final Seen NOTHING = new Seen(Stamps.NONE, Map.of(), List.of(), List.of());
  }

  private PluginFolder(Path folder, FolderLoading how) {
    this.folder = folder;
    this.how = how;
  }

  /**
   * A folder.
   *
   * @param kinds what its classes may be
   */
  public static PluginFolder at(Path folder, List<PluginKind<?>> kinds) {
    return new PluginFolder(
        folder, new FolderLoading(List.copyOf(kinds), PATIENCE, SourceCompiler.standard()));
  }

  /** The same, with other patience for plugins that do not start. */
  public PluginFolder within(Duration patience) {
    return new PluginFolder(folder, new FolderLoading(how.kinds(), patience, how.compiler()));
  }

  /** The same with another compiler. */
  PluginFolder compiledBy(SourceCompiler other) {
    return new PluginFolder(folder, new FolderLoading(how.kinds(), how.patience(), other));
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /**
   * What is there now; the same list as long as nothing has changed. Whoever asks while files are
   * loaded hears what was there before, so that a plugin that hangs delays nobody else.
   */
  public List<PluginFile> files() {
    Optional<Seen> before = seen;
    if (before.isPresent() && !loading.tryLock()) {
      return before.get().files;
    }
    if (before.isEmpty()) {
      loading.lock();
    }
    try {
      Seen now = look(seen.orElse(Seen.NOTHING));
      seen = Optional.of(now);
      return now.files;
    } finally {
      loading.unlock();
    }
  }

  /** Whether somebody waits for files that are loaded. */
  boolean isLoading() {
    return loading.isLocked();
  }

  private Seen look(Seen before) {
    try {
      Stamps stamps = Stamps.in(folder);
      return stamps.equals(before.stamps) ? before : load(before, stamps);
    } catch (IOException | UncheckedIOException e) {
      PluginTrouble trouble =
          PluginTrouble.of("the folder cannot be read (" + e.getMessage() + ").");
      PluginFile told = PluginFile.broken(String.valueOf(folder), List.of(trouble));
      return before.files.equals(List.of(told))
          ? before
          : new Seen(Stamps.NONE, Map.of(), List.of(), List.of(told));
    }
  }

  /** Jars are loaded all together, since they use one another, and then the Java files anew. */
  private Seen load(Seen before, Stamps now) {
    boolean sameJars = now.same(before.stamps, Stamps::isJar);
    boolean sameBeside = sameJars && now.same(before.stamps, Stamps::isTemplate);
    List<Path> jars = now.files(Stamps::isJar);
    Map<Path, PluginFile> loaded = new LinkedHashMap<>();
    List<Path> sources = new ArrayList<>();
    for (Path file : now.of().keySet()) {
      Optional<PluginFile> known =
          Optional.ofNullable(before.loaded.get(file)).filter(k -> isSame(file, before, now));
      boolean kept = Stamps.isJar(file) ? sameJars : sameBeside;
      if (kept && known.isPresent()) {
        loaded.put(file, known.get());
      } else if (Stamps.isSource(file)) {
        sources.add(file);
      }
    }
    Loaded ofJars = sameJars ? new Loaded(Map.of(), before.jars) : how.jars(jars);
    loaded.putAll(ofJars.files());
    loaded.putAll(
        how.sources(sources, jars, ofJars.classes(), now.files(Stamps::isTemplate)).files());
    List<PluginFile> files =
        now.of().keySet().stream()
            .flatMap(file -> Optional.ofNullable(loaded.get(file)).stream())
            .toList();
    return new Seen(now, Map.copyOf(loaded), ofJars.classes(), files);
  }

  private static boolean isSame(Path file, Seen before, Stamps now) {
    return Optional.ofNullable(now.of().get(file))
        .equals(Optional.ofNullable(before.stamps.of().get(file)));
  }

  /** Finds classes by name in all files as they are now, for those who ask soon. */
  public ClassLoader classes() {
    List<ClassLoader> loaders = files().stream().flatMap(f -> f.classes().stream()).toList();
    return new ClassLoader(PluginFolder.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (ClassLoader loader : loaders) {
          if (loader instanceof PluginClasses own && own.has(name)) {
            return own.loadClass(name);
          }
        }
        throw new ClassNotFoundException(name);
      }
    };
  }

  /**
   * Remembers what happened to an object while it worked, if it is a plugin's.
   *
   * @param words a sentence without its full stop
   * @return whether it is
   */
  public static boolean tell(Object object, String words, Throwable fault) {
    if (object.getClass().getClassLoader() instanceof PluginClasses classes) {
      classes.troubles().add(classes.trouble(words, fault));
      return true;
    }
    return false;
  }

  /**
   * Remembers what happened to an object while it worked, if it is a plugin's.
   *
   * @param words whole sentences
   */
  public static void tell(Object object, String words) {
    if (object.getClass().getClassLoader() instanceof PluginClasses classes) {
      classes.troubles().add(PluginTrouble.of(words));
    }
  }
}
