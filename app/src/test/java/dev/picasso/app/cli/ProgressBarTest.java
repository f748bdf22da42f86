package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();

  @Test
  void oneLineIsDrawnOverAgainAndTakenAway() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), true);
    bar.show(0, "long-name.png");
    bar.show(.5, "b.png");
    bar.show(.5, "b.png");
    bar.clear();
    String first = "[" + " ".repeat(30) + "]   0 %  long-name.png";
    String second = "[" + "=".repeat(15) + " ".repeat(15) + "]  50 %  b.png";
    assertThat(text.toString())
        .isEqualTo(
            "\r" + first + "\r" + second + " ".repeat(8) + "\r" + " ".repeat(second.length()) + "\r");
  }

  @Test
  void nothingIsDrawnWhereNobodyWatches() {
    ProgressBar bar = new ProgressBar(new PrintWriter(text), false);
    bar.show(.5, "a.png");
    bar.clear();
    assertThat(text.toString()).isEmpty();
  }

  @Test
  void aLineFitsATerminal() {
    new ProgressBar(new PrintWriter(text), true).show(1, "a".repeat(500));
    assertThat(text.toString()).hasSize(79);
  }
}
