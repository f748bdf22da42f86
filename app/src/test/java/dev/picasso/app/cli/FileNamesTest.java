package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource({
    "photos/my photo.jpg, my-photo",
    "a.tar.gz, a.tar",
    "../../etc/passwd, passwd",
    "'..', image",
    ".hidden.png, hidden",
    "'a:b*c?d<e>|f\"g.png', a-b-c-d-e-f-g",
    "'a\\b.png', a-b",
    "ドア・猫.jpg, ドア-猫",
    "%2e%2e%2fx.png, 2e-2e-2fx",
    "'   .png', image",
    "'', image",
  })
  void namesKeepLettersAndLeadNowhere(String file, String stem) {
    assertThat(new FileNames().stem(Path.of(file))).isEqualTo(stem);
  }

  @Test
  void noTwoAreAlikeOnAnyFileSystem() {
    FileNames names = new FileNames();
    assertThat(names.stem(Path.of("a.png"))).isEqualTo("a");
    assertThat(names.stem(Path.of("x/A.jpg"))).isEqualTo("A-2");
    assertThat(names.stem(Path.of("a-2.png"))).isEqualTo("a-2-2");
    assertThat(names.stem(Path.of("a.gif"))).isEqualTo("a-3");
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    String stem = new FileNames().stem(Path.of("𝒜".repeat(70) + ".png"));
    assertThat(stem).isEqualTo("𝒜".repeat(60));
  }
}
