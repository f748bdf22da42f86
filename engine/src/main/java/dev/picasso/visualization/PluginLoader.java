package dev.picasso.visualization;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Finds classes in the jars of a folder, and which of them the jars announce. */
final class PluginLoader extends URLClassLoader {
  private static final String SERVICES = "META-INF/services/" + Visualization.class.getName();

  /** A list of names is never longer. */
  private static final int LONGEST_LIST = 1 << 16;

  private static final Pattern CLASS =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

  /**
   * A class that a jar announces.
   *
   * @param jar for people, as in "plugins/mine.jar"
   */
  record Announced(String jar, String className) {}

  private final List<Announced> announced = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private PluginLoader(URL[] jars) {
    super(jars, PluginLoader.class.getClassLoader());
  }

  /** All jars of a folder, which may be missing. */
  static PluginLoader of(Path folder) {
    List<Path> jars = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(f -> f.toString().endsWith(".jar")).sorted().forEach(jars::add);
      } catch (IOException | UncheckedIOException e) {
        problems.add("The plugins folder " + folder + " cannot be read (" + e.getMessage() + ").");
      }
    }
    PluginLoader loader =
        new PluginLoader(jars.stream().map(PluginLoader::url).toArray(URL[]::new));
    loader.problems.addAll(problems);
    jars.forEach(loader::readNames);
    return loader;
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readNames(Path file) {
    String shown = shown(file);
    try (JarFile jar = new JarFile(file.toFile())) {
      ZipEntry entry = jar.getEntry(SERVICES);
      if (entry != null) {
        for (String line : lines(jar, entry)) {
          add(shown, line);
        }
      }
    } catch (IOException | RuntimeException e) {
      problems.add(
          shown
              + ": is no jar that can be read ("
              + PluginProblem.oneLine(String.valueOf(e.getMessage()))
              + "); build it anew, or take it out.");
    }
  }

  private static String shown(Path file) {
    return file.getNameCount() > 1
        ? file.getName(file.getNameCount() - 2) + "/" + file.getFileName()
        : String.valueOf(file.getFileName());
  }

  /** What is on the lines, each once, without comments. */
  private static Set<String> lines(JarFile jar, ZipEntry entry) throws IOException {
    byte[] bytes;
    try (InputStream in = jar.getInputStream(entry)) {
      bytes = in.readNBytes(LONGEST_LIST + 1);
    }
    if (bytes.length > LONGEST_LIST) {
      throw new IOException(SERVICES + " is too long");
    }
    Set<String> lines = new LinkedHashSet<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(lines::add);
    return lines;
  }

  private void add(String jar, String line) {
    if (CLASS.matcher(line).matches()) {
      announced.add(new Announced(jar, line));
    } else {
      problems.add(
          jar
              + ": \""
              + PluginProblem.oneLine(line)
              + "\" in "
              + SERVICES
              + " is no name of a class; write one a line, as in com.example.MyVisualization.");
    }
  }

  List<Announced> announced() {
    return List.copyOf(announced);
  }

  /** What is wrong with the folder and the jars themselves. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
