package dev.picasso.format.onnx;

import static dev.picasso.format.onnx.Models.attribute;
import static dev.picasso.format.onnx.Models.node;
import static dev.picasso.format.onnx.Models.output;
import static dev.picasso.format.onnx.Models.tensor;
import static dev.picasso.format.onnx.Models.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.gradient.Backpropagation;
import dev.picasso.gradient.DifferentiationException;
import dev.picasso.gradient.Differentiator;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of single quantized operators. */
class QuantizedGraphsTest {
  @TempDir Path folder;

  /** x to bytes of 0 to 255 times that scale, and back. */
  private static GraphProto.Builder thereAndBack(double scale, int zeroPoint) {
    return GraphProto.newBuilder()
        .addNode(node("QuantizeLinear", "x,s,z", "q"))
        .addNode(node("DequantizeLinear", "q,s,z", "y"))
        .addInitializer(tensor("s", Tensor.scalar((float) scale)))
        .addInitializer(tensor("z", Tensor.scalar((long) zeroPoint).as(DataType.UINT8)))
        .addInput(value("x", DataType.FLOAT, -1, 3))
        .addOutput(output("y"));
  }

  private ImportedModel read(int opset, GraphProto.Builder graph) {
    return new OnnxFormat(new OneOff())
        .read(Models.write(folder, Models.model(opset, graph)), ImportOptions.none());
  }

  private static float[] run(Graph graph, Tensor x) {
    return Objects.requireNonNull(
            BareRuntime.evaluate(graph, Map.of("x", x)).get(graph.outputs().get(0)))
        .floats();
  }

  private static float[] gradient(RuleSet rules, Graph graph, Tensor x) {
    GraphBuilder g = GraphBuilder.from(graph);
    Value y = graph.value(graph.outputs().get(0));
    Value seed = g.add(g.mul(g.lookUp(y.name()), 0), 1);
    Value dx = new Differentiator(rules).gradients(g, graph, y.name(), seed, List.of("x")).get(0);
    return run(g.build(dx), x);
  }

  private static Tensor row(float... values) {
    return Tensor.of(values, 1, values.length);
  }

  @Test
  void aPairBoundsItsNumbersAndDoesNotRoundThem() {
    Graph graph =
        read(
                13,
                thereAndBack(.01, 0)
                    .setNode(0, node("QuantizeLinear", "r,s,z", "q"))
                    .addNode(0, node("Exp", "x", "e"))
                    .addNode(1, node("Neg", "e", "r")))
            .graph();
    assertThat(graph.nodes()).extracting(Node::op).doesNotContain("QuantizeLinear");
    assertThat(run(graph, row(-1, 0, 2))).containsExactly(0, 0, 0);
  }

  /** Where the least integer stands for zero, the pair is the rectifier that was merged into it. */
  @Test
  void aRectifierInTheRangeOfTheIntegersIsOneForGuidedBackpropagationToo() {
    GraphProto.Builder file =
        thereAndBack(.0234, 0)
            .addInitializer(tensor("w", Tensor.of(new float[] {1, 2, 3, -1, 1, 1, 1, 0, 0}, 3, 3)))
            .addInitializer(tensor("v", Tensor.of(new float[] {1, -1, 1}, 3, 1)))
            .setNode(0, node("MatMul", "x,w", "m"))
            .setNode(1, node("QuantizeLinear", "m,s,z", "q"))
            .addNode(node("DequantizeLinear", "q,s,z", "d"))
            .addNode(node("MatMul", "d,v", "y"));
    Graph graph = read(13, file).graph();
    Tensor x = row(1, 2, .5f); // m = −.5, 4, 5
    assertThat(run(graph, x)).containsExactly(new float[] {1}, Offset.offset(1e-5f));
    assertThat(gradient(RuleSet.plain(), graph, x)).containsExactly(3 - 2, 1 - 1, 0);
    assertThat(gradient(Backpropagation.GUIDED.rules(graph), graph, x)).containsExactly(3, 1, 0);
  }

  @Test
  void blackAndWhitePixelsHaveAGradientThoughTheyLieOnTheBounds() {
    Graph graph = read(13, thereAndBack(1 / 255., 0)).graph();
    assertThat(gradient(RuleSet.plain(), graph, row(0, 1, .5f))).containsExactly(1, 1, 1);
    assertThat(gradient(RuleSet.plain(), graph, row(-1, 2, .5f))).containsExactly(0, 0, 1);
    assertThat(run(graph, row(-1, 2, .5f)))
        .containsExactly(new float[] {0, 1, .5f}, Offset.offset(1e-6f));
  }

  @Test
  void anOutputOfIntegersIsGivenAsRealNumbersAndSaid() {
    GraphProto.Builder file = thereAndBack(.5, 100).clearOutput().addOutput(output("q"));
    ImportedModel model = read(13, file);
    assertThat(model.graph().value("q").type()).isEqualTo(DataType.FLOAT);
    assertThat(run(model.graph(), row(1, 2, 3.25f))).containsExactly(1, 2, 3.25f);
    assertThat(model.notes())
        .contains(
            "The model is quantized: what it computes is not rounded to integers.",
            "The output q is given as real numbers, not as integers.");
  }

  /** What the operator sees are integers, as in the file; no rule follows it. */
  @Test
  void anOperatorThatNeedsIntegersGetsThem() {
    GraphProto.Builder file =
        thereAndBack(.5, 0)
            .setNode(1, node("BitShift", "q,one", "b").addAttribute(attribute("direction", "LEFT")))
            .addNode(node("DequantizeLinear", "b,s,z", "y"))
            .addInitializer(tensor("one", Tensor.scalar(1L).as(DataType.UINT8)));
    Graph graph = read(13, file).graph();
    assertThat(run(graph, row(1, 2.2f, 3))).containsExactly(2, 4, 6);
    assertThatThrownBy(() -> gradient(RuleSet.plain(), graph, row(1, 2, 3)))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("BitShift");
  }

  @ParameterizedTest
  @CsvSource({"INT4, true", "INT4, false", "UINT4, true", "UINT4, false"})
  void weightsOfFourBitsAreReadTwoAByte(String type, boolean raw) {
    byte[] pairs = {(byte) 0x1F, (byte) 0x87, (byte) 0x02}; // −1 1, 7 −8, 2
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("w")
            .addDims(1)
            .addDims(5)
            .setDataType(TensorProto.DataType.valueOf(type).getNumber());
    if (raw) {
      weights.setRawData(ByteString.copyFrom(pairs));
    } else {
      for (byte pair : pairs) {
        weights.addInt32Data(pair & 0xFF);
      }
    }
    GraphProto.Builder file =
        GraphProto.newBuilder()
            .addNode(node("DequantizeLinear", "w,s", "d"))
            .addNode(node("MatMul", "x,d", "y"))
            .addInitializer(weights)
            .addInitializer(tensor("s", Tensor.scalar(.5f)))
            .addInput(value("x", DataType.FLOAT, -1, 1))
            .addOutput(output("y"));
    ImportedModel model = read(21, file);
    assertThat(run(model.graph(), row(2)))
        .containsExactly(
            type.equals("INT4") ? new float[] {-1, 1, 7, -8, 2} : new float[] {15, 1, 7, 8, 2});
    assertThat(model.layers()).extracting(LayerInfo::parameters).containsExactly(5L);
  }

  @Test
  void aQuantizedWeightThatTwoLayersReadCountsOnce() {
    GraphProto.Builder file =
        GraphProto.newBuilder()
            .addNode(node("DequantizeLinear", "w,s", "d1"))
            .addNode(node("DequantizeLinear", "w,s", "d2"))
            .addNode(node("MatMul", "x,d1", "h"))
            .addNode(node("Clip", "h,low,high", "c"))
            .addNode(node("MatMul", "c,d2", "y"))
            .addInitializer(tensor("w", Tensor.of(new long[] {1, 2, 3, 4}, 2, 2).as(DataType.INT8)))
            .addInitializer(tensor("s", Tensor.scalar(.5f)))
            .addInitializer(tensor("low", Tensor.scalar(0f)))
            .addInitializer(tensor("high", Tensor.scalar(6f)))
            .addInput(value("x", DataType.FLOAT, -1, 2))
            .addOutput(output("y"));
    assertThat(read(13, file).layers())
        .extracting(LayerInfo::kind, LayerInfo::parameters)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("MatMul", 4L),
            org.assertj.core.groups.Tuple.tuple("Clip", 0L),
            org.assertj.core.groups.Tuple.tuple("MatMul", 0L));
  }

  @Test
  void anInputThatIsLeftOutIsToldWithItsOperation() {
    GraphProto.Builder file = thereAndBack(1, 0).setNode(0, node("QuantizeLinear", "x", "q"));
    assertThatThrownBy(() -> read(13, file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("QuantizeLinear_q (QuantizeLinear)")
        .hasMessageContaining("input");
  }

  @ParameterizedTest
  @CsvSource({"qdq, 108", "shared_weight, 2304", "u8_dql, 960", "i8_dql, 960"})
  void parametersOfAFileCountOnceAndQuantizedOnesCount(String name, long expected) {
    ImportedModel model =
        new OnnxFormat(new OneOff())
            .read(TestData.require("faults/" + name + ".onnx"), ImportOptions.none());
    List<Long> counts = new ArrayList<>();
    model.layers().forEach(l -> counts.add(l.parameters()));
    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(expected);
  }
}
