package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a program with one dependency, and what that brings along. */
class LibraryExampleTest {
  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLE = ROOT.resolve("examples/library");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  @TempDir Path folder;

  /** In a Java of its own, as a program is. */
  @Test
  void theExampleExplainsAPicture() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none"));
    String path = System.getProperty("java.class.path");
    words.addAll(List.of("--release", "17", "-d", folder.toString(), "-Xlint:-path", "-cp", path));
    words.add(EXAMPLE.resolve("src/main/java/com/example/Explain.java").toString());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler().run(null, said, said, words.toArray(String[]::new));
    assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    Path maps = folder.resolve("maps");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                folder + java.io.File.pathSeparator + path,
                "com.example.Explain",
                ROOT.resolve("examples/tanks/balanced.keras").toString(),
                ROOT.resolve("examples/tanks/images/tank-sunny-1.png").toString(),
                maps.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).as(out).isZero();
    assertThat(out.lines().filter(l -> l.matches(".* [01]\\.\\d+.*"))).hasSize(2);
    try (Stream<Path> files = Files.list(maps)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())))
          .anyMatch(f -> f.endsWith(".npy"))
          .anyMatch(f -> f.endsWith(".png"));
    }
  }

  @Test
  void theExampleNeedsNothingButTheEngine() throws IOException {
    assertThat(dependencies(EXAMPLE.resolve("pom.xml"))).containsExactly("picasso-engine");
    String own = Files.readString(ROOT.resolve("engine/pom.xml"));
    assertThat(own).contains("<artifactId>picasso-engine</artifactId>");
  }

  @Test
  void theGuideNamesWhatComesAlong() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/library.md"));
    List<String> along = dependencies(Path.of("pom.xml"));
    assertThat(along).contains("jhdf", "snakeyaml");
    for (String artifact : along) {
      assertThat(guide).contains("`" + artifact.replace("${onnxruntime.artifact}", "onnxruntime"));
    }
  }

  /** Those that are neither for tests alone nor optional. */
  private static List<String> dependencies(Path pom) throws IOException {
    String text = Files.readString(pom);
    String all = text.substring(text.indexOf("<dependencies>"), text.indexOf("</dependencies>"));
    return DEPENDENCY
        .matcher(all)
        .results()
        .map(m -> m.group(1).replaceAll("(?s)<exclusions>.*?</exclusions>|<!--.*?-->", ""))
        .filter(d -> !d.contains("<scope>test</scope>") && !d.contains("<optional>true"))
        .map(d -> d.replaceAll("(?s).*<artifactId>([^<]+)</artifactId>.*", "$1"))
        .toList();
  }
}
