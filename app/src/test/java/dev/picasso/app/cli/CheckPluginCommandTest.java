package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test kit on the command line. */
class CheckPluginCommandTest {
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

  private Path made(String kind, String name) {
    Terminal made = Terminal.run("new", kind, name, "--in", folder);
    assertThat(made.err()).isEmpty();
    String line = made.out().lines().findFirst().orElseThrow();
    return Path.of(line.substring("wrote ".length()));
  }

  private static void replace(Path file, String old, String other) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, other));
  }

  @ParameterizedTest
  @CsvSource({"visualization, red-pixels", "method, steep"})
  void whatIsNewKeepsItsContract(String kind, String name) {
    Terminal checked = Terminal.run("check-plugin", made(kind, name));
    assertThat(checked.out() + checked.err()).isEqualTo(name + " keeps its contract.\n");
    assertThat(checked.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "steps.done((double) maps.size() / classes.size()); | steps.done(9); | progress goes to",
        "product[i] *= pixels[i]; | product[i] *= Math.random(); | gave another result",
        "product[i] *= pixels[i]; | product[i] /= 0; | Infinity",
        "return new Settings(0.25); | return new Settings(7); | must be between 0 and 1",
        "/** What it is called | int n; /** What it is called | it has a field, n",
        "List<Prediction> classes = | KEPT.add(image); List<Prediction> classes = | keeps images",
        "return \"red-pixels\"; | return missing; | 40: cannot find symbol",
      })
  void whatItBreaksIsNamed(String old, String other, String words) throws IOException {
    Path file = made("visualization", "red-pixels");
    if (other.contains("KEPT.add")) {
      replace(
          file,
          "  /** What it is called",
          "  static final List<Object> KEPT = new ArrayList<>();\n\n  /** What it is called");
    }
    replace(file, old, other);
    Terminal checked = Terminal.run("check-plugin", file);
    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.out()).contains("breaks its contract:").contains(words);
  }

  @Test
  void aTemplateThatIsBrokenOrMissingIsNamed() throws IOException {
    Path file = made("visualization", "red-pixels");
    Path template = folder.resolve("red-pixels.peb");
    Files.writeString(template, "{% if %}");
    assertThat(Terminal.run("check-plugin", file).out())
        .contains("breaks its contract:")
        .contains("its template red-pixels.peb is broken: ", "(line 1)");
    Files.delete(template);
    Terminal missing = Terminal.run("check-plugin", file);
    assertThat(missing.out()).contains("there is no red-pixels.peb beside RedPixels");
    assertThat(missing.code()).isEqualTo(2);
  }

  @Test
  void aJarThatNamesNoPluginSaysSo() throws IOException {
    Path jar = folder.resolve("helps.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("some/Thing.class"));
    }
    Terminal checked = Terminal.run("check-plugin", jar);
    assertThat(checked.out()).contains("Its META-INF/services names no plugin");
    assertThat(checked.code()).isZero();
  }

  @Test
  void aSettingWithoutWordsIsNoted() throws IOException {
    Path file = made("visualization", "red-pixels");
    replace(file, ", help = \"How much of the picture shows through the map.\"", "");
    assertThat(Terminal.run("check-plugin", file).out())
        .contains("note: red-pixels: the setting transparency has no words of help");
  }

  @Test
  void anAdapterIsCheckedWithAModelThatItIsFor() throws IOException {
    Path adapter = made("model", "my-net");
    assertThat(Terminal.run("check-plugin", adapter).out()).contains("add --model MODEL");
    Path net = folder.resolve("my-net/my-net.onnx");
    Terminal good = Terminal.run("check-plugin", adapter, "--model", net);
    assertThat(good.out() + good.err()).isEqualTo("my-net keeps its contract.\n");
    replace(
        adapter,
        "            .scaled(1 / 127.5, -1));",
        "            .scaled(1 / 127.5, Double.NaN));");
    assertThat(Terminal.run("check-plugin", adapter, "--model", net).out())
        .contains("breaks its contract");
  }

  @Test
  void somethingElseIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "text");
    assertThat(Terminal.run("check-plugin", text).err()).contains("name a .java file or a .jar");
    assertThat(Terminal.run("check-plugin", "nothing").err())
        .contains("There is no visualization nothing");
    assertThat(Terminal.run("check-plugin", folder.resolve("None.java")).err())
        .contains("None.java: there is no such file.");
    assertThat(Terminal.run("check-plugin", folder).err())
        .contains("is a folder; name a .java file or a .jar in it.");
  }

  @Test
  void whatIsInstalledIsCheckedByItsId() {
    assertThat(Terminal.run("check-plugin", "class-probabilities").out())
        .contains("class-probabilities keeps its contract.");
  }
}
