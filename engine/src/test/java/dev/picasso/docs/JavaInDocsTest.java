package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java of README and docs. Statements are compiled and run; whole classes are compiled; pieces
 * that are indented stand in the sources, as {@link AddingAnOperatorTest} sees to.
 */
class JavaInDocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern IMPORTS = Pattern.compile("\\A((?:import [^\n]*;\n)*)\n*");
  private static final String USUAL =
      Stream.of(
              "java.awt.image.BufferedImage",
              "java.io.File",
              "java.nio.file.Path",
              "java.util.List",
              "java.util.Map",
              "javax.imageio.ImageIO")
          .map(name -> "import " + name + ";\n")
          .collect(Collectors.joining());

  @TempDir Path folder;

  /** A piece of code, and where it stands. */
  record Piece(String page, int number, String code) {
    boolean isClass() {
      return code.startsWith("package ");
    }

    boolean isStatements() {
      return !isClass() && !Character.isWhitespace(code.charAt(0));
    }

    @Override
    public String toString() {
      return page + ", " + number;
    }
  }

  private static List<Piece> pieces() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Piece> pieces = new ArrayList<>();
      for (Path page :
          Stream.concat(Stream.of(ROOT.resolve("README.md")), docs).sorted().toList()) {
        if (page.toString().endsWith(".md")) {
          Matcher block = BLOCK.matcher(Files.readString(page));
          for (int n = 1; block.find(); n++) {
            pieces.add(new Piece(String.valueOf(page.getFileName()), n, block.group(1)));
          }
        }
      }
      return pieces;
    }
  }

  static Stream<Piece> statements() throws IOException {
    return pieces().stream().filter(Piece::isStatements);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("statements")
  void statementsRun(Piece piece) throws Exception {
    Path model =
        Files.copy(
            Path.of("src/test/resources/dev/picasso/format/keras/k21_net_cnn.h5"),
            folder.resolve("model.h5"));
    Path photo = folder.resolve("photo.png");
    ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());
    String code =
        piece
            .code()
            .replace("\"model.h5\"", quoted(model))
            .replace("\"photo.jpg\"", quoted(photo))
            .replace("\"map.png\"", quoted(folder.resolve("map.png")))
            .replace("\"maps\"", quoted(folder.resolve("maps")));
    Matcher imports = IMPORTS.matcher(code);
    assertThat(imports.find()).isTrue();
    String source =
        USUAL
            + imports.group(1)
            + "public class Shown { public static void run() throws Exception {\n"
            + code.substring(imports.end())
            + "}}\n";
    compile(List.of(Files.writeString(folder.resolve("Shown.java"), source)));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("Shown").getMethod("run").invoke(null);
    }
    if (code.contains("map.png")) {
      assertThat(ImageIO.read(folder.resolve("map.png").toFile()).getWidth()).isEqualTo(30);
    }
    if (code.contains("\"photo\")")) {
      assertThat(folder.resolve("maps/photo-1.png")).exists();
    }
  }

  @Test
  void classesCompile() throws Exception {
    List<Path> sources = new ArrayList<>();
    for (Piece piece : pieces().stream().filter(Piece::isClass).toList()) {
      Matcher name =
          Pattern.compile("\n(?:public )?(?:final )?(?:class|record) (\\w+)").matcher(piece.code());
      assertThat(name.find()).as(piece.toString()).isTrue();
      Path own = Files.createDirectories(folder.resolve(piece.toString()));
      sources.add(Files.writeString(own.resolve(name.group(1) + ".java"), piece.code()));
    }
    assertThat(sources).isNotEmpty();
    compile(sources);
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\") + '"';
  }

  private void compile(List<Path> sources) throws IOException {
    StringWriter problems = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
      List<String> options =
          List.of("-d", folder.toString(), "-proc:none", "-classpath", classPath());
      boolean compiled = compiler.getTask(problems, files, null, options, null, units).call();
      assertThat(compiled).as(problems.toString()).isTrue();
    }
  }

  /** That of this test; Surefire may hide it in the manifest of a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        + File.pathSeparator
        + Path.of("target/classes").toAbsolutePath();
  }
}
