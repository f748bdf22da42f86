package dev.picasso.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.examples.PictureRegion.Thing;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.PartialOcclusion;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The story of the tanks: of two networks that are nearly always right, the maps of one lie on the
 * sky, those of the other on the tank.
 */
class TanksTest {
  private static final String OVERCAST = "tanks-overcast";
  private static final String BALANCED = "tanks-balanced";

  /** The side of the networks' input, in pixels. */
  private static final int SIDE = 128;

  /** How far from a tank is still near it, in pixels: half a window of partial occlusion. */
  private static final int NEAR = 16;

  private static final Map<String, String> DROP =
      Map.of("shows", "drop", "window", "0.25", "per-side", "13");

  private static ConfiguredModel configured(String id) {
    return Examples.configuration("tanks").model(Optional.of(id));
  }

  private static List<Path> images() {
    return configured(OVERCAST).images();
  }

  @Test
  void bothNetworksAreShownTheSamePictures() {
    assertThat(images()).hasSize(8);
    assertThat(configured(BALANCED).images()).isEqualTo(images());
  }

  /** Under the sky of another picture one network changes its mind, the other does not. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({OVERCAST + ", false", BALANCED + ", true"})
  void onlyTheNetworkThatLearnedTheWeatherMindsTheSky(String id, boolean stays) throws IOException {
    try (ReadyModel model = Examples.load(configured(id))) {
      for (Path image : images()) {
        String before = Examples.answer(model, Examples.pixels(model, image));
        String after = Examples.answer(model, underTheSkyOf(inOtherWeather(image), image, model));
        assertThat(after.equals(before))
            .as("the answer for %s stays", Examples.name(image))
            .isEqualTo(stays);
      }
    }
  }

  @Test
  void saliencyOfTheFirstLiesOnTheSky() throws IOException {
    for (ImageResult result : explain(OVERCAST, saliency(), Map.of())) {
      assertThat(region(result, Thing.SKY).share(map(result))).as(name(result)).isGreaterThan(.5);
    }
  }

  @Test
  void partialOcclusionOfTheFirstLiesOnTheSky() throws IOException {
    for (ImageResult result : explain(OVERCAST, new PartialOcclusion(), DROP)) {
      PictureRegion sky = region(result, Thing.SKY);
      assertThat(sky.share(map(result))).as(name(result)).isGreaterThan(.6);
      assertThat(sky.holdsThePeakOf(map(result))).as(name(result)).isTrue();
    }
  }

  @Test
  void saliencyOfTheSecondLiesOnTheTank() throws IOException {
    for (ImageResult result : tanks(explain(BALANCED, saliency(), Map.of()))) {
      PictureRegion tank = region(result, Thing.TANK);
      assertThat(tank.share(map(result)))
          .as(name(result))
          .isGreaterThan(.25)
          .isGreaterThan(5 * tank.area());
      assertThat(tank.widened(NEAR).share(map(result))).as(name(result)).isGreaterThan(.6);
      assertThat(region(result, Thing.SKY).share(map(result))).as(name(result)).isLessThan(.1);
    }
  }

  @Test
  void partialOcclusionOfTheSecondIsStrongestAtTheTank() throws IOException {
    for (ImageResult result : tanks(explain(BALANCED, new PartialOcclusion(), DROP))) {
      PictureRegion near = region(result, Thing.TANK).widened(NEAR);
      assertThat(near.share(map(result))).as(name(result)).isGreaterThan(.5);
      assertThat(near.holdsThePeakOf(map(result))).as(name(result)).isTrue();
    }
  }

  private static Visualization<?> saliency() {
    return Visualizations.builtIn().get("saliency");
  }

  private static <S extends Record> List<ImageResult> explain(
      String id, Visualization<S> visualization, Map<String, String> settings) {
    try (ReadyModel model = Examples.load(configured(id))) {
      List<ImageInput> inputs = images().stream().map(i -> Examples.image(model, i)).toList();
      return model.explain(visualization, settings, inputs, 1, Listener.NONE).images();
    }
  }

  /** Those of pictures that show a tank. */
  private static List<ImageResult> tanks(List<ImageResult> results) {
    List<ImageResult> tanks = results.stream().filter(r -> name(r).startsWith("tank")).toList();
    assertThat(tanks).hasSize(4);
    return tanks;
  }

  private static String name(ImageResult result) {
    return Examples.name(Path.of(result.image()));
  }

  /** The map of the class that the network chose. */
  private static HeatMap map(ImageResult result) {
    return result.panels().get(0).map();
  }

  private static PictureRegion region(ImageResult result, Thing thing) throws IOException {
    return PictureRegion.of(name(result), thing, SIDE);
  }

  private static Path inOtherWeather(Path image) {
    String name = Examples.name(image);
    return image.resolveSibling(
        name.contains("sunny")
            ? name.replace("sunny", "overcast")
            : name.replace("overcast", "sunny"));
  }

  /** A picture as the model takes it, with what is sky in it and in another taken from there. */
  private static Tensor underTheSkyOf(Path other, Path image, ReadyModel model) throws IOException {
    HeatMap skyHere = PictureRegion.of(Examples.name(image), Thing.SKY, SIDE).inside();
    HeatMap skyThere = PictureRegion.of(Examples.name(other), Thing.SKY, SIDE).inside();
    float[] mixed = Examples.pixels(model, image).floats();
    float[] there = Examples.pixels(model, other).floats();
    for (int i = 0; i < mixed.length; i++) {
      int pixel = i / 3;
      int x = pixel % SIDE;
      int y = pixel / SIDE;
      mixed[i] += skyHere.at(x, y) * skyThere.at(x, y) * (there[i] - mixed[i]);
    }
    return Tensor.of(mixed, 1, SIDE, SIDE, 3);
  }
}
