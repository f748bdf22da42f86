package dev.picasso;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Files made by other programs, which are not part of the repository: the folder {@code
 * ../shared/data} beside it, or the one that the system property {@code picasso.testdata} names.
 */
public final class TestData {
  private TestData() {}

  /** The file or folder at that place; the test that asks is skipped aloud where it is missing. */
  public static Path require(String relative) {
    Optional<Path> file = folder().map(f -> f.resolve(relative)).filter(Files::exists);
    if (file.isEmpty()) {
      System.err.println("SKIPPED: the test data have no " + relative);
    }
    Assumptions.assumeTrue(file.isPresent(), "the test data have no " + relative);
    return file.orElseThrow();
  }

  /** The folder of test data, where there is one. */
  public static Optional<Path> folder() {
    String property = System.getProperty("picasso.testdata", "");
    if (!property.isBlank()) {
      return Optional.of(Path.of(property)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolveSibling("shared/data");
      if (Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
    }
    return Optional.empty();
  }
}
