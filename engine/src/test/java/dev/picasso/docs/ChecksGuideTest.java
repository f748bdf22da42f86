package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.belief.Check;
import dev.picasso.belief.Checks;
import dev.picasso.settings.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page about each check, and a list of all. With {@code -Dpicasso.write-docs} the list is written
 * anew.
 */
class ChecksGuideTest {
  private static final Path LIST = Path.of("../docs/checks.md");

  static Stream<Check> checks() {
    return Checks.builtIn().all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("checks")
  void eachHasAPageWithItsMeasuresSettingsAndTheirDefaults(Check check) throws IOException {
    Path page = Path.of("../docs/checks/" + check.id() + ".md");
    assertThat(page).exists();
    String text = Files.readString(page);
    assertThat(text).contains("misleads");
    assertThat(check.measures()).as("its measures are known before the work begins").isNotEmpty();
    for (String measure : check.measures()) {
      assertThat(text).as("the measure %s", measure).contains("`" + measure + "`");
    }
    for (Field field : Checks.schema(check).fields()) {
      assertThat(text)
          .as("the setting %s with its default", field.name())
          .containsPattern("\\| `" + field.name() + "` \\| `?\\Q" + field.initial() + "\\E`? \\|");
    }
  }

  @Test
  void theListIsThatOfTheChecks() throws IOException {
    String expected = list();
    if (System.getProperty("picasso.write-docs") != null) {
      Files.writeString(LIST, expected);
    }
    assertThat(Files.readString(LIST))
        .as("written anew by ./mvnw test -Dtest=ChecksGuideTest -Dpicasso.write-docs=yes")
        .isEqualTo(expected);
  }

  private static String list() {
    StringBuilder text =
        new StringBuilder(
            """
            # Checks: may the map be believed?

            Made from the checks themselves; a test compares them. Each has a page: what it computes, its numbers, which way is
            better, when it misleads, its settings and its source.

            `picasso check` makes them of any number of images, and says how methods differ ([command line](command-line.md#check));
            `picasso explain -m belief` and the page draw their curves and maps. `quick` are those that take about a hundred runs of
            the model at most.

            | check | id | tells | quick |
            |---|---|---|---|
            """);
    checks().forEach(check -> text.append(row(check)));
    return text.toString();
  }

  private static String row(Check check) {
    String paper = check.reference().map(r -> " [" + r.title() + "](" + r.url() + ")").orElse("");
    return Stream.of(
                "[" + check.title() + "](checks/" + check.id() + ".md)",
                "`" + check.id() + "`",
                check.description() + paper,
                check.effort() == Check.Effort.QUICK ? "yes" : "")
            .collect(Collectors.joining(" | ", "| ", " |"))
        + "\n";
  }
}
