package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static String cell(String text) {
    byte[] bytes = Csv.bytes(List.of(text), List.of(List.of(text)));
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).as("a heading and a cell are written alike").isEqualTo(lines.get(0));
    return lines.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "=1+2 | '=1+2",
        "=cmd,x | \"'=cmd,x\"",
        "@SUM(A1) | '@SUM(A1)",
        "+cat | '+cat",
        "-cat | '-cat",
        "-2+3 | '-2+3",
        "~ =1~ | ~' =1~",
        "~\t=1~ | ~'\t=1~",
        "=HYPERLINK(\"x\") | \"'=HYPERLINK(\"\"x\"\")\"",
        "\uFF1D1 | '\uFF1D1"
      })
  void whatASpreadsheetWouldComputeBecomesAText(String given, String written) {
    assertThat(cell(given)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "+2.5",
        "-1.5E-7",
        "-.5",
        "NaN",
        "-Infinity",
        "-5 %",
        "cat-dog",
        "a=b",
        "x@y",
        ""
      })
  void numbersAndOtherTextsStayAsTheyAre(String text) {
    assertThat(cell(text)).isEqualTo(text);
  }
}
