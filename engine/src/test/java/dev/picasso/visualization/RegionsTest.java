package dev.picasso.visualization;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.SmallModels;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Prediction;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.Schema;
import dev.picasso.settings.SettingException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes of a map are explained where a person asks for them. */
class RegionsTest {
  private static final int SIDE = 8;

  @TempDir Path folder;

  /** Red is class 0, green class 1; class 2, blue, is nowhere in {@link #picture}. */
  private static Value colours(GraphBuilder g, Value x) {
    Tensor same = Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3, 1, 1);
    Attributes one = Attributes.of("kernel_shape", new long[] {1, 1});
    Value shifted = g.relu(g.add(x, 3)); // nothing is cut off
    Value y = g.conv(shifted, g.constant("k", same), Optional.empty(), one);
    return g.op("ArgMax", Attributes.of("axis", 1).with("keepdims", 0), y);
  }

  private ReadyModel model(BiFunction<GraphBuilder, Value, Value> layers) throws IOException {
    SmallModels.of(folder, Shape.of(Shape.BATCH, 3, SIDE, SIDE), layers);
    return ReadyModel.load(
        ConfiguredModel.of(folder.resolve("model.onnx")),
        ModelLoader.standard(),
        RuntimeOptions.defaults());
  }

  /** 16 × 8 pixels: the left quarter is red, the rest green. */
  private ImageInput picture(ReadyModel model) throws IOException {
    BufferedImage picture = new BufferedImage(2 * SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < 2 * SIDE; x++) {
        picture.setRGB(x, y, x < SIDE / 2 ? 0xFF0000 : 0x00FF00);
      }
    }
    Path file = folder.resolve("picture.png");
    ImageIO.write(picture, "png", file.toFile());
    return model.prepare(ImageDecoder.standard().decode(file));
  }

  private ImageResult explained(String region) throws IOException {
    try (ReadyModel model = model(RegionsTest::colours)) {
      Visualization<?> saliency = Visualizations.builtIn().get("saliency");
      return model
          .explain(saliency, Map.of("region", region), List.of(picture(model)), 3, Listener.NONE)
          .images()
          .get(0);
    }
  }

  /** Which of the model's columns a map has anything in, and in how many rows. */
  private static String places(HeatMap map) {
    StringBuilder columns = new StringBuilder();
    long rows = 0;
    for (int x = 0; x < map.width(); x++) {
      int column = 0;
      for (int y = 0; y < map.height(); y++) {
        column += map.at(x, y) != 0 ? 1 : 0;
      }
      columns.append(column > 0 ? "#" : ".");
      rows = Math.max(rows, column);
    }
    return columns + " " + rows;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auto | class 1, class 0 | ..###### 8, ##...... 8",
        "predicted | class 1, class 0 | ..###### 8, ##...... 8",
        "all | class 1, class 0, class 2 | ######## 8, ######## 8, ######## 8",
        "4,2,8,3 | class 1, class 0, class 2 | ..####.. 3, ..####.. 3, ..####.. 3",
        "4,2,2,1 | class 1, class 0, class 2 | ..#..... 1, ..#..... 1, ..#..... 1",
        "15,7 | class 1, class 0, class 2 | .......# 1, .......# 1, .......# 1"
      })
  void aClassIsExplainedAtThePlacesOfItsRegion(String region, String classes, String maps)
      throws IOException {
    ImageResult result = explained(region);
    assertThat(result.problem()).isEmpty();
    assertThat(result.predictions().stream().map(Prediction::label))
        .containsExactly(classes.split(", ", -1));
    assertThat(result.panels().stream().map(panel -> places(panel.map())))
        .containsExactly(maps.split(", ", -1));
  }

  @Test
  void whatIsPredictedNowhereIsToldAndWhereAMapIsFromIsSaid() throws IOException {
    ImageResult result = explained("auto");
    assertThat(result.warnings())
        .contains("Predicted nowhere in the picture, and so not explained: class 2.");
    assertThat(result.panels().get(0).meaning()).contains("of the class where it is predicted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10,2,8,3 | it reaches to 18,5, outside of the picture, which is 16 × 8 pixels.",
        "17,2 | it is outside of the picture, which is 16 × 8 pixels."
      })
  void aRegionOutsideOfThePictureIsToldWithTheImage(String region, String why) throws IOException {
    assertThat(explained(region).problem()).hasValue("region is " + region + "; " + why);
  }

  @Test
  void aClassThatIsNowhereIsToldWhereItAloneIsAskedFor() throws IOException {
    try (ReadyModel model = model(RegionsTest::colours)) {
      Visualization<?> saliency = Visualizations.of(new Saliency());
      assertThat(nowhere(model, saliency).problem())
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .contains("predicts class 2 nowhere in the picture")
                      .contains("a box or a point"));
    }
  }

  private <S extends Record> ImageResult nowhere(ReadyModel model, Visualization<S> visualization)
      throws IOException {
    return model
        .explain(
            visualization,
            visualization.defaults(),
            List.of(picture(model)),
            Classes.chosen(List.of(2)),
            Listener.NONE)
        .images()
        .get(0);
  }

  @Test
  void aRegionOfAClassifierIsRefusedBeforeAnyImage() throws IOException {
    try (ReadyModel model = model((g, x) -> g.softmax(linear(g, x, zigzag(576), 3), 1))) {
      Visualization<?> saliency = Visualizations.builtIn().get("saliency");
      assertThat(model.settings(saliency, Map.of("region", "all"))).isNotNull();
      assertThatThrownBy(() -> model.settings(saliency, Map.of("region", "1,2")))
          .isInstanceOfSatisfying(
              SettingException.class,
              e -> assertThat(e.wrong().get(0).setting()).isEqualTo("region"))
          .hasMessageContaining("region is 1,2; ")
          .hasMessageContaining("has one answer for a whole picture");
    }
  }

  /** The sum over all places is their number times the mean, also of what it is compared with. */
  @ParameterizedTest
  @ValueSource(strings = {"saliency", "grad-cam", "finer-cam", "lrp", "integrated-gradients"})
  void aBoxOfEverythingIsTheMeanTimesThePlaces(String method) throws IOException {
    try (ReadyModel model = model(RegionsTest::colours)) {
      Visualization<?> visualization = Visualizations.builtIn().get(method);
      float[] all = map(model, visualization, "all");
      float[] box = map(model, visualization, "0,0,16,8");
      boolean any = false;
      for (int i = 0; i < all.length; i++) {
        assertThat(box[i]).isEqualTo(all[i] * SIDE * SIDE, within(1e-3f));
        any |= all[i] != 0;
      }
      assertThat(any).isTrue();
    }
  }

  private float[] map(ReadyModel model, Visualization<?> visualization, String region)
      throws IOException {
    ImageResult result =
        model
            .explain(
                visualization, Map.of("region", region), List.of(picture(model)), 1, Listener.NONE)
            .images()
            .get(0);
    assertThat(result.problem()).isEmpty();
    return result.panels().get(0).map().values();
  }

  static Stream<Attribution> methods() {
    return Methods.builtIn().all().stream();
  }

  /** A class activation map needs the mean of a layer, and attention needs tokens. */
  private static final Set<String> OF_OTHER_MODELS = Set.of("cam", "attention-relevance");

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodExplainsAClassOfAMap(Attribution method) throws IOException {
    Visualization<?> visualization = Visualizations.builtIn().get(method.id());
    try (ReadyModel model = model(RegionsTest::colours)) {
      for (String region : List.of("predicted", "4,2,8,3", "15,7", "all")) {
        Map<String, String> settings =
            RegionsTest.takesRegions(visualization) ? Map.of("region", region) : Map.of();
        if (OF_OTHER_MODELS.contains(method.id()) && !region.equals("all")) {
          assertThatThrownBy(() -> model.settings(visualization, settings))
              .hasMessageContaining("need");
        } else if (!OF_OTHER_MODELS.contains(method.id())) {
          ImageResult result =
              model
                  .explain(visualization, settings, List.of(picture(model)), 2, Listener.NONE)
                  .images()
                  .get(0);
          assertThat(result.problem()).as("region %s", region).isEmpty();
          assertThat(result.parts()).isNotEmpty();
        }
      }
    }
  }

  private static boolean takesRegions(Visualization<?> visualization) {
    return Schema.of(visualization.defaults()).fields().stream()
        .anyMatch(field -> field.name().equals("region"));
  }
}
