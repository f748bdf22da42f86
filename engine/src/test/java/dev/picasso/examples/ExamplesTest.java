package dev.picasso.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled examples: what a newcomer sees first has to be right. */
class ExamplesTest {
  /** A model, and the class that it should name for an image called so. */
  private record Example(String folder, String id, UnaryOperator<String> expected) {
    @Override
    public String toString() {
      return id;
    }
  }

  private static List<Example> examples() {
    return List.of(
        new Example("mnist-keras", "mnist-keras", ExamplesTest::digit),
        new Example("mnist-tensorflow", "mnist-tensorflow", ExamplesTest::digit),
        new Example("mnist-tensorflow", "mnist-saved-model", ExamplesTest::digit),
        new Example("tanks", "tanks-balanced", ExamplesTest::tank),
        new Example("tanks", "tanks-overcast", ExamplesTest::weather));
  }

  /** The digit; one three is taken for a five, and its README says so. */
  private static String digit(String name) {
    return name.equals("3-1.png") ? "5" : name.substring(0, 1);
  }

  /** What is there. */
  private static String tank(String name) {
    return name.startsWith("no-tank") ? "no tank" : "tank";
  }

  /** What somebody says who learned from the sky. */
  private static String weather(String name) {
    return name.contains("overcast") ? "tank" : "no tank";
  }

  @Test
  void everyModelOfEveryExampleIsInTheTable() throws IOException {
    try (Stream<Path> folders = Files.list(Examples.folder())) {
      List<String> found =
          folders
              .filter(f -> Configuration.fileAt(f).isPresent())
              .map(Examples::name)
              .flatMap(f -> Examples.configuration(f).models().stream().map(m -> f + " " + m.id()))
              .toList();
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              examples().stream().map(e -> e.folder() + " " + e.id()).toList());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void sampleImagesGetTheClassThatTheReadmeSays(Example example) {
    ConfiguredModel configured =
        Examples.configuration(example.folder()).model(Optional.of(example.id()));
    assertThat(configured.images()).hasSizeBetween(8, 12);
    try (ReadyModel model = Examples.load(configured)) {
      assertThat(model.model().classes()).hasSize(model.model().scores().targets());
      for (Path image : configured.images()) {
        assertThat(Examples.answer(model, Examples.pixels(model, image)))
            .as(Examples.name(image))
            .isEqualTo(example.expected().apply(Examples.name(image)));
      }
    }
  }
}
