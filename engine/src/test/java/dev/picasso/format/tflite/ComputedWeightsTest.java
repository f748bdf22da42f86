package dev.picasso.format.tflite;

import static dev.picasso.format.tflite.TinyFile.FLOAT32;
import static dev.picasso.format.tflite.TinyFile.INT32;
import static dev.picasso.format.tflite.TinyFile.UINT8;
import static dev.picasso.format.tflite.TinyFile.places;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels that converters left to be computed from other constants; scales of a bias. */
class ComputedWeightsTest {
  private static final int ADD = 0;
  private static final int CONCATENATION = 2;
  private static final int CONV_2D = 3;
  private static final int DEQUANTIZE = 6;
  private static final int FULLY_CONNECTED = 9;
  private static final int RESHAPE = 22;
  private static final int PAD = 34;
  private static final int TRANSPOSE = 39;
  private static final int SPLIT = 49;
  private static final int CAST = 53;
  private static final TinyFile.Scales NONE = new TinyFile.Scales(new float[0], new long[0], 0);

  @TempDir private Path folder;

  private final TinyFile tiny = new TinyFile();

  private int integers(String name, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return tiny.constant(name, INT32, bytes.array(), NONE, values.length);
  }

  private static ToIntFunction<FlatBufferBuilder> number(int value) {
    return b -> {
      b.startTable(1);
      b.addInt(0, value, 0);
      return b.endTable();
    };
  }

  private static int valid(FlatBufferBuilder b) {
    b.startTable(3);
    b.addByte(0, (byte) 1, 0);
    b.addInt(1, 1, 0);
    b.addInt(2, 1, 0);
    return b.endTable();
  }

  private ImportedModel read(int x, int y) throws IOException {
    Path file = tiny.write(folder.resolve("computed.tflite"), places(x), y);
    return new TfliteFormat(new OneOff()).read(file, ImportOptions.none());
  }

  private static float[] run(Graph graph, float[] x, long... dims) {
    Tensor input = Tensor.of(x, dims);
    Map<String, Tensor> results =
        new OneOff().run(graph, Map.of(graph.inputs().get(0).name(), input));
    return Objects.requireNonNull(results.get(graph.outputs().get(0))).floats();
  }

  @Test
  void kernelsThatAreSplitAndTurned() throws IOException {
    int x = tiny.tensor("image", FLOAT32, 1, 1, 1, 2);
    // [1, 1, 2 channels, 4 filters], of which each half becomes [2 filters, 1, 1, 2 channels].
    int all = tiny.constant("all", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 1, 2, 4);
    int first = tiny.tensor("first", FLOAT32, 1, 1, 2, 2);
    int second = tiny.tensor("second", FLOAT32, 1, 1, 2, 2);
    int axis = tiny.constant("axis", INT32, new byte[] {3, 0, 0, 0}, NONE);
    tiny.operator(SPLIT, "", 35, number(2), places(axis, all), first, second);
    int order = integers("order", 3, 0, 1, 2);
    int w = tiny.tensor("w", FLOAT32, 2, 1, 1, 2);
    tiny.operator(TRANSPOSE, places(second, order), w);
    int y = tiny.tensor("y", FLOAT32, 1, 1, 1, 2);
    tiny.operator(CONV_2D, "", 1, ComputedWeightsTest::valid, places(x, w, -1), y);
    ImportedModel model = read(x, y);
    assertThat(run(model.graph(), new float[] {1, 10}, 1, 1, 1, 2)).containsExactly(73, 84);
    assertThat(model.layers()).last().matches(l -> l.parameters() == 4);
  }

  @Test
  void matricesThatAreDequantizedJoinedShapedAndPadded() throws IOException {
    int x = tiny.tensor("image", FLOAT32, 1, 3);
    TinyFile.Scales scales = new TinyFile.Scales(new float[] {0.5f}, new long[] {2}, 0);
    int codes = tiny.constant("codes", UINT8, new byte[] {4, 6}, scales, 2); // 1, 2
    int real = tiny.tensor("real", FLOAT32, 2);
    tiny.operator(DEQUANTIZE, places(codes), real);
    int whole = integers("whole", 3, 4);
    int cast = tiny.tensor("cast", FLOAT32, 2);
    tiny.operator(CAST, places(whole), cast);
    int row = tiny.tensor("row", FLOAT32, 4);
    tiny.operator(CONCATENATION, "", 10, number(0), places(real, cast), row);
    int square = tiny.tensor("square", FLOAT32, 2, 2);
    tiny.operator(RESHAPE, places(row, integers("shape", 2, 2)), square);
    int pads =
        tiny.constant(
            "pads", INT32, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0}, NONE, 2, 2);
    int w = tiny.tensor("w", FLOAT32, 2, 3);
    tiny.operator(PAD, places(square, pads), w);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(FULLY_CONNECTED, places(x, w, -1), y);
    assertThat(run(read(x, y).graph(), new float[] {1, 10, 100}, 1, 3)).containsExactly(21, 43);
  }

  @Test
  void biasesThatAreComputed() throws IOException {
    int x = tiny.tensor("image", FLOAT32, 1, 1);
    int w = tiny.constant("w", new float[] {2, 3}, 2, 1);
    int one = tiny.constant("one", new float[] {1, 2}, 2);
    int b = tiny.tensor("b", FLOAT32, 2);
    tiny.operator(ADD, places(one, one), b);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(FULLY_CONNECTED, places(x, w, b), y);
    assertThat(run(read(x, y).graph(), new float[] {10}, 1, 1)).containsExactly(22, 34);
  }

  @Test
  void weightsThatAreReadTwiceCountOnce() throws IOException {
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int w = tiny.constant("w", new float[] {1, 2, 3, 4}, 2, 2);
    int first = tiny.tensor("first", FLOAT32, 1, 2);
    int second = tiny.tensor("second", FLOAT32, 1, 2);
    tiny.operator(FULLY_CONNECTED, places(x, w, -1), first);
    tiny.operator(FULLY_CONNECTED, places(first, w, -1), second);
    assertThat(read(x, second).layers())
        .extracting(l -> l.parameters())
        .containsExactly(0L, 4L, 0L);
  }

  /** Converters write the axis of the kernels to a bias, which has only one. */
  @Test
  void aBiasWithAScaleForEachElementHasOneAxis() throws IOException {
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    TinyFile.Scales scales = new TinyFile.Scales(new float[] {0.5f, 2}, new long[] {0, 0}, 3);
    int b = tiny.constant("b", INT32, new byte[] {4, 0, 0, 0, 5, 0, 0, 0}, scales, 2);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(ADD, places(x, b), y);
    assertThat(run(read(x, y).graph(), new float[] {1, 1}, 1, 2)).containsExactly(3, 11);
  }
}
