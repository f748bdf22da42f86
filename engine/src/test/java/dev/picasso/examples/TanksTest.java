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
import dev.picasso.visualization.SaliencyMap;
import dev.picasso.visualization.Visualization;
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

  /** No horizon of a scene is higher than this share of its height: above it all is sky. */
  private static final double HIGHEST_HORIZON = .36;

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
  void onlyTheNetworkThatLearnedTheWeatherMindsTheSky(String id, boolean stays) {
    try (ReadyModel model = Examples.load(configured(id))) {
      for (Path image : images()) {
        Tensor x = Examples.pixels(model, image);
        Tensor other = Examples.pixels(model, inOtherWeather(image));
        boolean same =
            Examples.answer(model, x).equals(Examples.answer(model, underTheSkyOf(other, x)));
        assertThat(same).as("the answer for %s stays", Examples.name(image)).isEqualTo(stays);
      }
    }
  }

  @Test
  void saliencyOfTheFirstLiesOnTheSky() throws IOException {
    for (ImageResult result : explain(OVERCAST, new SaliencyMap(), Map.of())) {
      assertThat(region(result, Thing.SKY).share(map(result))).as(result.image()).isGreaterThan(.5);
    }
  }

  @Test
  void partialOcclusionOfTheFirstLiesOnTheSky() throws IOException {
    for (ImageResult result : explain(OVERCAST, new PartialOcclusion(), DROP)) {
      PictureRegion sky = region(result, Thing.SKY);
      assertThat(sky.share(map(result))).as(result.image()).isGreaterThan(.6);
      assertThat(sky.holdsThePeakOf(map(result))).as(result.image()).isTrue();
    }
  }

  @Test
  void saliencyOfTheSecondLiesOnTheTank() throws IOException {
    for (ImageResult result : tanks(explain(BALANCED, new SaliencyMap(), Map.of()))) {
      PictureRegion tank = region(result, Thing.TANK);
      assertThat(tank.share(map(result)))
          .as(result.image())
          .isGreaterThan(.25)
          .isGreaterThan(5 * tank.area());
      assertThat(tank.widened(NEAR).share(map(result))).as(result.image()).isGreaterThan(.6);
      assertThat(region(result, Thing.SKY).share(map(result))).as(result.image()).isLessThan(.1);
    }
  }

  @Test
  void partialOcclusionOfTheSecondIsStrongestAtTheTank() throws IOException {
    for (ImageResult result : tanks(explain(BALANCED, new PartialOcclusion(), DROP))) {
      PictureRegion near = region(result, Thing.TANK).widened(NEAR);
      assertThat(near.share(map(result))).as(result.image()).isGreaterThan(.5);
      assertThat(near.holdsThePeakOf(map(result))).as(result.image()).isTrue();
    }
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
    return results.stream().filter(r -> r.image().startsWith("tank")).toList();
  }

  /** The map of the class that the network chose. */
  private static HeatMap map(ImageResult result) {
    return result.panels().get(0).map();
  }

  private static PictureRegion region(ImageResult result, Thing thing) throws IOException {
    return PictureRegion.of(result.image(), thing, SIDE);
  }

  private static Path inOtherWeather(Path image) {
    String name = Examples.name(image);
    return image.resolveSibling(
        name.contains("sunny")
            ? name.replace("sunny", "overcast")
            : name.replace("overcast", "sunny"));
  }

  private static Tensor underTheSkyOf(Tensor other, Tensor x) {
    float[] mixed = x.floats();
    int rows = (int) (SIDE * HIGHEST_HORIZON);
    System.arraycopy(other.floats(), 0, mixed, 0, rows * SIDE * 3);
    return Tensor.of(mixed, 1, SIDE, SIDE, 3);
  }
}
