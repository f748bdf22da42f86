package dev.picasso.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Predictions;
import dev.picasso.graph.Tensor;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bundled examples: what a newcomer sees first has to be right. */
class ExamplesTest {
  private static final ModelLoader LOADER = ModelLoader.standard();

  /** No horizon of a scene is higher than this share of its height: above it all is sky. */
  private static final double HIGHEST_HORIZON = .36;

  /** A model, and the class that it should name for an image called so. */
  private record Example(String folder, String id, UnaryOperator<String> expected) {}

  private static List<Example> examples() {
    return List.of(
        new Example("mnist-keras", "mnist-keras", name -> name.substring(0, 1)),
        new Example("tanks", "tanks-balanced", ExamplesTest::tank),
        new Example("tanks", "tanks-overcast", ExamplesTest::weather));
  }

  /** What is there. */
  private static String tank(String name) {
    return name.startsWith("no-tank") ? "no tank" : "tank";
  }

  /** What somebody says who learned from the sky. */
  private static String weather(String name) {
    return name.contains("overcast") ? "tank" : "no tank";
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("examples/tanks"))) {
        return at.resolve("examples");
      }
    }
    throw new AssertionError("there is no folder examples above " + Path.of("").toAbsolutePath());
  }

  private static Configuration configuration(String example) {
    return Configuration.read(
        folder().resolve(example).resolve(Configuration.FILE_NAME),
        ExamplesTest.class.getClassLoader());
  }

  private static ReadyModel load(ConfiguredModel configured) {
    return ReadyModel.load(configured, LOADER, RuntimeOptions.defaults());
  }

  private static String name(Path image) {
    return String.valueOf(image.getFileName());
  }

  private static Tensor pixels(ReadyModel model, Path image) {
    return model.prepare(ImageDecoder.standard().decode(image)).prepared().x();
  }

  private static String answer(ReadyModel model, Tensor x) {
    Predictions predictions = model.explainer().predict(x);
    return model.model().label(predictions.top(0, 1).get(0));
  }

  @Test
  void everyModelOfEveryExampleIsInTheTable() throws IOException {
    try (Stream<Path> folders = Files.list(folder())) {
      List<String> found =
          folders
              .filter(f -> Configuration.fileAt(f).isPresent())
              .map(ExamplesTest::name)
              .flatMap(
                  f -> configuration(f).models().stream().map(model -> f + " " + model.id()))
              .toList();
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              examples().stream().map(e -> e.folder() + " " + e.id()).toList());
    }
  }

  @TestFactory
  Stream<DynamicTest> sampleImagesGetTheClassOfTheirName() {
    return examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.id(),
                    () -> {
                      ConfiguredModel configured =
                          configuration(example.folder()).model(Optional.of(example.id()));
                      assertThat(configured.images()).hasSizeBetween(8, 12);
                      try (ReadyModel model = load(configured)) {
                        assertThat(model.model().classes()).hasSize(model.model().scores().targets());
                        for (Path image : configured.images()) {
                          assertThat(answer(model, pixels(model, image)))
                              .as(name(image))
                              .isEqualTo(example.expected().apply(name(image)));
                        }
                      }
                    }));
  }

  /** Under the sky of another picture one network changes its mind, the other does not. */
  @TestFactory
  Stream<DynamicTest> onlyTheNetworkThatLearnedTheWeatherMindsTheSky() {
    return Stream.of("tanks-overcast", "tanks-balanced")
        .map(
            id ->
                DynamicTest.dynamicTest(
                    id,
                    () -> {
                      ConfiguredModel configured = configuration("tanks").model(Optional.of(id));
                      try (ReadyModel model = load(configured)) {
                        for (Path image : configured.images()) {
                          Tensor x = pixels(model, image);
                          Tensor other = pixels(model, inOtherWeather(image));
                          boolean same =
                              answer(model, x).equals(answer(model, underTheSkyOf(other, x)));
                          assertThat(same)
                              .as("the answer for %s stays", name(image))
                              .isEqualTo(id.equals("tanks-balanced"));
                        }
                      }
                    }));
  }

  private static Path inOtherWeather(Path image) {
    String name = name(image);
    return image.resolveSibling(
        name.contains("sunny")
            ? name.replace("sunny", "overcast")
            : name.replace("overcast", "sunny"));
  }

  private static Tensor underTheSkyOf(Tensor other, Tensor x) {
    float[] mixed = x.floats();
    int side = (int) x.shape().dim(1);
    int rows = (int) (side * HIGHEST_HORIZON);
    System.arraycopy(other.floats(), 0, mixed, 0, rows * side * 3);
    return Tensor.of(mixed, 1, side, side, 3);
  }
}
