package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final StringWriter said = new StringWriter();
  private long seconds;

  private Pace pace(int images) {
    List<Path> files = Collections.nCopies(images, Path.of("a.png"));
    PrintWriter err = new PrintWriter(said);
    return new Pace(new ProgressBar(err, false), files, err, () -> seconds * 1_000_000_000L);
  }

  @Test
  void timeLeftFollowsFromImagesThatTookWork() {
    Pace pace = pace(100);
    for (int i = 0; i < 50; i++) {
      pace.finished(i); // these were there already
    }
    assertThat(pace.words()).isEqualTo("50 of 100 images");
    for (int i = 50; i < 60; i++) {
      seconds += 30;
      pace.worked();
      pace.finished(i);
    }
    assertThat(pace.words()).isEqualTo("60 of 100 images, 20 min left");
  }

  @Test
  void whereNobodySeesABarALineIsSaidEveryHalfMinute() {
    Pace pace = pace(100);
    for (int i = 0; i < 100; i++) {
      seconds++;
      pace.worked();
      pace.finished(i);
    }
    assertThat(said.toString().lines())
        .containsExactly(
            "30 of 100 images, 70 s left.",
            "60 of 100 images, 40 s left.",
            "90 of 100 images, 10 s left.");
  }
}
