package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is true: its Java compiles and runs, and the pages it links to exist. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> ROOMS =
      List.of("image", "image.decode", "model", "model.config", "runtime", "visualization");

  @Test
  void theUseAsALibraryRuns(@TempDir Path folder) throws Exception {
    Path model =
        Files.copy(
            Path.of("src/test/resources/dev/picasso/format/keras/k21_net_cnn.h5"),
            folder.resolve("model.h5"));
    Path photo = folder.resolve("photo.png");
    ImageIO.write(new java.awt.image.BufferedImage(30, 20, 1), "png", photo.toFile());
    Path maps = folder.resolve("maps");
    String code =
        block("java")
            .replace("\"model.h5\"", quoted(model))
            .replace("\"photo.jpg\"", quoted(photo))
            .replace("\"maps\"", quoted(maps));

    run(folder, code);

    try (Stream<Path> written = Files.walk(maps)) {
      assertThat(written.map(f -> String.valueOf(f.getFileName())))
          .anyMatch(f -> f.endsWith(".png"))
          .anyMatch(f -> f.endsWith(".npy"));
    }
  }

  @Test
  void everyPageThatADocumentLinksToExists() throws Exception {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages =
          Stream.concat(
                  Stream.of(ROOT.resolve("README.md"), ROOT.resolve("benchmarks/README.md")),
                  docs.filter(f -> f.toString().endsWith(".md")))
              .toList();
      for (Path page : pages) {
        Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(Files.readString(page));
        while (link.find()) {
          assertThat(page.resolveSibling(link.group(1))).as("linked from %s", page).exists();
        }
      }
    }
  }

  private static String block(String language) throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\") + '"';
  }

  private static void run(Path folder, String code) throws Exception {
    StringBuilder source = new StringBuilder("import java.nio.file.Path;\nimport java.util.*;\n");
    ROOMS.forEach(room -> source.append("import dev.picasso.").append(room).append(".*;\n"));
    source
        .append("public class Shown { public static void run() throws Exception {\n")
        .append(code)
        .append("}}\n");
    Path file = Files.writeString(folder.resolve("Shown.java"), source);
    StringWriter problems = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  files,
                  null,
                  List.of("-d", folder.toString(), "-proc:none", "-classpath", classPath()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("Shown").getMethod("run").invoke(null);
    }
  }

  /** That of this test; Surefire may hide it in the manifest of a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        + File.pathSeparator
        + Path.of("target/classes").toAbsolutePath();
  }
}
