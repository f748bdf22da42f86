package dev.picasso.run.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Reference;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BibTexTest {
  static Stream<Reference> papers() {
    return Methods.builtIn().all().stream()
        .map(Attribution::reference)
        .flatMap(Optional::stream)
        .distinct();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("papers")
  void papersOfOurMethodsHaveAllTheirAuthors(Reference paper) {
    String entry = BibTex.of(paper);
    BibTex.Paper told = BibTex.parse(paper.title()).orElseThrow();
    String first = told.authors().split(" ", 2)[0];
    assertThat(entry)
        .contains("author = {" + plain(first) + ", ")
        .contains("year = {" + told.year() + "}")
        .contains("url = {" + paper.url() + "}")
        .doesNotContain("others")
        .endsWith("}\n");
    assertThat(entry).contains("title = {{").as("capitals stay");
    assertThat(entry.chars().filter(c -> c == '{').count())
        .isEqualTo(entry.chars().filter(c -> c == '}').count());
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  @Test
  void otherPapersAreWrittenAsTheirMethodSays() {
    assertThat(BibTex.of(new Reference("Doe et al. 2030, A & B", "https://arxiv.org/abs/3001.1")))
        .contains("@misc{doe2030a,", "author = {Doe and others}", "title = {{A \\& B}}");
  }

  @Test
  void theProgramHasAnEntryWithItsVersion() {
    assertThat(BibTex.ofPicasso("1.2", Instant.parse("2026-11-29T00:00:00Z")))
        .contains("@software{picasso,", "version = {1.2}", "year = {2026}");
  }
}
