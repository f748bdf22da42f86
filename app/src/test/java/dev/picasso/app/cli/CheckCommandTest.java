package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final String METHOD = "integrated-gradients(steps=3)";

  @TempDir Path folder;
  private Path model;
  private Path images;
  private Path output;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    images = Files.createDirectory(folder.resolve("images"));
    for (int i = 0; i < 3; i++) {
      Samples.image(images.resolve("photo-" + i + ".png"));
      // Not the same image three times.
      BufferedImage image = ImageIO.read(images.resolve("photo-" + i + ".png").toFile());
      image.setRGB(5, 5, 0xFF0000 + 40 * i);
      ImageIO.write(image, "png", images.resolve("photo-" + i + ".png").toFile());
    }
    output = folder.resolve("new/checks");
  }

  private Terminal check(Object... more) {
    Object[] words =
        new Object[] {"check", model, images, "--method", METHOD, "--check", "completeness"};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Terminal.run(all);
  }

  private String table() throws IOException {
    return Files.readString(output.resolve("measures.csv"));
  }

  @Test
  void eachImageHasALineOfWordsAndItsNumbers() {
    Terminal done = check();
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
    assertThat(done.out())
        .containsPattern("photo-0\\.png, class \\S+ 0\\.\\d+, .*steps=3\\): adds up: (yes|no)")
        .containsPattern("    completeness: residual \\d")
        .containsPattern("completeness\\.residual +lower +\\S+ +\\S+ \\(\\S+ to \\S+\\) +3");
  }

  @Test
  void whatACheckCannotSayIsSaidOnce() {
    Terminal done =
        Terminal.run("check", model, images, "-m", "saliency", "--check", "completeness");
    assertThat(done.code()).isZero();
    assertThat(done.out().split("promises no sum", -1)).hasSize(2);
  }

  @Test
  void theFolderHoldsTheNumbersAndWhatTheySay() throws IOException {
    Terminal done = check("--output", output);
    assertThat(done.problems()).isEmpty();
    assertThat(output.toFile().list())
        .containsExactlyInAnyOrder(
            "measures.csv",
            "measures.h5",
            "evaluation.json",
            "summary.csv",
            "differences.csv",
            "summary.json",
            "summary.svg");
    assertThat(table().lines())
        .hasSize(1 + 3 * 2)
        .first()
        .isEqualTo("image,sha256,class,probability,method,check,measure,value,better");
    JsonNode made = new ObjectMapper().readTree(output.resolve("evaluation.json").toFile());
    assertThat(made.at("/settings/methods").asText()).isEqualTo(METHOD);
    assertThat(made.at("/model/graph").asText()).hasSize(64);
  }

  /** As after a kill in the middle of a line. */
  @Test
  void aFolderIsGoneOnWithWithoutLossOrDoubles() throws IOException {
    check("--output", output);
    String whole = table();
    String torn = whole.substring(0, whole.length() * 2 / 3);
    Files.writeString(output.resolve("measures.csv"), torn);
    Terminal again = check("--output", output);
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("has 1 checks already; they are not made again.");
    assertThat(table()).isEqualTo(whole);
    Terminal third = check("--output", output);
    assertThat(third.out()).doesNotContain("adds up:").contains("completeness.residual");
    assertThat(table()).isEqualTo(whole);
  }

  @Test
  void anotherMethodJoinsTheTableAndIsComparedOnTheSameImages() throws IOException {
    check("--output", output);
    Terminal more =
        Terminal.run(
            "check",
            model,
            images,
            "--method",
            "integrated-gradients(steps=9)",
            "--check=completeness",
            "--output",
            output);
    assertThat(more.code()).isZero();
    assertThat(table().lines()).hasSize(1 + 2 * 3 * 2);
    assertThat(more.out())
        .containsPattern(
            "completeness\\.residual +"
                + "integrated-gradients\\(steps=3\\) − integrated-gradients\\(steps=9\\)");
    assertThat(Files.readString(output.resolve("differences.csv")))
        .contains("completeness.residual,integrated-gradients(steps=3)");
  }

  @ParameterizedTest
  @CsvSource({
    "--seed=4, another seed",
    "--class=1, another class",
    "'--box=1,1,4,4', another place"
  })
  void aFolderOfOtherNumbersIsRefused(String other, String words) throws IOException {
    check("--output", output);
    String before = table();
    Terminal done = check("--output", output, other);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains("holds measures of " + words);
    assertThat(table()).isEqualTo(before);
  }

  @Test
  void aBoundThatIsNotKeptIsTold() {
    Terminal kept = check("--require", "completeness.residual>=0");
    assertThat(kept.code()).isZero();
    Terminal done =
        check("--require", "completeness.residual<-1", "--require=completeness.holds>=0");
    assertThat(done.code()).isEqualTo(3);
    assertThat(done.problems().lines().toList())
        .hasSize(3)
        .allMatch(
            l -> l.matches("not met: .*photo-\\d\\.png: integrated-gradients\\(steps=3\\): .*"))
        .allMatch(l -> l.endsWith("required is completeness.residual<-1."));
  }

  /** Of a method that has no such number the bound is not kept either, now as on going on. */
  @Test
  void aMissingNumberKeepsNoBound() {
    Object[] words = {
      "check",
      model,
      images,
      "-m",
      "saliency",
      "--check",
      "completeness",
      "-o",
      output,
      "--require",
      "completeness.residual<=9"
    };
    for (int i = 0; i < 2; i++) {
      Terminal done = Terminal.run(words);
      assertThat(done.code()).isEqualTo(3);
      assertThat(done.problems()).contains("saliency: completeness.residual has no number");
    }
  }

  /** The model is not looked at before. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method=grad-kam | There is no method grad-kam; did you mean grad-cam?",
        "--method=occlusion(pach=3) | there is no setting pach; did you mean patch?",
        "--check=completenes | There is no check completenes; did you mean completeness?",
        "--check=completeness(a=1) | there is no setting a; it has none.",
        "--require=completeness.residul<1 | did you mean residual?",
        "--require=stability.holds>=1 | the check stability is not made",
        "--box=1,2,3 | is no box",
        "--category=cat | give that as well",
      })
  void whatIsMistypedIsToldBeforeTheStart(String option, String words) {
    List<Object> all =
        new java.util.ArrayList<>(List.of("check", folder.resolve("none.onnx"), images, option));
    if (!option.startsWith("--check")) {
      all.add("--check=completeness");
    }
    Terminal done = Terminal.run(all.toArray());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains(words);
  }

  @Test
  void jsonHoldsItAll() throws IOException {
    Terminal done = check("--json", "--require", "completeness.residual<-1");
    JsonNode json = new ObjectMapper().readTree(done.out());
    assertThat(json.at("/visualization").asText()).isEqualTo("check");
    assertThat(json.at("/images")).hasSize(3);
    assertThat(json.at("/images/0/method").asText()).isEqualTo(METHOD);
    assertThat(json.at("/images/0/summary").asText()).startsWith("adds up: ");
    assertThat(json.at("/images/0/checks/0/measures/0/name").asText()).isEqualTo("residual");
    assertThat(json.at("/means/0/images").asInt()).isEqualTo(3);
    assertThat(json.at("/unmetCount").asInt()).isEqualTo(3);
  }

  @Test
  void anImageThatIsNoneDoesNotHarmTheOthers() throws IOException {
    Files.writeString(images.resolve("broken.png"), "no picture");
    Terminal done = check("--output", output);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains("broken.png");
    assertThat(table().lines()).hasSize(1 + 3 * 2);
  }

  @Test
  void theChecksAreListedWithoutAModel() {
    Terminal done = Terminal.run("check", "--check", "list");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("completeness: See whether").contains("measures residual");
  }
}
