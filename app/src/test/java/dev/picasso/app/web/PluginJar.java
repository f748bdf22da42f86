package dev.picasso.app.web;

import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A visualization with a template of its own, compiled here and seen by nobody but its jar. */
final class PluginJar {
  private static final String SOURCE =
      """
      package plugin;
      import dev.picasso.visualization.*;
      import java.util.*;
      public final class NAME implements Visualization<NAME.Settings> {
        public record Settings(int n) {}
        @Override public String id() { return "ID"; }
        @Override public String title() { return "Plugin"; }
        @Override public String description() { return "From a jar."; }
        @Override public Settings defaults() { return new Settings(3); }
        @Override public Optional<String> template() { return Optional.of("ID.peb"); }
        @Override public Results run(Context context, Settings settings) {
          return context.eachImage((image, steps) ->
              ImageResult.of(image.name(), context.predict(image), List.of()));
        }
      }
      """;

  private PluginJar() {}

  /**
   * @param work a folder for what comes in between
   */
  static void write(Path jar, Path work, String name, String id, String template) {
    try {
      Path source = Files.createDirectories(work.resolve("plugin")).resolve(name + ".java");
      Files.writeString(source, SOURCE.replace("NAME", name).replace("ID", id));
      int code =
          ToolProvider.getSystemJavaCompiler()
              .run(
                  null,
                  null,
                  null,
                  "-proc:none",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-d",
                  work.toString(),
                  source.toString());
      if (code != 0) {
        throw new IllegalStateException("the plugin does not compile");
      }
      Map<String, byte[]> entries = new TreeMap<>();
      entries.put("META-INF/services/" + Visualization.class.getName(), bytes("plugin." + name));
      entries.put("plugin/" + id + ".peb", bytes(template));
      for (String suffix : new String[] {"", "$Settings"}) {
        String file = "plugin/" + name + suffix + ".class";
        entries.put(file, Files.readAllBytes(work.resolve(file)));
      }
      write(jar, entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        archive.putNextEntry(new JarEntry(entry.getKey()));
        archive.write(entry.getValue());
        archive.closeEntry();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
