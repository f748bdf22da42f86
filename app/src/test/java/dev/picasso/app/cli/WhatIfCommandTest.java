package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
  void theClassThatWinsIsShownBesideThoseThatDidBefore() {
    Terminal done =
        Terminal.run("what-if", model, image, "--box", "0,0,24,20", "--top", "1", "--fill", "-40");
    assertThat(done.code()).isZero();
    assertThat(done.out().lines().count()).isBetween(2L, 3L);
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
    assertThat(none.err()).contains("--box=LEFT,TOP,WIDTH,HEIGHT");
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
}
