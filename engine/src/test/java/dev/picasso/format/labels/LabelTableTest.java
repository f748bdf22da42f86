package dev.picasso.format.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row of a table is an image's. */
class LabelTableTest {
  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cats/1.png | dogs/1.png,dog;cats/1.png,cat | cat",
        "set/cats/1.png | dogs/1.png,dog;cats/1.png,cat | cat",
        "1.png | data/dogs/1.png,dog;data/cats/1.png,cat | dog",
        "birds/1.png | dogs/1.png,dog;cats/1.png,cat | dog",
        "1.png | 1.png,first;1.png,second | first",
        "a/1.png | a\\1.png,tank | tank",
        "1.png | 1,tank | tank",
        "1.tar.png | 1,tank | tank",
        "b.jpg.png | b.jpg,tank | -",
        "a/1.png | a/1,tank | -",
        "11.png | 1.png,tank | -",
        "1.png | 11.png,tank | -",
        "noending | ,tank | -",
        ".png | ,tank | -"
      })
  void theRowThatNamesMostOfThePathIsTaken(String image, String table, String label) {
    LabelTable read = LabelTable.parse(table.replace(';', '\n'));
    assertThat(read.of(image).orElse("-")).isEqualTo(label);
  }

  @Test
  void aLineWithAQuoteThatDoesNotEndIsReadAsItStands() {
    assertThat(LabelTable.parse("a.png,\"tank").of("a.png")).contains("\"tank");
    String odd = "\"".repeat(100_001) + ",x";
    assertThatThrownBy(() -> LabelTable.parse(odd + "\ny"))
        .hasMessageContaining("Line 2 of the table has no label");
  }

  @Test
  void manyImagesInALongTableTakeNoTimeWorthAWord() {
    int many = 100_000;
    String table =
        IntStream.range(0, many)
            .mapToObj(i -> "set/" + i + ".png,label " + i)
            .collect(Collectors.joining("\n"));
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          LabelTable read = LabelTable.parse(table);
          for (int i = 0; i < many; i++) {
            assertThat(read.of(i + ".png")).contains("label " + i);
          }
        });
  }
}
