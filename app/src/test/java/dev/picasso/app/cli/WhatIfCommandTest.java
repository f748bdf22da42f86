package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample image has 24 × 20 pixels. */
class WhatIfCommandTest {
  @TempDir Path folder;
  private Path image = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void write() throws IOException {
    image = Samples.image(folder.resolve("photo.png"));
    model = TestModel.COLOUR.write(folder);
  }

  @Test
  void eachBoxIsHiddenAlone() {
    Terminal both = Terminal.run("what-if", model, image, "--box", "2,3,8,8", "--box", "0,0,24,20");
    assertThat(both.problems()).isEmpty();
    assertThat(both.code()).isZero();
    List<String> lines = both.out().lines().toList();
    assertThat(lines).hasSize(9);
    assertThat(lines.get(0)).matches("image +box +probability +hidden +change +class +label");
    assertThat(lines.subList(1, 5)).allSatisfy(l -> assertThat(l).contains("  2,3,8,8  "));
    assertThat(lines.subList(5, 9)).allSatisfy(l -> assertThat(l).contains("  0,0,24,20  "));
    Terminal second = Terminal.run("what-if", model, image, "--box", "0,0,24,20");
    assertThat(cells(second.out().lines().toList().subList(1, 5)))
        .isEqualTo(cells(lines.subList(5, 9)));
  }

  private static List<String> cells(List<String> lines) {
    return lines.stream().map(l -> l.replaceAll(" +", " ")).toList();
  }

  @Test
  void jsonHasBothProbabilitiesAndTheirSums() throws IOException {
    Terminal done = Terminal.run("what-if", model, image, "--box", "2,3,8,8", "--json");
    JsonNode box = new ObjectMapper().readTree(done.out()).at("/images/0/boxes/0");
    assertThat(box.at("/box/width").asInt()).isEqualTo(8);
    assertThat(box.at("/classes")).hasSize(4);
    for (String which : List.of("probability", "hidden")) {
      double sum = 0;
      for (JsonNode one : box.at("/classes")) {
        sum += one.path(which).asDouble();
      }
      assertThat(sum).isBetween(.999, 1.001);
    }
  }

  @Test
  void theClassThatWinsIsShownBesideThoseThatDidBefore() throws IOException {
    JsonNode all = classes("4");
    List<String> winners = List.of(best(all, "probability"), best(all, "hidden"));
    assertThat(winners).as("another one wins").doesNotHaveDuplicates();
    assertThat(classes("1").findValuesAsText("label")).isEqualTo(winners);
  }

  /** What is told of the picture without anything to be seen on it. */
  private JsonNode classes(String top) throws IOException {
    Terminal done =
        Terminal.run(
            "what-if", model, image, "--box", "0,0,24,20", "--top", top, "--fill", "-40", "--json");
    assertThat(done.code()).isZero();
    return new ObjectMapper().readTree(done.out()).at("/images/0/boxes/0/classes");
  }

  private static String best(JsonNode classes, String by) {
    return StreamSupport.stream(classes.spliterator(), false)
        .max(Comparator.comparingDouble(one -> one.path(by).asDouble()))
        .orElseThrow()
        .path("label")
        .asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,3 | '1,2,3' is no box; write left, top, width and height in pixels of the picture,",
        "1,2,0,4 | '1,2,0,4' is no box;",
        "-1,2,3,4 | '-1,2,3,4' is no box;",
        "x | 'x' is no box;",
        "20,2,8,4 | The box ends at 28, 6;",
        "99999,99999,3,3 | The box ends at 100002, 100002;",
      },
      quoteCharacter = '"')
  void whatIsNoBoxOfThePictureIsRefused(String box, String message) {
    Terminal refused = Terminal.run("what-if", model, image, "--box=" + box);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems()).contains(message);
    assertThat(refused.problems().lines()).hasSize(1);
  }

  @Test
  void withoutABoxOrWithAnotherFillItSaysSo() {
    Terminal none = Terminal.run("what-if", model, image);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).startsWith("Missing").contains("--box=LEFT,TOP,WIDTH,HEIGHT");
    Terminal fill = Terminal.run("what-if", model, image, "--box", "1,1,3,3", "--fill", "gray");
    assertThat(fill.code()).isEqualTo(2);
    assertThat(fill.problems()).contains("did you mean grey?");
  }

  @Test
  void oneImageThatCannotBeReadLeavesTheOthers() {
    Terminal done = Terminal.run("what-if", model, "no.png", image, "--box", "2,3,8,8");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).isEqualTo("no.png: there is no such file.");
    assertThat(done.out().lines().toList()).hasSize(5);
  }

  /** White at the right, twice as large as the picture. */
  private Path mask() throws IOException {
    BufferedImage mask = new BufferedImage(48, 40, BufferedImage.TYPE_BYTE_GRAY);
    mask.createGraphics().fillRect(24, 0, 24, 40);
    Path file = folder.resolve("mask.png");
    ImageIO.write(mask, "png", file.toFile());
    return file;
  }

  @Test
  void aMaskHidesAsABoxOfItsShapeDoes() throws IOException {
    Terminal done = Terminal.run("what-if", model, image, "--box", "12,0,12,20", "--mask", mask());
    assertThat(done.problems()).isEmpty();
    List<String> lines = done.out().lines().map(l -> l.replaceAll(" +", " ")).toList();
    assertThat(lines).hasSize(9);
    assertThat(lines.get(0)).startsWith("image part probability");
    for (int i = 1; i < 5; i++) {
      assertThat(lines.get(i + 4).replace(" mask.png ", " 12,0,12,20 ")).isEqualTo(lines.get(i));
    }
  }

  @Test
  void aPieceOfAnotherPictureIsPutIntoABox() throws IOException {
    Path other = folder.resolve("other.png");
    BufferedImage black = new BufferedImage(30, 30, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(black, "png", other.toFile());
    Terminal pasted =
        Terminal.run(
            "what-if", model, image, "--box", "2,3,8,8", "--paste", other, "--piece", "1,1,5,5");
    assertThat(pasted.problems()).isEmpty();
    Terminal hidden = Terminal.run("what-if", model, image, "--box", "2,3,8,8", "--fill", "black");
    assertThat(pasted.out()).as("black by both").isEqualTo(hidden.out());
    Terminal json =
        Terminal.run("what-if", model, image, "--box", "2,3,8,8", "--paste", other, "--json");
    assertThat(new ObjectMapper().readTree(json.out()).path("paste").asText())
        .isEqualTo(other.toString());
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Object[][] cases = {
      {"--piece is of another picture", "--box", "2,3,8,8", "--piece", "1,1,5,5"},
      {"into a --box, not into a --mask", "--mask", mask(), "--paste", image},
      {"The box ends at 30, 6", "--box", "2,3,8,8", "--paste", image, "--piece", "25,1,5,5"},
      {"no such file", "--box", "2,3,8,8", "--paste", "nix.png"},
      {"no such file", "--mask", "nix.png"},
      {"did you mean grey?", "--mask", mask(), "--fill", "gray"},
    };
    for (Object[] one : cases) {
      List<Object> arguments = new ArrayList<>(List.of("what-if", model, image));
      arguments.addAll(List.of(one).subList(1, one.length));
      Terminal refused = Terminal.run(arguments.toArray());
      assertThat(refused.code()).as(one[0].toString()).isEqualTo(2);
      assertThat(refused.problems()).contains(one[0].toString());
      assertThat(refused.problems().lines()).hasSize(1);
    }
  }
}
