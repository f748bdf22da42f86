package dev.picasso.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small files that once ended the process, took all memory or all time, or gave an error that was
 * none of words: each is refused with what is wrong.
 */
class CraftedModelsTest {
  private static final String X =
      "input { name: 'x' type { tensor_type { elem_type: 1 shape { dim { dim_param: 'N' } dim {"
          + " dim_value: 4 } } } } } output { name: 'y' } ";

  /** Whole numbers a, b and m, which is −1; their results are made floating-point by a Cast. */
  private static final String NUMBERS =
      "initializer { name: 'a' dims: 1 data_type: 7 int64_data: 32768 } "
          + "initializer { name: 'b' dims: 1 data_type: 7 int64_data: -9223372036854775808 } "
          + "initializer { name: 'm' dims: 1 data_type: 7 int64_data: -1 } "
          + "initializer { name: 'one' dims: 1 data_type: 1 float_data: 1 } ";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a blank among many       | Sum '',x -> y                          | lacks input 1 of the 2",
        "too few inputs           | BatchNormalization x,one,one,one -> y  | lacks input 5 of the 5",
        "a target of 4 GB         | Mul a,a -> s; ConstantOfShape s -> y   | larger than 1 GB",
        "an expansion to 4 GB     | Mul a,a -> s; Expand one,s -> y        | larger than 1 GB",
        "shapes of shapes         | Shape x -> h; Mul h,a -> s; Expand one,s -> y | impossible shape",
        "the lowest number by −1  | Div b,m -> s; Reshape x,s -> y         | whole numbers by -1",
        "scales that are an image | Resize x,,x -> y                       | not those of 2 axes",
      })
  void whatTheRuntimeDoesNotSurviveIsRefused(String name, String nodes, String why)
      throws IOException {
    StringBuilder graph = new StringBuilder(X + NUMBERS);
    for (String node : nodes.split(";")) {
      String[] parts = node.strip().split("[ ]+");
      graph.append("node { op_type: '").append(parts[0]).append('\'');
      for (String input : parts[1].replace("'", "").split(",")) {
        graph.append(" input: '").append(input).append('\'');
      }
      graph.append(" output: '").append(parts[3]).append("' } ");
    }
    assertRefused(onnx(graph.toString()), why);
  }

  @Test
  void attributesOfTheWrongKindAreRefused() throws IOException {
    String softmax = "node { op_type: 'Softmax' input: 'x' output: 'y' attribute { name: 'axis' ";
    assertRefused(
        onnx(X + softmax + "type: INTS ints: 1 } }"), "its attribute axis is not a whole number");
    assertRefused(
        onnx(
            X
                + "node { op_type: 'Flatten' input: 'x' output: 'y' attribute { name: 'axis' type:"
                + " INT i: 2147483647 } }"),
        "cannot be run");
  }

  @Test
  void blocksOfAnySizeAreRefused() throws IOException {
    String blocks =
        "node { op_type: 'DepthToSpace' input: 'x' output: 'y' attribute { name: 'blocksize' type:"
            + " INT i: 1099511627776 } }";
    assertRefused(onnx(X + blocks), "cannot move blocks of 1099511627776");
  }

  @Test
  void classesThatDependOnTheImageAreRefused() throws IOException {
    String y =
        "node { op_type: 'NonZero' input: 'x' output: 'n' } node { op_type: 'Cast' input: 'n'";
    assertRefused(
        onnx(X + y + " output: 'y' attribute { name: 'to' type: INT i: 1 } }"),
        "no fixed number of classes");
  }

  @Test
  void asManyPartsAsOutputsAreMade() throws IOException {
    String split = "node { op_type: 'Split' input: 'x' output: 'y' output: 'z' attribute { name: ";
    ModelProto.Builder model = ModelProto.newBuilder();
    TextFormat.merge(
        "ir_version: 8 opset_import { version: 18 } graph { name: 'g' "
            + X
            + split
            + "'axis' type: INT i: 1 } attribute { name: 'num_outputs' type: INT i: 1 } } }",
        model);
    byte[] bytes = model.build().toByteArray();
    assertRefused(
        new Specimen(Family.ONNX, "crafted", Map.of("m.onnx", bytes), "m.onnx"),
        "it makes 1 parts, and has 2 outputs");
  }

  @Test
  void randomNumbersWithoutEndAreRefused() throws IOException {
    String random =
        "node { op_type: 'RandomNormal' output: 'r' attribute { name: 'shape' type: INTS ints:"
            + " 40000 ints: 40000 } } node { op_type: 'Add' input: 'x' input: 'r' output: 'y' }";
    assertRefused(onnx(X + random), "impossible shape [40000, 40000]");
  }

  @Test
  void aCallThatReadsItselfIsRefused() {
    assertRefused(
        text(
            "node { name: 'y' op: 'PartitionedCall' input: 'y' attr { key: 'f' value { func { name:"
                + " 'f' } } } } node { name: 'z' op: 'Relu' input: 'y' } library { function {"
                + " signature { name: 'f' input_arg { name: 'a' type: DT_FLOAT } output_arg { name:"
                + " 'o' type: DT_FLOAT } } ret { key: 'o' value: 'a' } } }"),
        "is made of itself");
  }

  @Test
  void aDefaultThatReadsItselfIsRefused() {
    assertRefused(
        text(
            "node { name: 'x' op: 'Placeholder' attr { key: 'dtype' value { type: DT_FLOAT } } attr"
                + " { key: 'shape' value { shape { dim { size: -1 } dim { size: 4 } } } } } node {"
                + " name: 'p' op: 'PlaceholderWithDefault' input: 'r' attr { key: 'dtype' value {"
                + " type: DT_BOOL } } attr { key: 'shape' value { shape { } } } } node { name: 'r'"
                + " op: 'LogicalNot' input: 'p' } node { name: 'c' op: 'Cast' input: 'r' attr {"
                + " key: 'SrcT' value { type: DT_BOOL } } attr { key: 'DstT' value { type: DT_FLOAT"
                + " } } } node { name: 'y' op: 'Mul' input: 'x' input: 'c' attr { key: 'T' value {"
                + " type: DT_FLOAT } } }"),
        "has a cycle");
  }

  @Test
  void aHeapOfAnHdf5FileIsNoLargerThanTheFile() throws IOException {
    Path sound = Path.of("src/test/resources/dev/picasso/format/keras/odd/same/no_version.h5");
    byte[] bytes = Files.readAllBytes(sound);
    int heap = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("HEAP");
    assertThat(heap).isPositive();
    // The length of the heap's data, behind the signature and the version.
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(heap + 8, 1_500_000_000L);
    assertRefused(
        new Specimen(Family.HDF5, "heap", Map.of("m.h5", bytes), "m.h5"), "damaged or cut off");
  }

  @Test
  void aModelInsideOfASequentialNeedsAnOutput() {
    assertRefused(
        new Specimen(
            Family.KERAS_JSON,
            "no output",
            Map.of(
                "m.json",
                Specimens.utf8(
                    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
                        + "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"i\","
                        + "\"batch_input_shape\":[null,4]}},{\"class_name\":\"Functional\","
                        + "\"config\":{\"name\":\"f\",\"layers\":[],\"input_layers\":[],"
                        + "\"output_layers\":[]}},{\"class_name\":\"ReLU\",\"config\":"
                        + "{\"name\":\"r\"}}]}}")),
            "m.json"),
        "m.json: ");
  }

  private void assertRefused(Specimen specimen, String why) {
    Outcome outcome = new Attempt(folder).load(specimen, true);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.message()).contains(why));
  }

  private static Specimen onnx(String graph) throws IOException {
    ModelProto.Builder model = ModelProto.newBuilder();
    TextFormat.merge(
        "ir_version: 8 opset_import { version: 17 } graph { name: 'g' " + graph + "}", model);
    byte[] bytes = model.build().toByteArray();
    return new Specimen(Family.ONNX, "crafted", Map.of("m.onnx", bytes), "m.onnx");
  }

  private static Specimen text(String graph) {
    return new Specimen(
        Family.FROZEN_GRAPH, "crafted", Map.of("m.pbtxt", Specimens.utf8(graph)), "m.pbtxt");
  }
}
