package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OtherCommandsTest {
  @TempDir Path folder;

  static Stream<String> commands() {
    return Picasso.commandLine().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(String command) {
    Terminal help = Terminal.run(command, "--help");
    assertThat(help.code()).isZero();
    CommandLine.Model.CommandSpec spec =
        Picasso.commandLine().getSubcommands().get(command).getCommandSpec();
    assertThat(help.out()).contains("Usage: picasso " + spec.name());
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.args()).allSatisfy(a -> assertThat(a.description()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "explain", "what-if", "visualizations"})
  void aCommandIsReadWithoutTheOthers(String command) {
    Set<String> all = Picasso.commandLine().getSubcommands().keySet();
    assertThat(Picasso.commandLine(command, "--help").getSubcommands())
        .containsKey(command)
        .hasSizeLessThan(3); // a command may have another name as well
    assertThat(Picasso.commandLine("help").getSubcommands().keySet()).isEqualTo(all);
  }

  static Stream<CommandLine> explained() {
    CommandLine all = Picasso.commandLine();
    return Stream.concat(
        Stream.of(all),
        all.getSubcommands().values().stream().filter(c -> !c.getCommandName().equals("help")));
  }

  /** What a newcomer copies from the help. */
  @ParameterizedTest
  @MethodSource("explained")
  void everyCommandHasAnExampleThatFitsALineAndIsUnderstood(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    Pattern example = Pattern.compile("[^:]+: +(picasso.*)");
    List<String> examples =
        Stream.of(command.getCommandSpec().usageMessage().footer())
            .map(example::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1))
            .toList();
    assertThat(examples).anyMatch(e -> (e + " ").startsWith(name + " "));
    for (String one : examples) {
      assertThat(command.getUsageMessage().lines()).anyMatch(line -> line.endsWith(one));
      String[] words = one.replace("'", "").split(" ", -1);
      Picasso.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  @Test
  void methodsAreListedWhereOneIsPickedAndByTheirOwnName() {
    String list = Terminal.run("visualizations").out();
    assertThat(Terminal.run("methods").out()).isEqualTo(list);
    Terminal bare = Terminal.run("explain", "--method", "list");
    assertThat(bare.out()).isEqualTo(list);
    assertThat(bare.code()).isZero();
    assertThat(Terminal.run("explain", "a.h5", "b.png", "-m", "list").out()).isEqualTo(list);
  }

  @Test
  void visualizationsAreListedAndDescribed() {
    assertThat(Terminal.run("visualizations").out())
        .contains("class-probabilities  ", "partial-occlusion    ", "saliency             ");
    assertThat(Terminal.run("visualizations", "partial-occlusion").out())
        .startsWith("Partial occlusion (partial-occlusion)\n")
        .contains("https://arxiv.org/abs/1311.2901")
        .contains("--window    Window. Side of the hidden window")
        .contains("from 0.01 to 0.9, such as 0.5,")
        .contains("Default: 0.2.");
    assertThat(Terminal.run("visualizations", "class-probabilities").out())
        .contains("There is nothing to set.");
    Terminal unknown = Terminal.run("visualizations", "x-rays");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .startsWith("There is no visualization x-rays; there are class-")
        .contains(", grad-cam, ");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | squeezed to 10x12 (height x width), bilinear, rgb; x = s/255, s from 0 to 255",
        "preset: tf | squeezed to 10x12 (height x width), bilinear, rgb; x = s/127.5 - 1, s from 0"
            + " to 255",
        "'preset: caffe, filter: area' | squeezed to 10x12 (height x width), area, bgr; x = s -"
            + " [103.939, 116.779, 123.68], s from 0 to 255",
        "'preset: torch, crop: center' | middle cut and resized to 10x12 (height x width),"
            + " bilinear, rgb; x = (s/255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225], s from"
            + " 0 to 255",
        "'pad: 9, scale: -1/255, offset: 1' | fitted with margins of grey 9 into 10x12 (height x"
            + " width), bilinear, rgb; x = -s/255 + 1, s from 0 to 255",
        "'resize: 14, crop: center, antialias: false, scale: 2' | shorter side to 14, middle cut to"
            + " 10x12 (height x width), bilinear without antialias, rgb; x = 2*s, s from 0 to 255",
      })
  void inspectTellsHowImagesGetIn(String preprocessing, String words) throws IOException {
    TestModel.COLOUR.write(folder);
    Files.writeString(
        folder.resolve("picasso.yaml"),
        "models: [{path: colour.onnx, labels: [a, b, c, d], preprocessing: {"
            + preprocessing
            + "}}]");
    Terminal done = Terminal.run("inspect", folder);
    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .contains("images  " + words + "\n")
        .contains("classes 4 (a, b, c, d), final activation softmax");
    assertThat(done.out().contains("note: Nothing tells the range"))
        .isEqualTo(preprocessing.isEmpty());
  }

  @Test
  void inspectTellsWhatTheNumbersOfAnOutputAre() throws IOException {
    Path model = folder.resolve("map.onnx");
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(Shape.BATCH, 3, 6, 8));
    Value kernel = g.constant(Tensor.of(new float[15], 5, 3, 1, 1));
    Value map = g.conv(x, kernel, Optional.empty(), Attributes.none());
    OnnxWriter.write(g.build(g.named(g.transpose(map, 0, 2, 3, 1), "y")), model);
    assertThat(Terminal.run("inspect", model).out())
        .contains("classes 5 at each of 6×8 positions, final activation none\n")
        .contains("note: The output has 5 classes at each of 6×8 positions: a class's score is");
    assertThat(Terminal.run("inspect", model, "--target-output", "y[..., 1:3]").out())
        .contains("classes 2 at each of 6×8 positions")
        .contains("note: The classes are y[..., 1:3], as chosen.");
    Terminal wrong = Terminal.run("inspect", model, "--target-output", "y[..., 1:3:-1]");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("y[..., 1:3:-1] is no slice; write it as in y[:, 4:]");
  }

  @Test
  void inspectShowsWherePositionsAreAndWhichLayerIsLookedAt() throws IOException {
    Path model = TestModel.COLOUR.write(folder);
    assertThat(Terminal.run("inspect", model).out())
        .containsPattern("\nlayer +kind +output +positions +parameters\n")
        .containsPattern("\nRelu +Relu +\\[N, \\d+, 10, 12] +10x12 \\* +0\n")
        .containsPattern("\nMatMul +MatMul +\\[N, 4] +[\\d,]+\n")
        .contains("\n* the layer that class activation maps show unless another is named\n");
  }

  /** Behind the layer is a product without a bias: the score is Σ activation · gradient. */
  @Test
  void gradientsAreTakenByALayerToo() throws IOException {
    Path model = TestModel.COLOUR.write(folder);
    Path x = folder.resolve("x.npy");
    float[] pixels = new float[2 * 360];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 31 % 17) / 17f;
    }
    NpyFile.write(x, Tensor.of(pixels, 2, 3, 10, 12));
    Tensor activations = result("run", model, x, "--value", "Relu");
    Tensor scores = result("run", model, x, "--value", "MatMul");
    Tensor gradients = result("gradient", model, x, "--class", 1, "--by", "Relu");
    assertThat(gradients.shape()).isEqualTo(activations.shape());
    float[] a = activations.floats();
    float[] g = gradients.floats();
    for (int n = 0; n < 2; n++) {
      double sum = 0;
      for (int i = n * a.length / 2; i < (n + 1) * a.length / 2; i++) {
        sum += a[i] * g[i];
      }
      assertThat(sum).isCloseTo(scores.floats()[n * 4 + 1], within(1e-4));
    }
    Path y = folder.resolve("y.npy");
    Terminal wrong =
        Terminal.run("gradient", model, "--input", x, "--class", 1, "--by", "Relo", "--output", y);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .startsWith("colour.onnx: has no layer Relo. Did you mean Relu? Its layers are ");
  }

  private Tensor result(String command, Path model, Path x, Object... more) {
    Path file = folder.resolve("result.npy");
    List<Object> words = new ArrayList<>(List.of(command, model, "--input", x, "--output", file));
    words.addAll(List.of(more));
    assertThat(Terminal.run(words.toArray()).err()).isEmpty();
    return NpyFile.read(file);
  }

  /** Of a Keras file, whose input has four axes. */
  @Test
  void anAxisOfLengthOneMayBeMissing() throws IOException {
    Path model = Files.write(folder.resolve("cnn.h5"), BadInputTest.resource("net_cnn.h5"));
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    NpyFile.write(x, Tensor.of(new float[200], 2, 10, 10));
    assertThat(Terminal.run("run", model, "--input", x, "--output", y).err()).isEmpty();
    Path g = folder.resolve("g.npy");
    assertThat(Terminal.run("gradient", model, "--input", x, "--class", 0, "--output", g).err())
        .isEmpty();
    assertThat(NpyFile.read(g).shape().dims()).containsExactly(2, 10, 10);
    NpyFile.write(x, Tensor.of(new float[220], 2, 10, 11));
    Terminal wrong = Terminal.run("run", model, "--input", x, "--output", y);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("[N, 10, 10, 1]").contains("[2, 10, 11]");
  }

  @Test
  void arraysGoThroughTheModelOfAConfiguration() throws IOException {
    TestModel.COLOUR.write(folder);
    Files.writeString(folder.resolve("picasso.yaml"), "models: [{path: colour.onnx}]");
    NpyFile.write(folder.resolve("x.npy"), Tensor.of(new float[2 * 360], 2, 3, 10, 12));
    Terminal done =
        Terminal.run(
            "run", folder, "--input", folder.resolve("x.npy"), "--output", folder.resolve("y.npy"));
    assertThat(done.err()).isEmpty();
    assertThat(NpyFile.read(folder.resolve("y.npy")).shape().dims()).containsExactly(2, 4);
  }
}
