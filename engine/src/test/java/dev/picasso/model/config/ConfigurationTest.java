package dev.picasso.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.LambdaMeaning;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.image.ColourMode;
import dev.picasso.image.Layout;
import dev.picasso.image.Preset;
import dev.picasso.image.ResizeFilter;
import dev.picasso.model.config.PreprocessingSettings.Crop;
import dev.picasso.model.config.PreprocessingSettings.Resize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationTest {
  /** Named in a configuration below. */
  public static final class Twice implements LambdaMeaning.Function {
    @Override
    public Value emit(GraphBuilder g, Value x) {
      return g.mul(x, 2);
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("m.h5"), "");
    Files.writeString(folder.resolve("w.h5"), "");
    Files.createDirectory(folder.resolve("samples"));
    Files.createDirectory(folder.resolve("nothing"));
    for (String image : List.of("b.png", "a.JPG", "readme.txt", ".hidden.png")) {
      Files.writeString(folder.resolve("samples").resolve(image), "");
    }
  }

  private Configuration read(String yaml) throws IOException {
    Path file = folder.resolve("picasso.yaml");
    Files.writeString(file, yaml);
    return Configuration.read(file, ConfigurationTest.class.getClassLoader());
  }

  private PreprocessingSettings preprocessing(String yaml) throws IOException {
    return read("models: [{path: m.h5, preprocessing: {" + yaml + "}}]")
        .models()
        .get(0)
        .preprocessing();
  }

  @Test
  void everyKeyOfAModelIsRead() throws IOException {
    ConfiguredModel model =
        read("""
        models:
          - id: tanks
            title: Tanks, always overcast
            path: m.h5
            format: keras
            weights: w.h5
            kernels: theano
            lambdas:
              first: identity
              second: {scale: 1/2, offset: -1}
              third: dev.picasso.model.config.ConfigurationTest$Twice
            input: {name: x, shape: [160, 160, 3]}
            output: [probability, features]
            labels: [tank, no tank]
            top: 2
            images: samples
        """)
            .model(Optional.of("tanks"));
    assertThat(model.request().title()).isEqualTo("Tanks, always overcast");
    assertThat(model.request().path()).isEqualTo(folder.resolve("m.h5"));
    assertThat(model.request().format()).contains("keras");
    assertThat(model.request().labels()).containsExactly("tank", "no tank");
    assertThat(model.top()).isEqualTo(2);
    assertThat(model.images())
        .containsExactly(folder.resolve("samples/a.JPG"), folder.resolve("samples/b.png"));
    var options = model.request().options();
    assertThat(options.weights()).contains(folder.resolve("w.h5"));
    assertThat(options.theanoKernels()).isTrue();
    assertThat(options.inputs()).containsExactly("x");
    assertThat(options.inputShapes()).containsEntry("x", Shape.of(Shape.BATCH, 160, 160, 3));
    assertThat(options.outputs()).containsExactly("probability", "features");
    assertThat(options.lambdas())
        .containsEntry("first", new LambdaMeaning.Identity())
        .containsEntry("second", new LambdaMeaning.Affine(.5, -1));
    assertThat(options.lambdas().get("third"))
        .isInstanceOfSatisfying(
            LambdaMeaning.Custom.class, c -> assertThat(c.function()).isInstanceOf(Twice.class));
  }

  @Test
  void aPartOfAnOutputIsCheckedWhereItStands() throws IOException {
    assertThat(
            read("models: [{path: m.h5, output: 'y[:, 4:]'}]")
                .models()
                .get(0)
                .request()
                .options()
                .outputs())
        .containsExactly("y[:, 4:]");
    assertThatThrownBy(() -> read("models: [{path: m.h5, output: 'y[:, 4:2:1:1]'}]"))
        .hasMessage(
            "picasso.yaml, line 1: output is y[:, 4:2:1:1]; write a part of an output as in y[:,"
                + " 4:], y[..., 5:] or y[:, :, 0].");
  }

  @Test
  void aPathIsEnough() throws IOException {
    ConfiguredModel model = read("models: [{path: m.h5}]").model(Optional.empty());
    assertThat(model)
        .isEqualTo(
            new ConfiguredModel(
                model.request(), PreprocessingSettings.none(), ConfiguredModel.TOP, List.of()));
    assertThat(model.request())
        .usingRecursiveComparison()
        .ignoringFields("title")
        .isEqualTo(dev.picasso.model.ModelRequest.of(folder.resolve("m.h5")));
  }

  @Test
  void everyKeyOfThePreprocessingIsRead() throws IOException {
    PreprocessingSettings read =
        preprocessing(
            "preset: caffe, color: bgr, layout: NCHW, resize: 160x120, filter: bicubic,"
                + " antialias: false, scale: 1/255, offset: -0.5, mean: [1, 2, 3], std: 2,"
                + " assumed: true");
    assertThat(read)
        .isEqualTo(
            new PreprocessingSettings(
                Optional.empty(),
                Optional.of(Preset.CAFFE),
                Optional.of(ColourMode.BGR),
                Optional.of(Layout.NCHW),
                new Resize.To(160, 120),
                new Crop.None(),
                Optional.empty(),
                Optional.of(ResizeFilter.BICUBIC),
                Optional.of(false),
                Optional.of(1 / 255.),
                Optional.of(-.5),
                List.of(1., 2., 3.),
                List.of(2.),
                true));
  }

  @Test
  void cropsAndMarginsAreRead() throws IOException {
    assertThat(preprocessing("resize: 256, crop: 224 x 200"))
        .extracting(PreprocessingSettings::resize, PreprocessingSettings::crop)
        .containsExactly(new Resize.ShorterSide(256), new Crop.To(224, 200));
    assertThat(preprocessing("crop: center").crop()).isEqualTo(new Crop.Center());
    assertThat(preprocessing("pad: 128").margin()).contains(128);
    assertThat(preprocessing("layout: auto").layout()).isEmpty();
  }

  @Test
  void serverSettingsAreRead() throws IOException {
    assertThat(
            read("""
            server:
              host: 0.0.0.0
              port: 8080
              max-upload: 1.5 MB
              max-pixels: 100 million
              session-timeout: 30 min
              pull: true
              run-timeout: 90 s
              session-disk: 500 MB
              disk: 2 GB
              data: kept
              runs-age: 30 d
              runs-disk: 5 GB
            """)
                .server())
        .isEqualTo(
            new ServerSettings(
                "0.0.0.0",
                8080,
                3 << 19,
                100_000_000,
                Duration.ofMinutes(30),
                Optional.of(true),
                new ServerSettings.Bounds(Duration.ofSeconds(90), 500L << 20, 2L << 30),
                new ServerSettings.Keeping(
                    Optional.of(folder.resolve("kept")), Duration.ofDays(30), 5L << 30),
                Sharing.defaults()));
    assertThat(read("models: []").server()).isEqualTo(ServerSettings.defaults());
  }

  @Test
  void aModelMayBeDescribedOnceForSeveral() throws IOException {
    Configuration read =
        read(
            """
            models:
              - id: a
                path: m.h5
                preprocessing: &shared {scale: 1/255}
              - id: b
                path: m.h5
                preprocessing: *shared
            """);
    assertThat(read.model(Optional.of("b")).preprocessing().scale()).contains(1 / 255.);
    assertThatThrownBy(() -> read.model(Optional.empty()))
        .hasMessage("picasso.yaml: has several models; add --id a or --id b.");
    assertThatThrownBy(() -> read.model(Optional.of("zebra")))
        .hasMessage("picasso.yaml: has no model zebra; there are a, b.");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "labels.txt | tank\\nno tank\\n | tank;no tank",
        "labels.txt | 0 tank\\n1 no tank | tank;no tank",
        "labels.txt | 3 tanks\\n1 tank | 3 tanks;1 tank",
        "labels.json | [\"a\", \"b\"] | a;b",
        "labels.json | {\"1\": [\"n2\", \"b\"], \"0\": [\"n1\", \"a\"]} | a;b",
        "classes.json | {\"b\": 1, \"a\": 0} | a;b",
        "metadata.json | {\"tfjsVersion\": \"1.3\", \"labels\": [\"a\", \"b\"]} | a;b",
        "config.json | {\"id2label\": {\"0\": \"a\", \"1\": \"b\"}} | a;b",
        "synsets.txt | n01440764 tench, Tinca tinca\\n"
            + "n01443537 goldfish | tench, Tinca tinca;goldfish",
      })
  void labelsComeFromAFile(String name, String content, String expected) throws IOException {
    Files.writeString(folder.resolve(name), content.replace("\\n", "\n"));
    assertThat(
            read("models: [{path: m.h5, labels: " + name + "}]").models().get(0).request().labels())
        .containsExactly(expected.split(";"));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("modles: []", "line 1: unknown key 'modles'; did you mean 'models'?"),
        wrong(
            "models: [{path: m.h5}]\nx: 1",
            "line 2: unknown key 'x'; there are device, models, server."),
        wrong(
            "models: []\ndevice: gpu",
            "line 2: device is gpu; it must be cpu, cuda, or cuda:1 for the second graphics card."),
        wrong("[1]", "line 1: the file is a list; it must be a group of keys."),
        wrong(
            "models: m.h5",
            "line 1: models is m.h5; it must be a list of groups with the keys"
                + " path, title, labels and so on.",
            "line 1: 'path' is missing."),
        wrong("models:\n  - title: T", "line 2: 'path' is missing."),
        wrong(
            "models:\n  - path: other.h5",
            "line 2: path is other.h5; there is no such file in {folder}."),
        wrong("models:\n  - path: \"a\\0\"", "line 2: path is a\0; it must be a path."),
        wrong("models:\n  - path: [m.h5]", "line 2: path is a list; it must be a path."),
        model("lable: x", "unknown key 'lable'; did you mean 'labels'?"),
        model("path: m.h5", "key 'path' stands here a second time."),
        model(
            "id: a b",
            "id is a b; it must be made of letters, digits, '.', '-' and '_', at most 64."),
        model("title:", "title is empty; it must be a text."),
        model("top: 0", "top is 0; it must be a whole number between 1 and 1000."),
        model("top: 2.5", "top is 2.5; it must be a whole number between 1 and 1000."),
        model("kernels: caffe", "kernels is caffe; it must be one of tensorflow, theano."),
        model("labels: l.txt", "labels is l.txt; there is no such file in {folder}."),
        model("labels: m.h5", "labels is m.h5; that file holds no labels."),
        model("labels: samples", "labels is samples; that is no file of labels."),
        model("images: nothing", "images is nothing; that folder holds no images."),
        model("images: [m.h5, x.png]", "images is x.png; there is no such file in {folder}."),
        model(
            "input: {shape: [0, 3]}",
            "shape is 0; it must be a whole number between 1 and 1048576."),
        model("input: {size: 3}", "unknown key 'size'; there are name, shape."),
        model("lambdas: {a: {scal: 3}}", "unknown key 'scal'; did you mean 'scale'?"),
        model(
            "lambdas: {a: no.Such}",
            "a is no.Such; there is no such class; its Java file or jar belongs into the folder"
                + " plugins."),
        model(
            "lambdas: {a: java.lang.String}",
            "a is java.lang.String; that class does not implement"
                + " dev.picasso.format.LambdaMeaning.Function."),
        model("lambdas: identity", "lambdas is identity; it must be a group of keys."),
        model(
            "preprocessing: {color: cmyk}",
            "color is cmyk; it must be one of bgr, bgra, gray, rgb, rgba."),
        model("preprocessing: {colour: rgb}", "unknown key 'colour'; did you mean 'color'?"),
        model(
            "preprocessing: {preset: vgg}",
            "preset is vgg; it must be one of caffe, none, tf, torch."),
        model(
            "preprocessing: {scale: 1/0}",
            "scale is 1/0; it must be a number or a fraction such as 1/255, not zero."),
        model(
            "preprocessing: {offset: NaN}",
            "offset is NaN; it must be a number or a fraction such as 1/255."),
        model(
            "preprocessing: {mean: [1, 2]}",
            "mean is a list; it must be one number, or a list of one for each of three or four"
                + " channels."),
        model(
            "preprocessing: {std: [1, 0, 2]}",
            "std is 0; it must be a number or a fraction such as 1/255, not zero."),
        model(
            "preprocessing: {resize: 224}",
            "preprocessing: resize with one number is what the shorter side becomes; add crop:"
                + " center, or write the size as HEIGHTxWIDTH."),
        model(
            "preprocessing: {resize: 60000x60000}",
            "resize is 60000x60000; it must be a size HEIGHTxWIDTH such as 224x224, sides between 1"
                + " and 16384, or one number for the shorter side."),
        model(
            "preprocessing: {resize: 8x8, crop: center}",
            "preprocessing: resize before a crop is one number, what the shorter side becomes, as"
                + " in resize: 256."),
        model(
            "preprocessing: {crop: left}",
            "crop is left; it must be none, center, or a size HEIGHTxWIDTH such as 224x224, sides"
                + " between 1 and 16384."),
        model(
            "preprocessing: {crop: center, pad: 0}",
            "preprocessing: an image is either cropped or padded; leave out crop or pad."),
        model(
            "preprocessing: {antialias: maybe}",
            "antialias is maybe; it must be one of false, true."),
        wrong(
            "server: {port: 99999}",
            "line 1: port is 99999; it must be a whole number between 0 and 65535."),
        wrong(
            "server: {max-models: -1}",
            "line 1: max-models is -1; it must be a whole number between 0 and 1000000."),
        wrong(
            "server: {max-upload: much}",
            "line 1: max-upload is much; it must be a size such as 25 MB."),
        wrong(
            "server: {session-timeout: 0 s}",
            "line 1: session-timeout is 0 s; it must be a time such as 7 d or 30 min."),
        wrong(
            "server: {pull: maybe}", "line 1: pull is maybe; it must be one of auto, false, true."),
        model(
            "format: onx",
            "format is onx; it must be one of auto, keras, onnx, tensorflow, tflite."),
        wrong(
            "server: {session-disk: 4}",
            "line 1: session-disk is 4; it must be a size such as 4 GB."),
        wrong(
            "server: {max-pixels: 50}",
            "line 1: max-pixels is 50; it must be a number such as 50 million."),
        wrong(
            "server: {names: [a.org, 'http://b.org']}",
            "line 1: names is http://b.org; it must be the name of a host, such as"
                + " picasso.example.org."),
        wrong(
            "server: {max-pixels: -1}",
            "line 1: max-pixels is -1; it must be a number such as 50 million."),
        wrong("models:\n  - path: a: b", "line 2: mapping values are not allowed here."),
        wrong("? [a]\n: b", "line 1: a key must be a text."),
        wrong(
            "models: [{path: m.h5, id: a}, {path: m.h5, id: a}]",
            "line 1: id a stands here a second time."));
  }

  private static Arguments model(String line, String message) {
    return wrong("models:\n  - path: m.h5\n    " + line, "line 3: " + message);
  }

  private static Arguments wrong(String yaml, String... messages) {
    return Arguments.of(yaml, List.of(messages));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void aMistakeIsNamedWithItsLine(String yaml, List<String> messages) {
    String[] lines =
        messages.stream()
            .map(m -> "picasso.yaml, " + m.replace("{folder}", folder.toString()))
            .toArray(String[]::new);
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(String.join("\n", lines));
  }

  @Test
  void allMistakesAreNamedAtOnceInTheOrderOfLines() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    server:
                      port: x
                    models:
                      - path: m.h5
                        lable: [a]
                        top: many
                    """))
        .hasMessage(
            """
            picasso.yaml, line 2: port is x; it must be a whole number between 0 and 65535.
            picasso.yaml, line 5: unknown key 'lable'; did you mean 'labels'?
            picasso.yaml, line 6: top is many; it must be a whole number between 1 and 1000.\
            """);
  }

  @Test
  void whatIsNoConfigurationIsRefused() throws IOException {
    assertThatThrownBy(() -> read("")).hasMessage("picasso.yaml: is empty; it needs 'models:'.");
    assertThatThrownBy(() -> read("a".repeat(1 << 21))).hasMessageContaining("larger than 1 MB");
    assertThatThrownBy(() -> read("[".repeat(1000))).hasMessageContaining("picasso.yaml");
    assertThatThrownBy(() -> read("x: !!javax.script.ScriptEngineManager []"))
        .hasMessage(
            "picasso.yaml, line 1: Global tag is not allowed:"
                + " tag:yaml.org,2002:javax.script.ScriptEngineManager.");
    assertThatThrownBy(
            () -> Configuration.read(folder.resolve("no.yaml"), getClass().getClassLoader()))
        .hasMessageContaining("there is no such file");
    Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 1, 2, (byte) 0xff});
    assertThatThrownBy(
            () -> Configuration.read(folder.resolve("b.yaml"), getClass().getClassLoader()))
        .hasMessage("b.yaml: is no text in UTF-8.");
  }

  @Test
  void aFolderWithAConfigurationIsFound() throws IOException {
    assertThat(Configuration.fileAt(folder)).isEmpty();
    read("models: []");
    assertThat(Configuration.fileAt(folder)).contains(folder.resolve("picasso.yaml"));
    assertThat(Configuration.fileAt(folder.resolve("other.yml"))).isPresent();
    assertThat(Configuration.fileAt(folder.resolve("m.h5"))).isEmpty();
  }
}
