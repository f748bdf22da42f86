package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README and docs link to exists. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void everyPageThatADocumentLinksToExists() throws Exception {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      List<Path> pages =
          Stream.concat(
                  Stream.of(ROOT.resolve("README.md"), ROOT.resolve("benchmarks/README.md")),
                  docs.filter(f -> f.toString().endsWith(".md")))
              .toList();
      for (Path page : pages) {
        Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(Files.readString(page));
        while (link.find()) {
          assertThat(page.resolveSibling(link.group(1))).as("linked from %s", page).exists();
        }
      }
    }
  }
}
