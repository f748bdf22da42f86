package dev.picasso.format.onnx;

import static dev.picasso.format.onnx.Models.attribute;
import static dev.picasso.format.onnx.Models.node;
import static dev.picasso.format.onnx.Models.tensor;
import static dev.picasso.format.onnx.Models.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.gradient.Differentiator;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with something out of the ordinary in them: what is read, and what is said of it. */
class WholeFilesTest {
  @TempDir Path folder;

  private static ImportedModel read(Path file) {
    return new OnnxFormat(new OneOff()).read(file, ImportOptions.none());
  }

  private static Tensor output(Graph graph, Tensor x) {
    String name = graph.inputs().get(0).name();
    return Objects.requireNonNull(
        BareRuntime.evaluate(graph, Map.of(name, x)).get(graph.outputs().get(0)));
  }

  @ParameterizedTest
  @CsvSource({"qdq, 3e-4", "reverse_sequence, 2e-3", "image_scaler, .5", "shared_weight, 1e-2"})
  void theGradientOfAFileAgreesWithDifferences(String name, double step) {
    Graph graph = read(TestData.require("faults/" + name + ".onnx")).graph();
    Value x = graph.inputs().get(0);
    Random random = new Random(3);
    Tensor at = drawn(random, x.shape().withBatch(2), .05f, .9f);
    Tensor direction = drawn(random, at.shape(), -1, 1);
    Tensor weights = drawn(random, output(graph, at).shape(), -1, 1);
    GraphBuilder g = GraphBuilder.from(graph);
    Value y = graph.value(graph.outputs().get(0));
    Value seed = g.input("seed", DataType.FLOAT, y.shape());
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph, y.name(), seed, List.of(x.name()))
            .get(0);
    Tensor gradient =
        Objects.requireNonNull(
            BareRuntime.evaluate(g.build(dx), Map.of(x.name(), at, "seed", weights))
                .get(dx.name()));
    double ahead = dot(output(graph, moved(at, direction, step)), weights);
    double behind = dot(output(graph, moved(at, direction, -step)), weights);
    double expected = (ahead - behind) / (2 * step);
    assertThat(expected).isNotCloseTo(0, offset(1e-6));
    assertThat(dot(gradient, direction)).isCloseTo(expected, offset(.02 * Math.abs(expected)));
  }

  @Test
  void theFileWithRandomNumbersIsToldToHaveThem() {
    assertThat(read(TestData.require("faults/rnd.onnx")).notes())
        .contains(
            "The model draws random numbers while it runs (RandomNormalLike): its results differ"
                + " from run to run.");
  }

  @ParameterizedTest
  @CsvSource({
    "RandomNormalLike, x",
    "RandomUniformLike, x",
    "Bernoulli, p",
    "Multinomial, x",
    "RandomNormal, ''",
    "RandomUniform, ''"
  })
  void randomNumbersInAGraphAreTold(String op, String input) {
    var drawing = node(op, input, "r");
    if (input.isEmpty()) {
      drawing.addAttribute(attribute("shape", new long[] {1, 3}));
    }
    ModelProto.Builder model =
        Models.model(
            15,
            GraphProto.newBuilder()
                .addNode(node("Sigmoid", "x", "p"))
                .addNode(drawing)
                .addNode(node("Cast", "r", "c").addAttribute(attribute("to", 1)))
                .addNode(node("Add", "x,c", "y"))
                .addInput(value("x", DataType.FLOAT, -1, 3))
                .addOutput(Models.output("y")));
    assertThat(read(Models.write(folder, model)).notes())
        .contains(
            "The model draws random numbers while it runs ("
                + op
                + "): its results differ from run to run.");
  }

  /** What nothing reads is not said. */
  @Test
  void randomNumbersOfTrainingAloneAreNotTold() {
    ModelProto.Builder model =
        Models.model(
            15,
            GraphProto.newBuilder()
                .addNode(node("RandomNormalLike", "x", "r"))
                .addNode(node("Relu", "x", "y"))
                .addInput(value("x", DataType.FLOAT, -1, 3))
                .addOutput(Models.output("y")));
    assertThat(read(Models.write(folder, model)).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weights.bin", "my weights (1) [v2].bin", "gewichte_äöü_重み.bin", "a/b c/#%20.bin"})
  void weightsLieBesideTheModelUnderAnyName(String location) throws IOException {
    Path data = folder.resolve(location);
    Files.createDirectories(Objects.requireNonNull(data.getParent()));
    Tensor w = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    byte[] bytes = new byte[24];
    w.bytes().get(bytes);
    Files.write(data, bytes);
    TensorProto.Builder weight =
        TensorProto.newBuilder()
            .setName("w")
            .addDims(3)
            .addDims(2)
            .setDataType(DataType.FLOAT.onnxCode())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    weight.addExternalDataBuilder().setKey("location").setValue(location);
    ModelProto.Builder model =
        Models.model(
            15,
            GraphProto.newBuilder()
                .addNode(node("MatMul", "x,w", "y"))
                .addInitializer(weight)
                .addInput(value("x", DataType.FLOAT, -1, 3))
                .addOutput(Models.output("y")));
    assertThat(
            output(
                    read(Models.write(folder, model)).graph(),
                    Tensor.of(new float[] {1, 0, 1}, 1, 3))
                .floats())
        .containsExactly(6, 8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT16", "BFLOAT16", "DOUBLE"})
  void weightsOfOtherWidthsAreReadAsThoseOf32Bits(String type) {
    DataType narrow = DataType.valueOf(type);
    Tensor kernels = Tensor.of(new float[] {.5f, -1, 2, .25f}, 1, 1, 2, 2).as(narrow);
    ModelProto.Builder model =
        Models.model(
            15,
            GraphProto.newBuilder()
                .addNode(node("Cast", "x", "c").addAttribute(attribute("to", narrow.onnxCode())))
                .addNode(node("Conv", "c,w", "v"))
                .addNode(node("Cast", "v", "y").addAttribute(attribute("to", 1)))
                .addInitializer(tensor("w", kernels))
                .addInput(value("x", DataType.FLOAT, -1, 1, 2, 2))
                .addOutput(Models.output("y")));
    ImportedModel read = read(Models.write(folder, model));
    assertThat(output(read.graph(), Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2)).floats())
        .containsExactly(.5f - 2 + 6 + 1);
    assertThat(read.layers().stream().mapToLong(l -> l.parameters()).sum()).isEqualTo(4);
  }

  private static Tensor drawn(Random random, Shape shape, float low, float high) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * random.nextFloat();
    }
    return Tensor.of(values, shape.dims());
  }

  private static Tensor moved(Tensor x, Tensor direction, double step) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction.floats()[i]);
    }
    return Tensor.of(values, x.shape().dims());
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.floats()[i] * b.floats()[i];
    }
    return sum;
  }
}
