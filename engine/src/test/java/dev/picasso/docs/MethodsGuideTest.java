package dev.picasso.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.Methods;
import dev.picasso.settings.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page about each method, and a list of all. With {@code -Dpicasso.write-docs} the list is
 * written anew.
 */
class MethodsGuideTest {
  private static final Path LIST = Path.of("../docs/methods.md");

  static Stream<Attribution> methods() {
    return Methods.builtIn().all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void eachHasAPageWithItsSettingsAndTheirDefaults(Attribution method) throws IOException {
    Path page = Path.of("../docs/methods/" + method.id() + ".md");
    assertThat(page).exists();
    String text = Files.readString(page);
    assertThat(text).contains("--method " + method.id());
    for (Field field : Methods.schema(method).fields()) {
      assertThat(text)
          .as("the setting %s with its default", field.name())
          .containsPattern("\\| `" + field.name() + "` \\| `?\\Q" + field.initial() + "\\E`? \\|");
    }
  }

  @Test
  void theListIsThatOfTheMethods() throws IOException {
    String expected = list();
    if (System.getProperty("picasso.write-docs") != null) {
      Files.writeString(LIST, expected);
    }
    assertThat(Files.readString(LIST))
        .as("written anew by ./mvnw test -Dtest=MethodsGuideTest -Dpicasso.write-docs=yes")
        .isEqualTo(expected);
  }

  private static String list() {
    StringBuilder text =
        new StringBuilder(
            """
            # Attribution methods

            Made from the methods themselves; a test compares them. Each has a page: what it computes, when it misleads, its
            settings, and which convention is ours.

            All work on every format that Picasso reads. `picasso explain -m ID` makes pictures, `picasso attribute --method ID`
            writes the numbers as they were computed, and those that are a graph are written as a model by `picasso convert
            --explain ID`.
            """);
    for (Family family : Family.values()) {
      List<Attribution> some =
          Methods.builtIn().all().stream().filter(m -> m.family() == family).toList();
      if (!some.isEmpty()) {
        text.append("\n## ")
            .append(family.title())
            .append("\n\n| method | id | shows |\n|---|---|---|\n");
        some.forEach(m -> text.append(row(m)));
      }
    }
    return text.toString();
  }

  private static String row(Attribution method) {
    String paper = method.reference().map(r -> " [" + r.title() + "](" + r.url() + ")").orElse("");
    return Stream.of(
                "[" + method.title() + "](methods/" + method.id() + ".md)",
                "`" + method.id() + "`",
                method.description() + paper)
            .collect(Collectors.joining(" | ", "| ", " |"))
        + "\n";
  }
}
