package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import dev.picasso.format.StatedNormalization;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Layout;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose pixels were taken for others than they are. */
class PixelFaultsTest {
  private static final Shape COLOUR = Shape.of(Shape.BATCH, 3, 8, 8);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sub_mean.onnx; 0; 255; The model subtracts 152.2, 157.8, 161.2 from the pixels: it is"
            + " given 0 to 255, red first.",
        "bn_first.keras; 0; 255; The model begins with a batch normalization of pixels of mean"
            + " 120.8, 125.3, 118.3: it is given 0 to 255, red first.",
        "u8_dql.onnx; 0; 255; The model takes bytes: it is given 0 to 255, red first.",
        "i8_dql.onnx; -128; 127; The model takes signed bytes: it is given -128 to 127, red first."
      })
  void theRangeIsThatOfTheModel(String file, double black, double white, String note) {
    ModelInput input = input(TestData.require("faults/" + file));
    Preprocessing made = settings(input);
    assertThat(made.number(0, 0)).isEqualTo(black);
    assertThat(made.number(255, 0)).isEqualTo(white);
    assertThat(input.assumed()).containsExactly(note);
  }

  @Test
  void fourChannelsAreTakenAsTheFileHasThem() {
    ModelInput input = input(TestData.require("faults/four_channels.onnx"));
    assertThat(settings(input).colour()).isEqualTo(ColourMode.RGBA);
    assertThat(settings(input).layout()).isEqualTo(Layout.NCHW);
    assertThat(input.assumed())
        .last()
        .isEqualTo(
            "The model takes four channels: those of a PNG with transparency, or of a TIFF, as they"
                + " stand in the file.");
  }

  @Test
  void scalingDoneTwiceIsSaid() throws IOException {
    Path yaml = folder.resolve("twice.yaml");
    Files.copy(TestData.require("faults/twice.yaml"), yaml);
    write("f_div.onnx", COLOUR, (g, x) -> g.div(x, 255));
    ConfiguredModel configured =
        Configuration.read(yaml, getClass().getClassLoader()).models().get(0);
    Model model = ModelLoader.standard().load(configured.request());
    assertThat(ModelInput.of(configured.preprocessing(), model).assumed())
        .containsExactly(
            "The model divides pixels by 255, so it wants 0 to 255; the configuration gives it"
                + " -2.12 to 2.64. If that scales pixels twice, say preprocessing: {preset:"
                + " none}.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "preset: none; false",
        "preset: tf; true",
        "scale: 1/255; true",
        "scale: 1; false",
        "offset: -128; true",
        "preset: caffe; true"
      })
  void onlyWhatTheModelDoesNotWantIsSaid(String said, boolean twice) throws IOException {
    Path file = write("m.onnx", COLOUR, (g, x) -> g.div(x, 255));
    assertThat(assumed(file, said).stream().anyMatch(n -> n.contains("twice"))).isEqualTo(twice);
  }

  @ParameterizedTest
  @CsvSource({"preset: tf, true", "preset: torch, true", "scale: 1/255, false"})
  void aModelOfZeroToOneIsNotGivenMore(String said, boolean twice) throws IOException {
    Path file = write("m.onnx", COLOUR, (g, x) -> g.div(g.add(x, -.45), .22));
    assertThat(assumed(file, said).stream().anyMatch(n -> n.contains("twice"))).isEqualTo(twice);
  }

  @Test
  void blueComesFirstWhereTheMeansAreInThatOrder() throws IOException {
    Path file =
        write(
            "m.onnx",
            COLOUR,
            (g, x) ->
                g.sub(
                    x,
                    g.constant(Tensor.of(new float[] {103.939f, 116.779f, 123.68f}, 1, 3, 1, 1))));
    ModelInput input = input(file);
    assertThat(settings(input).colour()).isEqualTo(ColourMode.BGR);
    assertThat(input.assumed())
        .containsExactly(
            "The model subtracts 103.9, 116.8, 123.7 from the pixels: it is given 0 to 255, blue"
                + " first, as these means are.");
    assertThat(assumed(file, "scale: 1"))
        .containsExactly("The channels are given blue first, as these means are.");
    assertThat(assumed(file, "scale: 1, color: rgb")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NominalRange_0_255, Bgr8, 0, 255, BGR",
    "normalized_0_1, Rgb8, 0, 1, RGB",
    "Normalized_1_1, Bgr8, -1, 1, BGR",
    "NominalRange_16_235, Rgb8, 0, 1, RGB"
  })
  void metadataOfWindowsWinOverTheGraph(
      String range, String format, double black, double white, ColourMode colour)
      throws IOException {
    Model model =
        described(
            Map.of("Image.NominalPixelRange", range, "Image.BitmapPixelFormat", format), COLOUR);
    Preprocessing made = settings(ModelInput.of(PreprocessingSettings.none(), model));
    assertThat(made.number(0, 0)).isEqualTo(black);
    assertThat(made.number(255, 0)).isEqualTo(white);
    assertThat(made.colour()).isEqualTo(colour);
  }

  @Test
  void aNormalizationThatTheFileStatesIsDone() throws IOException {
    Map<String, String> metadata =
        new StatedNormalization(List.of(127.), List.of(128.)).metadata("image");
    ModelInput input = ModelInput.of(PreprocessingSettings.none(), described(metadata, COLOUR));
    assertThat(settings(input).number(255, 1)).isEqualTo(1);
    assertThat(input.assumed())
        .containsExactly(
            "The file says how pixels are normalized: it is given -0.99 to 1, red first.");
  }

  @Test
  void nonsenseInMetadataIsNoStatement() throws IOException {
    for (String text : List.of("", "many", "NaN", "1,2")) {
      Map<String, String> metadata = Map.of("picasso.mean image", text, "picasso.std image", "0");
      ModelInput input = ModelInput.of(PreprocessingSettings.none(), described(metadata, COLOUR));
      assertThat(input.assumed()).singleElement().asString().startsWith("Nothing tells");
    }
  }

  @Test
  void modelsOfTeachableMachineTakeMinusOneToOne() throws IOException {
    Path file = write("m.onnx", COLOUR, (g, x) -> x);
    Files.writeString(
        folder.resolve("metadata.json"),
        "{\"tmVersion\":\"2.4.5\",\"packageName\":\"@teachablemachine/image\",\"labels\":[\"a\"]}");
    ModelInput input = input(file);
    assertThat(settings(input).number(0, 0)).isEqualTo(-1);
    assertThat(input.assumed()).singleElement().asString().contains("-1 to 1");

    Files.writeString(folder.resolve("metadata.json"), "{\"labels\":[\"a\"]}");
    assertThat(input(file).assumed()).singleElement().asString().startsWith("Nothing tells");
    Files.writeString(folder.resolve("metadata.json"), "{");
    assertThat(input(file).assumed()).singleElement().asString().startsWith("Nothing tells");
  }

  @ParameterizedTest
  @CsvSource({"2", "5", "12"})
  void otherNumbersOfChannelsAreRefusedWithARemedy(int channels) throws IOException {
    Path file = write("m.onnx", Shape.of(Shape.BATCH, channels, 8, 3), (g, x) -> x);
    Model model = ModelLoader.standard().load(ModelRequest.of(file));
    assertThat(model.input().map(InputSpec::layout)).contains(Layout.NCHW);
    assertThatThrownBy(() -> input(file))
        .hasMessageStartingWith(
            "m: the model takes " + channels + " channels; images have one, three or four.")
        .hasMessageContaining("picasso run");
  }

  private interface Steps {
    Value apply(GraphBuilder g, Value x);
  }

  private Path write(String name, Shape input, Steps steps) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("image", DataType.FLOAT, input);
    float[] weights = new float[(int) (4 * input.dim(1))];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 - 1;
    }
    Value features =
        g.conv(
            steps.apply(g, x),
            g.constant(Tensor.of(weights, 4, input.dim(1), 1, 1)),
            Optional.empty(),
            Attributes.none());
    Path file = folder.resolve(name);
    OnnxWriter.write(g.build(g.softmax(g.mean(features, false, 2, 3), 1)), file);
    return file;
  }

  /** A model with metadata, of which the graph says 0 to 255 unless they win. */
  private Model described(Map<String, String> metadata, Shape input) throws IOException {
    Steps steps =
        metadata.containsValue("NominalRange_16_235") || metadata.containsKey("picasso.std image")
            ? (g, x) -> x
            : (g, x) -> g.div(x, 255);
    Model model = ModelLoader.standard().load(ModelRequest.of(write("m.onnx", input, steps)));
    var told = model.imported();
    var imported =
        new dev.picasso.format.ImportedModel(
            told.format(), told.graph(), told.layers(), told.labels(), told.notes(), metadata);
    return new Model(
        model.id(),
        model.title(),
        model.path(),
        model.modified(),
        imported,
        model.graph(),
        model.input(),
        model.head(),
        model.scores(),
        model.classes(),
        model.layers());
  }

  private static ModelInput input(Path file) {
    Model model = ModelLoader.standard().load(ModelRequest.of(file));
    return ModelInput.of(PreprocessingSettings.none(), model);
  }

  private List<String> assumed(Path file, String said) throws IOException {
    Path yaml = folder.resolve("said.yaml");
    Files.writeString(
        yaml, "models: [{path: " + file.getFileName() + ", preprocessing: {" + said + "}}]");
    ConfiguredModel configured =
        Configuration.read(yaml, getClass().getClassLoader()).models().get(0);
    Model model = ModelLoader.standard().load(configured.request());
    return ModelInput.of(configured.preprocessing(), model).assumed();
  }

  private static Preprocessing settings(ModelInput input) {
    return ((Preprocessor) input.preprocessor()).settings();
  }
}
