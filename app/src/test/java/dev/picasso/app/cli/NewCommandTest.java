package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What 'picasso new' writes, used as it is. */
class NewCommandTest {
  @TempDir Path folder;
  private String home = "";

  @BeforeEach
  void install() {
    home = System.getProperty("picasso.home", "");
    System.setProperty("picasso.home", folder.toString());
  }

  @AfterEach
  void uninstall() {
    System.setProperty("picasso.home", home);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"visualization, red-pixels", "method, RedPixels"})
  void whatIsPickedExplainsAtOnceAndKeepsItsContract(String kind, String name) throws IOException {
    Terminal made = Terminal.run("new", kind, name);
    assertThat(made.err()).isEmpty();
    assertThat(made.out()).contains("RedPixels.java", "--method red-pixels");
    Path maps = folder.resolve("maps");
    Terminal done =
        Terminal.run(
            "explain",
            TestModel.COLOUR.write(folder),
            Samples.image(folder.resolve("a.png")),
            "-m",
            "red-pixels",
            "-o",
            maps);
    assertThat(done.problems()).isEmpty();
    assertThat(Files.readString(maps.resolve("results.json"))).contains("red-pixels");
  }

  @Test
  void aModelIsExplainedWithItsAdapterAndItsPicture() throws IOException {
    Terminal made = Terminal.run("new", "model", "my-net", "--in", folder);
    assertThat(made.err()).isEmpty();
    assertThat(written())
        .containsExactly(
            "my-net/images/sample.png",
            "my-net/my-net.onnx",
            "my-net/picasso.yaml",
            "plugins/MyNet.java");
    Terminal done = Terminal.run("predict", folder.resolve("my-net"));
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.err()).contains("note: It is used as the adapter My net says.");
    assertThat(done.out()).contains("first", "second", "third", "fourth");
  }

  @Test
  void whatLiesElsewhereIsSaidToBeFoundInTheFolderOfPlugins() {
    Terminal made = Terminal.run("new", "method", "steep", "--in", folder.resolve("mine"));
    assertThat(made.out())
        .contains("check-plugin " + folder.resolve("mine/Steep.java"))
        .contains("find it when it lies in " + folder.resolve("plugins"))
        .doesNotContain("--method steep");
    Path plugins = folder.resolve("mine/../plugins");
    assertThat(Terminal.run("new", "method", "steeper", "--in", plugins).out())
        .contains("--method steeper")
        .doesNotContain("find it when");
  }

  @Test
  void theExamplesAreWhatANewPluginIsTriedWith() throws IOException {
    Files.createDirectories(folder.resolve("examples/tanks"));
    assertThat(Terminal.run("new", "method", "steep").out())
        .contains(
            "explain " + folder.resolve("examples/tanks") + " --id tanks-overcast --method steep");
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Path template = folder.resolve("plugins/red-pixels.peb");
    Files.createDirectories(folder.resolve("plugins"));
    Files.writeString(template, "mine");
    Terminal refused = Terminal.run("new", "visualization", "red-pixels");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("red-pixels.peb is there already and stays as it is");
    assertThat(written()).containsExactly("plugins/red-pixels.peb");
    assertThat(template).hasContent("mine");
    Files.writeString(folder.resolve("plugins/RedPixels.java"), "mine too");
    assertThat(Terminal.run("new", "visualization", "red-pixels").err())
        .contains(" are there already and stay as they are; nothing was written.");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "../x | is no name",
        "7up | is no name",
        "a/b | is no name",
        "a--b%c | is no name",
        "ä | is no name",
        "'' | is no name",
        "- | is no name",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz | is no name",
        "string | String means something else already; add a word, as in string-map.",
        "class | means something else already",
        "nul | means something else already",
        "panel | Panel is the name of a class that it uses",
        "saliency | There is a visualization saliency already"
      })
  void aNameThatWouldNotDoIsRefused(String name, String words) throws IOException {
    Terminal refused = Terminal.run("new", "visualization", name);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(words);
    assertThat(written()).isEmpty();
  }

  @Test
  void anUnknownKindIsToldWithThoseThatThereAre() {
    assertThat(Terminal.run("new", "car", "x").err())
        .contains("car is none; it must be visualization, method or model.");
  }
}
