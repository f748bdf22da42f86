package dev.picasso.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.TestData;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Prediction;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that look like others and are not worth as much say so. */
class DoubtsTest {
  private static final String ZERO = "The map is zero everywhere (";
  private static final String NO_NUMBER = "The model computes no number (NaN or infinity) for ";
  private static final String NO_RECTIFIER = "The model has no rectifiers (ReLU)";

  @TempDir Path folder;

  /** Makes the scores of three classes from the means of three colours, both [N, 3]. */
  @FunctionalInterface
  interface Scores {
    Value of(GraphBuilder g, Value means);
  }

  private static Value row(GraphBuilder g, float... numbers) {
    return g.constant(Tensor.of(numbers, 1, numbers.length));
  }

  private static Arguments model(
      String name, String gradient, List<String> warnings, Scores scores) {
    return Arguments.of(name, gradient, warnings, scores);
  }

  static Stream<Arguments> models() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    return Stream.of(
        model("nothing odd", "plain", List.of(), (g, x) -> g.relu(x)),
        model("nothing odd, guided", "guided", List.of(), (g, x) -> g.relu(x)),
        model("no rectifier", "guided", List.of(NO_RECTIFIER), (g, x) -> g.sigmoid(x)),
        model(
            "one NaN",
            "plain",
            List.of(NO_NUMBER + "1 of 3 classes"),
            (g, x) -> g.sigmoid(g.add(x, row(g, 0, nan, 0)))),
        model(
            "all NaN by the softmax",
            "plain",
            List.of(NO_NUMBER + "any class"),
            (g, x) -> g.softmax(g.add(x, row(g, 0, nan, 0)), 1)),
        model(
            "infinite before the softmax that is added",
            "plain",
            List.of(NO_NUMBER + "any class"),
            (g, x) -> g.add(g.relu(x), row(g, 0, 0, inf))),
        model(
            "a dead rectifier",
            "plain",
            List.of(ZERO),
            (g, x) -> g.relu(g.add(x, row(g, -9, -9, -9)))),
        model(
            "one class that is constant",
            "plain",
            List.of(ZERO + "class "),
            (g, x) -> g.mul(g.relu(x), row(g, 1, 1, 0))),
        model(
            "a gradient that is infinite",
            "plain",
            List.of("The map is no number (NaN or infinity)"),
            (g, x) -> g.mul(g.relu(x), row(g, 1, inf, 1))));
  }

  private Path write(Scores scores) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 4, 4, 3));
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(g.build(g.named(scores.of(g, g.mean(x, false, 1, 2)), "y")), file);
    return file;
  }

  private static Visualization<?> saliency() {
    return Visualizations.builtIn().get("saliency");
  }

  private ImageResult explain(Path model, Visualization<?> by, Map<String, String> settings)
      throws IOException {
    BufferedImage picture = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(1, 2, 0x406080);
    Path file = folder.resolve("photo.png");
    ImageIO.write(picture, "png", file.toFile());
    try (ReadyModel ready =
        ReadyModel.load(
            ConfiguredModel.of(model), ModelLoader.standard(), RuntimeOptions.defaults())) {
      ImageInput image = ready.prepare(ImageDecoder.standard().decode(file));
      ImageResult result =
          ready.explain(by, settings, List.of(image), 9, Listener.NONE).images().get(0);
      ResultFiles.write(folder.resolve("maps"), "photo", image, result); // all of it can be drawn
      return result;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void whatIsOddIsSaid(String name, String gradient, List<String> warnings, Scores scores)
      throws IOException {
    ImageResult result = explain(write(scores), saliency(), Map.of("gradient", gradient));
    for (String warning : warnings) {
      assertThat(result.warnings()).anySatisfy(w -> assertThat(w).startsWith(warning));
    }
    if (warnings.isEmpty()) {
      assertThat(result.warnings()).isEmpty();
    }
  }

  @Test
  void roundingOfAProbabilityIsNoEvidence() throws IOException {
    Path sure = write((g, x) -> g.sigmoid(g.add(g.mul(x, .1), row(g, 14, -20, 0))));
    Visualization<?> occlusion = Visualizations.builtIn().get("occlusion");
    Map<String, String> small = Map.of("patch", "1", "stride", "1");
    ImageResult result = explain(sure, occlusion, small);
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .startsWith("Whatever is hidden, the probability changes by less than 0.00001 (class ");
    List<Panel> panels = result.panels().stream().map(Panel.class::cast).toList();
    assertThat(panels).hasSize(3);
    assertThat(panels.get(0).scale().high()).isGreaterThanOrEqualTo(1e-5);
  }

  @Test
  void whatIsNoNumberComesLastAndIsNullInJson() throws IOException {
    Path model = TestData.require("faults/nan1.onnx");
    ImageResult result = explain(model, new ClassProbabilities(), Map.of());
    List<Prediction> predictions = result.predictions();
    assertThat(predictions).hasSize(4);
    assertThat(predictions.get(3).probability()).isNaN();
    assertThat(predictions.subList(0, 3)).allMatch(p -> Double.isFinite(p.probability()));
    String text = ResultJson.of(result).toString();
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.at("/predictions/3/probability").isNull()).isTrue();
    assertThat(json.at("/warnings/0").asText()).startsWith(NO_NUMBER + "1 of 4 classes");
    ImageResult maps = explain(model, saliency(), Map.of());
    assertThat(ResultJson.of(maps).at("/panels/3/number").isNull()).isTrue();
    assertThat(text).doesNotContain("NaN\"");
  }

  @Test
  void aDeadRectifierIsSaid() throws IOException {
    Path model = TestData.require("faults/deadrelu.onnx");
    assertThat(explain(model, saliency(), Map.of()).warnings())
        .anySatisfy(w -> assertThat(w).startsWith(ZERO));
    assertThat(explain(model, new ClassProbabilities(), Map.of()).warnings()).isEmpty();
    assertThat(explain(model, new PartialOcclusion(), Map.of()).warnings()).isEmpty();
  }

  @Test
  void nothingIsSaidTwice() {
    ImageResult one = ImageResult.of("a", List.of(), List.of()).withWarnings(List.of("x", "y"));
    assertThat(one.withWarnings(List.of("y", "z")).warnings()).containsExactly("x", "y", "z");
  }
}
