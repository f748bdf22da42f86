package dev.picasso.app.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the guides, run as they stand there. */
class ScriptsInDocsTest {
  /** Runs the cells of a notebook: the value of each last line is shown. */
  private static final String NOTEBOOK =
      """
      import ast, sys
      names = {}
      for i, cell in enumerate(open("cells.txt", encoding="utf-8").read().split("\\0")):
          body = ast.parse(cell).body
          exec(compile(ast.Module(body[:-1], []), "cell", "exec"), names)
          value = eval(compile(ast.Expression(body[-1].value), "cell", "eval"), names)
          if hasattr(value, "save"):
              value.save(f"cell{i}.png")
          else:
              print(value)
      """;

  private static final Served SERVED = Served.start();

  @TempDir Path folder;

  @AfterAll
  static void end() {
    SERVED.close();
  }

  private static List<String> blocks(String page, String language) throws IOException {
    String text = Files.readString(Path.of("../docs").resolve(page));
    Matcher found = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
    return found
        .results()
        .map(m -> m.group(1).replace("http://127.0.0.1:5000", SERVED.server().address()))
        .toList();
  }

  private void photo() throws IOException {
    Files.copy(Examples.sample(Examples.BALANCED, "tank-sunny-1.png"), folder.resolve("photo.jpg"));
  }

  private String run(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static boolean works(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void assumeThat(boolean there, String what) {
    if (!there) {
      System.err.println(what);
    }
    assumeTrue(there, what);
  }

  @Test
  void curlAsksAsTheGuideSays() throws IOException, InterruptedException {
    assumeThat(
        works("curl", "--fail-with-body", "--version"),
        "The scripts of docs/api.md are not run: there is no curl 7.76 or newer.");
    photo();
    Files.writeString(folder.resolve("script.sh"), String.join("\n", blocks("api.md", "sh")));
    String said = run("sh", "-eu", "script.sh");
    assertThat(said).contains("event: end", "\"predictions\":[{", "\"state\":\"done\"");
    assertThat(said.lines().reduce((a, b) -> b).orElse(""))
        .contains("\"map\":\"occlusion(patch=16)\"");
    assertThat(Files.readAllBytes(folder.resolve("results.zip"))).startsWith('P', 'K');
  }

  @Test
  void fiveLinesInANotebookShowAMap() throws IOException, InterruptedException {
    List<String> cells = blocks("notebook.md", "python");
    assertThat(cells.get(0).lines()).hasSize(5);
    Optional<String> python =
        Stream.of(System.getProperty("picasso.python", ""), "python3", "python")
            .filter(p -> !p.isEmpty())
            .filter(p -> works(p, "-c", "import requests, PIL, numpy"))
            .findFirst();
    assumeThat(
        python.isPresent(),
        "The cells of docs/notebook.md are not run: there is no Python with requests, Pillow and"
            + " numpy; -Dpicasso.python=… names one.");
    photo();
    Files.writeString(
        folder.resolve("cells.txt"), cells.stream().collect(Collectors.joining("\0")));
    Files.writeString(folder.resolve("notebook.py"), NOTEBOOK);
    String said = run(python.orElseThrow(), "notebook.py");
    assertThat(said).containsPattern("\\(\\(\\d+, \\d+\\), '(no )?tank', 0\\.\\d+\\)");
    assertThat(ImageIO.read(folder.resolve("cell0.png").toFile()).getWidth()).isGreaterThan(30);
  }
}
