package dev.picasso.format.onnx;

import static dev.picasso.format.onnx.Models.attribute;
import static dev.picasso.format.onnx.Models.node;
import static dev.picasso.format.onnx.Models.output;
import static dev.picasso.format.onnx.Models.tensor;
import static dev.picasso.format.onnx.Models.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are out of the ordinary. */
class OnnxReaderTest {
  private static final Tensor X = Tensor.of(new float[] {1, -2, 3, .5f}, 2, 2);
  private static final Tensor W = Tensor.of(new float[] {1, .5f, -1, 2}, 2, 2);

  @TempDir Path folder;

  private ImportedModel read(ModelProto.Builder model, ImportOptions options) {
    return new OnnxFormat(new OneOff()).read(Models.write(folder, model), options);
  }

  private static ImportOptions outputs(String... names) {
    return ImportOptions.none().withOutputs(List.of(names));
  }

  /** y = relu(x), then what belongs to tables. */
  private static ModelProto.Builder withTables() {
    return Models.model(
            17,
            GraphProto.newBuilder()
                .addNode(node("Relu", "x", "r"))
                .addNode(node("Scaler", "r", "s").setDomain("ai.onnx.ml"))
                .addInput(value("x", DataType.FLOAT, -1, 2))
                .addInput(value("unread", DataType.FLOAT, -1, 2))
                .addOutput(output("s")))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(1));
  }

  @Test
  void operatorsOfTablesAreRefusedByName() {
    assertThatThrownBy(() -> read(withTables(), ImportOptions.none()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Scaler_s (Scaler): works on tables and texts");
  }

  @Test
  void anEarlierOutputLeavesOutWhatItDoesNotNeed() {
    for (String name : List.of("r", "Relu_r")) {
      ImportedModel model = read(withTables(), outputs(name));
      assertThat(model.graph().outputs()).containsExactly("r");
      assertThat(model.graph().inputs()).extracting(Value::name).containsExactly("x");
      assertThat(BareRuntime.evaluate(model.graph(), Map.of("x", X)).get("r").floats())
          .containsExactly(1, 0, 3, .5f);
    }
  }

  @Test
  void anOutputThatDoesNotExistIsAnError() {
    assertThatThrownBy(() -> read(withTables(), outputs("logits")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "model.onnx: there is no operation or value logits to take as an output. The last ones"
                + " are r, s.");
  }

  @Test
  void aShapeToldForNoInputIsAnError() {
    ImportOptions options = ImportOptions.none().withInputShapes(Map.of("image", Shape.of(1, 2)));
    assertThatThrownBy(() -> read(withTables(), options))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("told for the input image; its inputs are x, unread");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16", "DOUBLE"})
  void numbersOfOtherWidthsAreComputedWith32Bits(DataType type) {
    ModelProto.Builder model =
        Models.model(
            17,
            GraphProto.newBuilder()
                .addNode(node("MatMul", "x,w", "m"))
                .addNode(node("Cast", "m", "f").addAttribute(attribute("to", 1)))
                .addNode(node("Cast", "f", "y").addAttribute(attribute("to", type.onnxCode())))
                .addInitializer(tensor("w", W.as(type)))
                .addInput(value("x", type, -1, 2))
                .addOutput(output("y")));
    ImportedModel read = read(model, ImportOptions.none());
    assertThat(read.graph().inputs().get(0).type()).isEqualTo(DataType.FLOAT);
    assertThat(read.notes()).anyMatch(n -> n.contains(type.name()));
    Tensor y =
        Optional.ofNullable(BareRuntime.evaluate(read.graph(), Map.of("x", X)).get("y"))
            .orElseThrow();
    assertThat(y.type()).isEqualTo(DataType.FLOAT);
    assertThat(y.floats())
        .containsExactly(new float[] {3, -3.5f, 2.5f, 2.5f}, Offset.offset(1e-6f));
  }

  @Test
  void sizesComputedWith64BitsKeepThem() {
    ModelProto.Builder model =
        Models.model(
            17,
            GraphProto.newBuilder()
                .addNode(node("Mul", "x,w", "m"))
                .addNode(node("Cast", "d", "f").addAttribute(attribute("to", 1)))
                .addNode(node("Add", "m,f", "y"))
                .addInitializer(tensor("w", W))
                .addInitializer(tensor("d", Tensor.scalar(2f).as(DataType.DOUBLE)))
                .addInput(value("x", DataType.FLOAT, -1, 2))
                .addOutput(output("y")));
    ImportedModel read = read(model, ImportOptions.none());
    assertThat(read.graph().constants().get("d").type()).isEqualTo(DataType.DOUBLE);
    assertThat(read.notes()).noneMatch(n -> n.contains("DOUBLE"));
  }

  @Test
  void functionsThatCallEachOtherWithoutEndAreRefusedAtOnce() {
    ModelProto.Builder model =
        Models.model(
            17,
            GraphProto.newBuilder()
                .addNode(node("f0", "", "").setDomain("own").clearOutput().clearInput())
                .addNode(node("Relu", "x", "y"))
                .addInput(value("x", DataType.FLOAT, -1, 2))
                .addOutput(output("y")));
    for (int i = 0; i < 39; i++) {
      FunctionProto.Builder function = FunctionProto.newBuilder().setDomain("own").setName("f" + i);
      for (int k = 0; k < 4; k++) {
        function.addNode(node("f" + (i + 1), "", "").setDomain("own").clearOutput().clearInput());
      }
      model.addFunctions(function);
    }
    model.addFunctions(FunctionProto.newBuilder().setDomain("own").setName("f39"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThatThrownBy(() -> read(model, ImportOptions.none()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("more than 200000 operations"));
  }
}
