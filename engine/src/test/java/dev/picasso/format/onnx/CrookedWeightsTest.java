package dev.picasso.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights wherever they begin in the file. */
class CrookedWeightsTest {
  private static final int COUNT = TensorReader.LARGE / 4 + 3;

  @TempDir Path folder;

  private static Tensor drawn(int seed) {
    Random random = new Random(seed);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.of(values, COUNT);
  }

  private static ModelProto read(Path file) {
    return OnnxFile.parse(file);
  }

  private static boolean isStraight(TensorProto weight) {
    ByteBuffer bytes = weight.getRawData().asReadOnlyByteBuffer();
    return bytes.isDirect() && bytes.alignmentOffset(bytes.position(), 4) == 0;
  }

  /** Longer names of the graph move all that comes behind. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void largeOnesHoldTheirNumbersWhereTheProcessorCanReadThem(int shift) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("x".repeat(shift))
            .addInitializer(Models.tensor("first", drawn(1)))
            .addInitializer(Models.tensor("small", Tensor.of(new float[] {1, 2, 3}, 3)))
            .addInitializer(TensorProto.newBuilder().setName("listed").addFloatData(5).addDims(1))
            .addInitializer(Models.tensor("odd", drawn(2)))
            .addInitializer(Models.tensor("last", drawn(3)));
    ModelProto written = Models.model(17, graph).build();
    ModelProto model = read(Models.write(folder, written.toBuilder()));
    assertThat(model).isEqualTo(written);
    assertThat(model.getGraph().getInitializerList())
        .filteredOn(w -> w.getRawData().size() >= TensorReader.LARGE)
        .hasSize(3)
        .allMatch(CrookedWeightsTest::isStraight);
  }

  /** Protobuf puts together what stands in a file twice. */
  @Test
  void theyAreFoundInAGraphThatIsWrittenInTwoParts() throws IOException {
    GraphProto first = GraphProto.newBuilder().addInitializer(Models.tensor("a", drawn(1))).build();
    GraphProto second =
        GraphProto.newBuilder().addInitializer(Models.tensor("bb", drawn(2))).build();
    Path file = folder.resolve("two.onnx");
    try (var out = Files.newOutputStream(file)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.writeMessage(ModelProto.GRAPH_FIELD_NUMBER, first);
      coded.writeMessage(ModelProto.GRAPH_FIELD_NUMBER, second);
      coded.flush();
    }
    List<TensorProto> weights = read(file).getGraph().getInitializerList();
    assertThat(weights).containsExactly(first.getInitializer(0), second.getInitializer(0));
    assertThat(weights).allMatch(CrookedWeightsTest::isStraight);
  }

  @Test
  void bytesMayBeginAnywhere() {
    TensorProto bytes =
        TensorProto.newBuilder()
            .setName("b")
            .setDataType(DataType.UINT8.onnxCode())
            .setRawData(com.google.protobuf.ByteString.copyFrom(new byte[TensorReader.LARGE]))
            .build();
    GraphProto.Builder graph = GraphProto.newBuilder().addInitializer(bytes);
    ModelProto model = read(Models.write(folder, Models.model(17, graph)));
    assertThat(model.getGraph().getInitializer(0)).isEqualTo(bytes);
  }
}
