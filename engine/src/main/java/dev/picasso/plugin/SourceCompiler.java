package dev.picasso.plugin;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a Java file into memory; nothing is written, and no annotation processor runs. */
final class SourceCompiler {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_ERRORS = 20;

  private static final String NEEDS_JDK =
      "is a Java file, which only a JDK can compile; this Java, %s in %s, is a runtime without a"
          + " compiler. Start Picasso with a JDK 17 or newer, or compile the file elsewhere and"
          + " put the jar here.";

  private final Supplier<Optional<JavaCompiler>> compiler;

  SourceCompiler(Supplier<Optional<JavaCompiler>> compiler) {
    this.compiler = compiler;
  }

  /** With the compiler of the Java that runs this, if it is a JDK. */
  static SourceCompiler standard() {
    return new SourceCompiler(
        () -> {
          try {
            return Optional.ofNullable(ToolProvider.getSystemJavaCompiler());
          } catch (LinkageError e) {
            return Optional.empty(); // a Java without the interface to compilers
          }
        });
  }

  /**
   * The classes of a file, by path.
   *
   * @param jars whose classes it may use beside Picasso's
   * @throws CompilationFailed telling all that is wrong
   */
  Map<String, byte[]> compile(Path file, List<Path> jars) throws CompilationFailed {
    JavaCompiler found =
        compiler
            .get()
            .orElseThrow(
                () ->
                    new CompilationFailed(
                        NEEDS_JDK.formatted(
                            Runtime.version(),
                            System.getProperty("java.home", "an unknown folder"))));
    String text = read(file);
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    StringWriter other = new StringWriter();
    try (MemoryFiles files =
        new MemoryFiles(
            found.getStandardFileManager(told, Locale.ENGLISH, StandardCharsets.UTF_8))) {
      boolean done =
          found
              .getTask(
                  other,
                  files,
                  told,
                  options(jars),
                  List.of(),
                  List.of(MemoryFiles.source(String.valueOf(file.getFileName()), text)))
              .call();
      if (!done) {
        throw new CompilationFailed(errors(told.getDiagnostics(), text, other.toString()));
      }
      return files.classes();
    } catch (IOException e) {
      throw new CompilationFailed("cannot be compiled (" + e.getMessage() + ").");
    } catch (RuntimeException | Error e) {
      throw new CompilationFailed(
          "makes the Java compiler fail (" + PluginWords.oneLine(e.toString()) + "); simplify it.");
    }
  }

  private static List<String> options(List<Path> jars) {
    String path =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path", "")),
                jars.stream().filter(SourceCompiler::isReadable).map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        "-proc:none",
        "-nowarn",
        "-parameters",
        "-g",
        "-Xmaxerrs",
        String.valueOf(MOST_ERRORS),
        "-classpath",
        path);
  }

  /** One that is damaged, or only half there yet, would make the compiler refuse every file. */
  private static boolean isReadable(Path jar) {
    try {
      new ZipFile(jar.toFile()).close();
      return true;
    } catch (IOException e) {
      return false; // its own card says so
    }
  }

  private static String read(Path file) throws CompilationFailed {
    try {
      if (Files.size(file) > LARGEST) {
        throw new CompilationFailed(
            "is larger than " + (LARGEST >> 20) + " MB; make a jar of so much code.");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CompilationFailed("cannot be read (" + e.getMessage() + ").");
    }
  }

  private static List<PluginTrouble> errors(
      List<Diagnostic<? extends JavaFileObject>> told, String text, String other) {
    List<String> lines = text.lines().toList();
    List<PluginTrouble> errors = new ArrayList<>();
    for (Diagnostic<?> d : told) {
      if (d.getKind() == Diagnostic.Kind.ERROR) {
        int line = (int) d.getLineNumber(); // -1 where there is none
        errors.add(
            new PluginTrouble(
                words(String.valueOf(d.getMessage(Locale.ENGLISH))),
                line > 0 ? OptionalInt.of(line) : OptionalInt.empty(),
                line > 0 && line <= lines.size() ? lines.get(line - 1).stripTrailing() : ""));
      }
    }
    return errors.isEmpty()
        ? List.of(PluginTrouble.of("does not compile (" + PluginWords.oneLine(other) + ")."))
        : errors;
  }

  /** The compiler's words, and what to do where these do not tell. */
  private static String words(String message) {
    String plain = message.replaceAll("[ \\t]+", " ").strip();
    if (plain.contains("com.google.auto.service") || plain.contains("class AutoService")) {
      return plain + "\nA dropped file needs no @AutoService; leave it out.";
    }
    return plain;
  }

  /** A file that does not become classes. */
  static final class CompilationFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<PluginTrouble> problems;

    CompilationFailed(List<PluginTrouble> problems) {
      super("it does not compile");
      this.problems = List.copyOf(problems);
    }

    CompilationFailed(String problem) {
      this(List.of(PluginTrouble.of(problem)));
    }

    List<PluginTrouble> problems() {
      return problems;
    }
  }
}
