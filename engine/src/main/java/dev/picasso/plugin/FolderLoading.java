package dev.picasso.plugin;

import dev.picasso.plugin.Awaited.Outcome;
import dev.picasso.plugin.Contents.Announced;
import dev.picasso.plugin.SourceCompiler.CompilationFailed;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Loads files of a folder.
 *
 * @param patience how long all of them together may take to start
 */
record FolderLoading(List<PluginKind<?>> kinds, Duration patience, SourceCompiler compiler) {
  /** How long all files together may take to be read and compiled. */
  private static final Duration READING = Duration.ofSeconds(60);

  /**
   * Files that were loaded.
   *
   * @param classes those of each that could be read
   */
  record Loaded(Map<Path, PluginFile> files, List<PluginClasses> classes) {
    static final Loaded NONE = new Loaded(Map.of(), List.of());
  }

  /** Jars, which find one another's classes. */
  Loaded jars(List<Path> jars) {
    Map<Path, Callable<Contents>> reading = new LinkedHashMap<>();
    jars.forEach(jar -> reading.put(jar, () -> new JarReader(kinds).read(jar)));
    List<PluginClasses> together = new ArrayList<>();
    Map<Path, PluginClasses> classes = new LinkedHashMap<>();
    Map<Path, Contents> read = read(reading);
    read.forEach((jar, contents) -> classes.put(jar, classes(contents, together)));
    together.addAll(classes.values());
    return start(read, classes);
  }

  /**
   * Java files, none of which sees another.
   *
   * @param jars whose classes they may use
   * @param templates which stand beside the classes of each
   */
  Loaded sources(
      List<Path> sources, List<Path> jars, List<PluginClasses> ofJars, List<Path> templates) {
    Map<Path, Callable<Contents>> compiling = new LinkedHashMap<>();
    sources.forEach(s -> compiling.put(s, () -> compiled(s, jars, ofJars, templates)));
    Map<Path, PluginClasses> classes = new LinkedHashMap<>();
    Map<Path, Contents> read = read(compiling);
    read.forEach((source, contents) -> classes.put(source, classes(contents, ofJars)));
    return start(read, classes);
  }

  private static PluginClasses classes(Contents contents, List<PluginClasses> beside) {
    return new PluginClasses(
        FolderLoading.class.getClassLoader(), contents.entries(), () -> beside);
  }

  private static Map<Path, Contents> read(Map<Path, Callable<Contents>> work) {
    String hanging = "takes too long to be compiled; it was given " + READING.toSeconds() + " s.";
    Map<Path, Contents> read = new LinkedHashMap<>();
    new Awaited(READING, hanging)
        .all(work)
        .forEach((file, outcome) -> read.put(file, contents(outcome)));
    return read;
  }

  private static Contents contents(Outcome<Contents> outcome) {
    return outcome instanceof Outcome.Done<Contents> done
        ? done.value()
        : Contents.unusable(why(outcome, "reading it"));
  }

  private static String why(Outcome<?> outcome, String step) {
    Throwable why =
        outcome instanceof Outcome.Failed<?> failed ? failed.why() : new IllegalStateException();
    return why instanceof Unusable ? String.valueOf(why.getMessage()) : PluginWords.of(why, step);
  }

  private Contents compiled(
      Path source, List<Path> jars, List<PluginClasses> ofJars, List<Path> templates) {
    Map<String, byte[]> classes;
    try {
      classes = compiler.compile(source, jars);
    } catch (CompilationFailed e) {
      return Contents.unusable(e.problems());
    }
    List<String> types =
        classes.keySet().stream()
            .map(path -> path.substring(0, path.length() - ".class".length()).replace('/', '.'))
            .filter(name -> !name.contains("$"))
            .sorted()
            .toList();
    Map<String, byte[]> entries = new LinkedHashMap<>(classes);
    for (Path template : templates) {
      Optional<byte[]> text = text(template);
      types.forEach(type -> text.ifPresent(t -> entries.put(beside(type, template), t)));
    }
    Contents all = new Contents(entries, List.of(), List.of());
    List<Announced> plugins = plugins(types, classes(all, ofJars));
    return plugins.isEmpty()
        ? Contents.unusable(nothing())
        : new Contents(entries, plugins, List.of());
  }

  private static String beside(String type, Path template) {
    int dot = type.lastIndexOf('.');
    return type.substring(0, dot + 1).replace('.', '/') + template.getFileName();
  }

  private static Optional<byte[]> text(Path template) {
    try {
      return Optional.of(Files.readAllBytes(template));
    } catch (IOException e) {
      return Optional.empty(); // whoever names it hears that there is none
    }
  }

  /**
   * Which classes are plugins.
   *
   * @param classes which is thrown away; nothing of them runs here
   */
  private List<Announced> plugins(List<String> types, ClassLoader classes) {
    List<Announced> plugins = new ArrayList<>();
    for (String name : types) {
      try {
        Class<?> type = Class.forName(name, false, classes);
        boolean whole = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
        kinds.stream()
            .filter(kind -> whole && kind.type().isAssignableFrom(type))
            .forEach(kind -> plugins.add(new Announced(kind, name)));
      } catch (ClassNotFoundException | LinkageError e) {
        plugins.add(new Announced(kinds.get(0), name)); // starting it will tell
      }
    }
    return plugins;
  }

  private String nothing() {
    List<String> names = kinds.stream().map(kind -> called(kind.type())).toList();
    int last = names.size() - 1;
    return "holds no class that implements "
        + String.join(", ", names.subList(0, last))
        + (last > 0 ? " or " : "")
        + names.get(last)
        + ".";
  }

  /** As a source says it, whatever it is inside of. */
  private static String called(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : called(outer) + ".") + type.getSimpleName();
  }

  /** An announced class of a file. */
  private record Plugin(Path file, Announced announced) {}

  private Loaded start(Map<Path, Contents> read, Map<Path, PluginClasses> classes) {
    Map<Plugin, Callable<Object>> work = new LinkedHashMap<>();
    read.forEach(
        (file, contents) -> {
          ClassLoader own = Optional.ofNullable(classes.get(file)).orElseThrow();
          for (Announced a : contents.announced()) {
            work.put(new Plugin(file, a), () -> PluginStart.start(a, own));
          }
        });
    String hanging =
        "its constructor or its settings hang; it was given "
            + Math.max(1, patience.toSeconds())
            + " s";
    Map<Plugin, Outcome<Object>> outcomes = new Awaited(patience, hanging).all(work);
    Map<Path, PluginFile> files = new LinkedHashMap<>();
    read.forEach(
        (file, contents) -> {
          PluginClasses own = Optional.ofNullable(classes.get(file)).orElseThrow();
          files.put(file, file(file, contents, own, outcomes));
        });
    return new Loaded(files, List.copyOf(classes.values()));
  }

  private static PluginFile file(
      Path file, Contents contents, PluginClasses classes, Map<Plugin, Outcome<Object>> outcomes) {
    List<PluginFile.Made> made = new ArrayList<>();
    List<PluginTrouble> problems = new ArrayList<>(contents.problems());
    outcomes.forEach(
        (plugin, outcome) -> {
          Announced announced = plugin.announced;
          if (!plugin.file.equals(file)) {
            return;
          }
          if (outcome instanceof Outcome.Done<Object> done) {
            made.add(new PluginFile.Made(announced.kind(), done.value()));
          } else {
            String why = why(outcome, "it");
            String kind = PluginWords.file(file.toString());
            problems.add(
                PluginTrouble.of(PluginWords.cannotBeUsed(announced.className(), why, kind)));
          }
        });
    return new PluginFile(shown(file), made, problems, Optional.of(classes));
  }

  private static String shown(Path file) {
    return file.getNameCount() > 1
        ? file.getName(file.getNameCount() - 2) + "/" + file.getFileName()
        : String.valueOf(file.getFileName());
  }
}
