package dev.picasso.run;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.PicassoException;
import dev.picasso.attribution.gradients.Saliency;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.HeatMap;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.Panel;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.Results;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of each input of a model that multiplies a picture with the mean colour of a larger one. */
class ExplainedInputsTest {
  private static final int PIXELS = 5 * 5;
  private static final float[] WEIGHTS = zigzag(3 * PIXELS * 2);
  private static final ExplainedInputs BOTH = ExplainedInputs.named(List.of("large", "small"));

  @TempDir Path folder;
  private Path held = Path.of("");
  private ReadyModel model;

  @BeforeEach
  void load() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value small = g.input("small", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 5, 5));
    Value large = g.input("large", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 10, 10));
    Value rate = g.input("rate", DataType.FLOAT, Shape.of(Shape.BATCH, 5));
    Value factor = g.reshape(g.mean(rate, true, 1), Shape.BATCH, 1, 1, 1);
    Value product = g.mul(g.mul(small, g.mean(large, true, 2, 3)), factor);
    Path file = folder.resolve("product.onnx");
    OnnxWriter.write(g.build(linear(g, product, WEIGHTS, 2)), file);
    held = image("held.png", 40, 20, 0xff8000);
    Path ones = folder.resolve("ones.npy");
    NpyFile.write(ones, Tensor.of(new float[] {1, 1, 1, 1, 1}, 1, 5));
    ConfiguredModel configured =
        ConfiguredModel.of(file).holding(Map.of("large", held, "rate", ones));
    model = ReadyModel.load(configured, ModelLoader.standard(), RuntimeOptions.defaults());
  }

  @AfterEach
  void close() {
    model.close();
  }

  private Path image(String name, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private Explaining<?> saliency(ExplainedInputs inputs) {
    return explaining(Visualizations.of(new Saliency()), inputs);
  }

  private <S extends Record> Explaining<S> explaining(
      Visualization<S> visualization, ExplainedInputs inputs) {
    return new Explaining<>(
        model,
        visualization,
        visualization.defaults(),
        Classes.chosen(List.of(1)),
        Faults.told(),
        inputs);
  }

  private static List<Explained> explained(Explaining<?> how, Path... images) {
    List<Explained> all = new ArrayList<>();
    how.all(
        List.of(images).stream().map(ImageSource::of).toList(),
        new Sink() {
          @Override
          public void explained(Explained one) {
            all.add(one);
          }

          @Override
          public void failed(int index, String image, String problem) {
            throw new AssertionError(image + ": " + problem);
          }
        },
        Listener.NONE);
    return all;
  }

  private static HeatMap map(ImageResult result) {
    return result.panels().stream().map(Panel::map).findFirst().orElseThrow();
  }

  /** ∂score₁/∂large: what a pixel of each channel adds to the mean, the largest of three. */
  private static float expected(float pixel) {
    float largest = 0;
    for (int channel = 0; channel < 3; channel++) {
      float sum = 0;
      for (int i = 0; i < PIXELS; i++) {
        sum += WEIGHTS[2 * (channel * PIXELS + i) + 1] * pixel / 100;
      }
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  }

  @Test
  void eachInputHasAMapOverItsOwnPicture() throws IOException {
    Explained one = explained(saliency(BOTH), image("grey.png", 9, 9, 0x333333)).get(0);
    assertThat(one.input()).contains("small");
    assertThat(map(one.result()).width()).isEqualTo(5);
    assertThat(one.others()).extracting(OfInput::input).containsExactly("large");
    OfInput large = one.others().get(0);
    assertThat(large.image().orElseThrow().original().width()).isEqualTo(40);
    assertThat(large.result().image()).isEqualTo("held.png");
    assertThat(large.result().predictions()).isEqualTo(one.result().predictions());
    assertThat(map(large.result()).width()).isEqualTo(10);
    for (float value : map(large.result()).values()) {
      assertThat(value).isEqualTo(expected(.2f), within(1e-6f));
    }
  }

  /** Nothing that was computed beside one image is told of another. */
  @Test
  void whatIsHeldIsExplainedBesideEachImageAnew() throws IOException {
    Path black = image("black.png", 5, 5, 0);
    Path white = image("white.png", 5, 5, 0xffffff);
    List<Explained> all = explained(saliency(BOTH), black, white, black);
    assertThat(all)
        .extracting(e -> map(e.others().get(0).result()).largest())
        .satisfies(l -> assertThat(l.get(1)).isEqualTo(expected(1), within(1e-6f)))
        .satisfies(l -> assertThat(List.of(l.get(0), l.get(2))).containsOnly(0f));
  }

  @Test
  void ofAnImageThatIsNotExplainedItselfTheClassesAreTold() throws IOException {
    Path grey = image("grey.png", 5, 5, 0x333333);
    Explained one = explained(saliency(ExplainedInputs.named(List.of("large"))), grey).get(0);
    Explained usual = explained(saliency(ExplainedInputs.SHOWN), grey).get(0);
    assertThat(one.result().parts()).isEmpty();
    assertThat(one.result().predictions()).isEqualTo(usual.result().predictions());
    assertThat(one.others()).hasSize(1);
    assertThat(usual.others()).isEmpty();
    assertThat(usual.input()).contains("small");
  }

  @Test
  void allAreThoseWithAPicture() {
    assertThat(saliency(ExplainedInputs.ALL).explained())
        .extracting(slot -> slot.name())
        .containsExactly("small", "large");
  }

  @Test
  void anInputWithoutAPictureIsRefusedWithThoseThatHaveOne() {
    assertThatThrownBy(() -> saliency(ExplainedInputs.named(List.of("lage"))).explained())
        .isInstanceOf(PicassoException.class)
        .hasMessage(
            "Inputs explained: the model has no input lage; those with a picture are small,"
                + " large.");
    assertThatThrownBy(() -> saliency(ExplainedInputs.named(List.of("rate"))).explained())
        .isInstanceOf(PicassoException.class)
        .hasMessageContainingAll("rate", "no map of it", "small, large");
  }

  @Test
  void anInputThatHoldsAnArrayHasNoPicture() throws IOException {
    Path array = folder.resolve("large.npy");
    NpyFile.write(array, Tensor.of(new float[300], 1, 3, 10, 10));
    try (ReadyModel other =
        ReadyModel.load(
            model.configured().holding(Map.of("large", array)),
            ModelLoader.standard(),
            RuntimeOptions.defaults())) {
      assertThatThrownBy(() -> BOTH.of(other.held()))
          .isInstanceOf(PicassoException.class)
          .hasMessageContaining("large holds large.npy, which is no picture");
      assertThat(ExplainedInputs.ALL.of(other.held())).hasSize(1);
    }
  }

  /** A server deletes what an input held when it holds something else; work goes on meanwhile. */
  @Test
  void whatWasExplainedOnceNeedsItsFileNoMore() throws IOException {
    Path grey = image("grey.png", 5, 5, 0x333333);
    Explaining<?> how = saliency(BOTH);
    Explained before = explained(how, grey).get(0);
    Files.delete(held);
    Explained after = explained(how, grey).get(0);
    assertThat(map(after.others().get(0).result()).values())
        .isEqualTo(map(before.others().get(0).result()).values());
  }

  @Test
  void whatIsWrongWithOneInputStaysWithIt() throws IOException {
    Path grey = image("grey.png", 5, 5, 0x333333);
    Explaining<?> how = saliency(BOTH);
    Files.write(held, new byte[] {1, 2, 3});
    Explained one = explained(how, grey).get(0);
    assertThat(one.result().panels()).hasSize(1);
    assertThat(one.others().get(0).result().problem().orElseThrow())
        .contains("held.png")
        .doesNotContain(folder.toString());
    Path maps = folder.resolve("maps");
    JsonNode json = ExplainedFiles.write(maps, "grey", one, (file, share) -> {}).json();
    assertThat(json.at("/inputs/0/problem").asText()).contains("held.png");
  }

  /** Cannot explain some inputs, whatever they are given. */
  private record Picky(List<String> refused) implements Visualization<Picky.Settings> {
    record Settings() {}

    @Override
    public String id() {
      return "picky";
    }

    @Override
    public String title() {
      return "Picky";
    }

    @Override
    public String description() {
      return "Explains all inputs but some.";
    }

    @Override
    public Settings defaults() {
      return new Settings();
    }

    @Override
    public Results run(Context context, Settings settings) {
      String input = context.explainer().imageInput().name();
      if (refused.contains(input)) {
        throw new PicassoException("There is no map of " + input + ".");
      }
      return usual(Visualizations.of(new Saliency()), context);
    }

    private static <S extends Record> Results usual(Visualization<S> saliency, Context context) {
      return saliency.run(context, saliency.defaults());
    }
  }

  @Test
  void whatIsWrongWithTheImagesOwnInputIsToldBesideTheOthersMaps() throws IOException {
    Path grey = image("grey.png", 5, 5, 0x333333);
    Explaining<?> picky = explaining(new Picky(List.of("small")), BOTH);
    Explained one = explained(picky, grey).get(0);
    assertThat(one.result().problem()).contains("There is no map of small.");
    assertThat(one.others().get(0).result().panels()).hasSize(1);
    JsonNode json =
        ExplainedFiles.write(folder.resolve("maps"), "grey", one, (file, share) -> {}).json();
    assertThat(json.path("problem").asText()).isEqualTo("There is no map of small.");
    assertThat(json.at("/inputs/0/panels/0/kind").asText()).isEqualTo("map");
    Explaining<?> neither = explaining(new Picky(List.of("small", "large")), BOTH);
    assertThatThrownBy(() -> explained(neither, grey))
        .as("where no other has a map, the image has no results")
        .hasMessageContaining("There is no map of small.");
    Picasso both = Picasso.of(model).inputs("small", "large");
    assertThatThrownBy(() -> both.explain(grey, new Picky(List.of("small"))))
        .isInstanceOf(PicassoException.class)
        .hasMessage("There is no map of small.");
  }

  @Test
  void filesAndJsonTellOfEachInputAndCompareEqual() throws IOException {
    Explained one = explained(saliency(BOTH), image("grey.png", 9, 9, 0x333333)).get(0);
    Path maps = folder.resolve("maps");
    List<Double> shares = new ArrayList<>();
    ExplainedFiles files =
        ExplainedFiles.write(maps, "grey", one, (file, share) -> shares.add(share));
    assertThat(shares).isSorted().endsWith(1.);
    JsonNode json = files.json();
    assertThat(json.path("input").asText()).isEqualTo("small");
    JsonNode large = json.at("/inputs/0");
    assertThat(large.path("input").asText()).isEqualTo("large");
    assertThat(large.path("imageWidth").asInt()).isEqualTo(40);
    assertThat(large.path("original").asText()).isEqualTo("grey@2-original.png");
    assertThat(maps.resolve(large.at("/panels/0/array").asText())).exists();

    RecordedImage recorded = RecordedImage.of(json);
    assertThat(Comparison.of(maps, recorded, one).isEqual()).isTrue();
    assertThat(Comparison.of(maps, recorded, one).compared()).isEqualTo(2);
    NpyFile.write(maps.resolve("grey@2-1.npy"), Tensor.of(new float[100], 10, 10));
    assertThat(Comparison.of(maps, recorded, one).differences())
        .singleElement()
        .asString()
        .startsWith("large: grey@2-1.npy");
  }

  @Test
  void whatMadeThemTellsHowEachPictureIsPrepared() {
    Provenance made = Provenance.of(saliency(BOTH));
    JsonNode json = ProvenanceJson.of(made);
    assertThat(json.at("/explained/large/height").asInt()).isEqualTo(10);
    assertThat(json.at("/explained/small/height").asInt()).isEqualTo(5);
    assertThat(ProvenanceJson.read(json).explained()).isEqualTo(made.explained());
    Provenance usual = Provenance.of(saliency(ExplainedInputs.SHOWN));
    assertThat(usual.explained()).containsOnlyKeys("small");
    assertThat(Changes.between(made, ProvenanceJson.read(json)).grave()).isEmpty();
  }

  @Test
  void aProgramAsksForThemByName() throws IOException {
    Picasso both = Picasso.of(model).inputs("small", "large");
    Explanation one = both.explain(image("grey.png", 9, 9, 0x333333), new Saliency());
    assertThat(one.maps().get(0).width()).isEqualTo(5);
    assertThat(one.ofInput("large").orElseThrow().overlay(0).getWidth()).isEqualTo(40);
    assertThat(one.ofInput("rate")).isEmpty();
    assertThatThrownBy(() -> both.inputs("rate")).isInstanceOf(PicassoException.class);
  }

  @Test
  void namesOfFilesAreKnownByTheImageTheyAreBeside() {
    for (String name : List.of("a@b-2@13-1-map.png", "a@b-2-original.png", "a@b-2@2-coco.json")) {
      Matcher match = ResultFiles.NAME.matcher(name);
      assertThat(match.matches()).as(name).isTrue();
      assertThat(match.group(1)).isEqualTo("a@b-2");
    }
  }
}
