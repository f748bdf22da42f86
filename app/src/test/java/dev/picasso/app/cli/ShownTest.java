package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @Test
  void whatSteersATerminalIsShownByItsNumber() {
    assertThat(Shown.text("a\u001b[31mred\u0007\u009b2J"))
        .isEqualTo("a\\u001b[31mred\\u0007\\u009b2J");
    assertThat(Shown.text("over\rwritten\r\n\tkept\n")).isEqualTo("over\\u000dwritten\r\n\tkept\n");
    assertThat(Shown.text("\u202Egnp.exe\u2066\u200F\u061C"))
        .isEqualTo("\\u202egnp.exe\\u2066\\u200f\\u061c");
    assertThat(Shown.text("modèle 猫 👍🏽 \u200D")).isEqualTo("modèle 猫 👍🏽 \u200D");
    assertThat(Shown.line("two\nlines\u2028three\t"))
        .isEqualTo("two\\u000alines\\u2028three\\u0009");
  }

  @ParameterizedTest
  @CsvSource({"abc, 3", "猫, 2", "e\u0301, 1", "ｗ, 2", "한글, 4", "'', 0"})
  void widthsAreThoseOfATerminal(String text, int width) {
    assertThat(Shown.width(text)).isEqualTo(width);
  }

  @Test
  void aTableStaysInItsColumns() {
    StringWriter out = new StringWriter();
    new Table().row("猫\n", "1").row("abcd", "2").print(new PrintWriter(out, true));
    assertThat(out.toString().lines()).containsExactly("猫\\u000a  1", "abcd      2");
  }
}
