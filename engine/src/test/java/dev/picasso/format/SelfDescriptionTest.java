package dev.picasso.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.SelfDescription.ImageSize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read is text that Python printed; all else counts as nothing. */
class SelfDescriptionTest {
  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of("{0: 'person', 1: 'bicycle'}", List.of("person", "bicycle")),
        Arguments.of("{1: 'b', 0: 'a'}", List.of("a", "b")),
        Arguments.of(
            "{0: \"it's\", 1: 'say \"hi\"', 2: 'it\\'s'}", List.of("it's", "say \"hi\"", "it's")),
        Arguments.of("{0: 'caf\\xe9', 1: 'na\\u00efve', 2: 'Ö'}", List.of("café", "naïve", "Ö")),
        Arguments.of("{0: 'a, b: {c}', 1: ''}", List.of("a, b: {c}", "")),
        Arguments.of("['a', 'b',]", List.of("a", "b")),
        Arguments.of("('a',)", List.of("a")),
        Arguments.of("{\"0\": \"a\", \"1\": \"b\"}", List.of("a", "b")),
        Arguments.of("{0: 7, 1: 8}", List.of("7", "8")),
        Arguments.of("{}", List.of()),
        Arguments.of("{0: 'a', 2: 'c'}", List.of()),
        Arguments.of("{0: 'a', 0: 'b'}", List.of()),
        Arguments.of("{-1: 'a'}", List.of()),
        Arguments.of("{0: 'a'", List.of()),
        Arguments.of("{0: 'a'} and more", List.of()),
        Arguments.of("{0: __import__('os')}", List.of()),
        Arguments.of("{0: ['a']}", List.of()),
        Arguments.of("person", List.of()),
        Arguments.of("", List.of()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAreReadInTheOrderOfTheirKeys(String text, List<String> expected) {
    assertThat(SelfDescription.of(Map.of("names", text)).names()).isEqualTo(expected);
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of("[480, 640]", Optional.of(new ImageSize(480, 640))),
        Arguments.of("(320, 320)", Optional.of(new ImageSize(320, 320))),
        Arguments.of("640", Optional.of(new ImageSize(640, 640))),
        Arguments.of("[0, 640]", Optional.empty()),
        Arguments.of("[999999, 640]", Optional.empty()),
        Arguments.of("[1, 2, 3]", Optional.empty()),
        Arguments.of("large", Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void sizesAreTwoSidesOrOne(String text, Optional<ImageSize> expected) {
    assertThat(SelfDescription.of(Map.of("imgsz", text)).imageSize()).isEqualTo(expected);
  }

  @Test
  void taskIsInSmallLetters() {
    assertThat(SelfDescription.of(Map.of("task", "Detect ")).task()).contains("detect");
    assertThat(SelfDescription.of(Map.of()).task()).isEmpty();
  }
}
