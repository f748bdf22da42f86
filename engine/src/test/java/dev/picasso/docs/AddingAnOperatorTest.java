package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code that docs/adding-an-operator.md shows is Picasso's own. */
class AddingAnOperatorTest {
  private static final Path DOCUMENT = Path.of("../docs/adding-an-operator.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/picasso");

  @Test
  void everyPieceOfCodeStandsInTheSources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    int blocks = 0;
    while (block.find()) {
      blocks++;
      String code = block.group(1);
      assertThat(sources).as(code).anyMatch(source -> source.contains(code));
    }
    assertThat(blocks).isPositive();
  }
}
