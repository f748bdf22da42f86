package dev.picasso.plugin;

import dev.picasso.plugin.Contents.Announced;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Reads a jar into memory, and which of its classes it announces. */
final class JarReader {
  /** All of a jar together; what is larger is no plugin. */
  private static final long LARGEST = 256L << 20;

  /** A list of names is never longer. */
  private static final int LONGEST_LIST = 1 << 16;

  private static final String SERVICES = "META-INF/services/";

  private static final Pattern CLASS =
      Pattern.compile(
          "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
              + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

  private final List<PluginKind<?>> kinds;

  JarReader(List<PluginKind<?>> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  Contents read(Path file) {
    try (JarFile jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, Runtime.version())) {
      Map<String, byte[]> entries = entries(jar);
      List<Announced> announced = new ArrayList<>();
      List<PluginTrouble> problems = new ArrayList<>();
      for (PluginKind<?> kind : kinds) {
        String list = SERVICES + kind.type().getName();
        for (String line : lines(list, Optional.ofNullable(entries.get(list)))) {
          if (CLASS.matcher(line).matches()) {
            announced.add(new Announced(kind, line));
          } else {
            problems.add(noName(line, list));
          }
        }
      }
      return new Contents(entries, announced, problems);
    } catch (IOException | RuntimeException e) {
      return Contents.unusable(
          "is no jar that can be read ("
              + PluginWords.oneLine(String.valueOf(e.getMessage()))
              + "); build it anew, or take it out.");
    }
  }

  private static PluginTrouble noName(String line, String list) {
    return PluginTrouble.of(
        "\""
            + PluginWords.oneLine(line)
            + "\" in "
            + list
            + " is no name of a class; write one a line, as in com.example.MyVisualization.");
  }

  private static Map<String, byte[]> entries(JarFile jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    long left = LARGEST;
    for (JarEntry entry : (Iterable<JarEntry>) jar.versionedStream()::iterator) {
      if (entry.isDirectory()) {
        continue;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
        left -= content.length;
        if (left < 0) {
          throw new IOException("it holds more than " + (LARGEST >> 20) + " MB");
        }
        entries.put(entry.getName(), content);
      }
    }
    return entries;
  }

  /** What is on the lines, each once, without comments. */
  private static Set<String> lines(String list, Optional<byte[]> content) throws IOException {
    byte[] bytes = content.orElse(new byte[0]);
    if (bytes.length > LONGEST_LIST) {
      throw new IOException(list + " is too long");
    }
    Set<String> lines = new LinkedHashSet<>();
    new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(lines::add);
    return lines;
  }
}
