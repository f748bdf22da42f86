package dev.picasso.format.tflite;

import static dev.picasso.format.tflite.TinyFile.FLOAT32;
import static dev.picasso.format.tflite.TinyFile.INT32;
import static dev.picasso.format.tflite.TinyFile.places;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.picasso.format.ImportOptions;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators that converters seldom write, of two numbers, against what their names say. */
class RareOperatorsTest {
  private static final int BOOL = 6;
  private static final int ADD = 0;
  private static final int CAST = 53;
  private static final int SELECT = 64;
  private static final TinyFile.Scales NONE = new TinyFile.Scales(new float[0], new long[0], 0);

  @TempDir private Path folder;

  /** Adds operators behind the input, the tensor 0, and tells the tensor of their result. */
  private interface Body {
    int add(TinyFile tiny);
  }

  private record Case(String name, Body body, float[] x, long[] shape, float... expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, Body body, float... expected) {
    return new Case(name, body, new float[] {-1, 2}, new long[] {1, 2}, expected);
  }

  static Stream<Case> cases() {
    return Stream.of(
        of("ATAN2", t -> two(t, 156, real(t, 1, 1)), (float) -Math.PI / 4, 1.1071487f),
        of("RELU_0_TO_1", t -> one(t, 152), 0, 1),
        of("FAKE_QUANT", t -> optioned(t, 80, 58, b -> range(b, -0.5f, 1.5f)), -0.5f, 1.5f),
        of("FILL", t -> sum(t, filled(t, 3)), 2, 5),
        of("RANGE", t -> sum(t, floats(t, ranged(t))), -1, 3),
        of("RANK", t -> sum(t, floats(t, made(t, 110, INT32, places(0)))), 1, 4),
        of("NOT_EQUAL", t -> select(t, truth(t, 72, places(0, real(t, 2)))), -1, 0),
        of("LOGICAL_NOT", t -> select(t, not(t, truth(t, 72, places(0, real(t, 2))))), 0, 2),
        of("REDUCE_ANY", t -> select(t, reduced(t, 91)), -1, 2),
        of("REDUCE_ALL", t -> select(t, reduced(t, 140)), 0, 0),
        of("BROADCAST_ARGS", RareOperatorsTest::stretched, -1, 2, -1, 2, -1, 2),
        new Case(
            "L2_POOL_2D",
            t -> optioned(t, 12, 5, RareOperatorsTest::window),
            new float[] {1, 2, 3, 4},
            new long[] {1, 2, 2, 1},
            (float) Math.sqrt(7.5)),
        new Case("SQUEEZE", t -> one(t, 43), new float[] {5, 6}, new long[] {1, 1, 2}, 5, 6));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatItsNameSays(Case c) throws IOException {
    TinyFile tiny = new TinyFile();
    int[] shape = java.util.Arrays.stream(c.shape()).mapToInt(d -> (int) d).toArray();
    int x = tiny.tensor("x", FLOAT32, shape);
    int y = c.body().add(tiny);
    Path file = tiny.write(folder.resolve("rare.tflite"), places(x), y);
    Graph graph = new TfliteFormat(new OneOff()).read(file, ImportOptions.none()).graph();
    Tensor input = Tensor.of(c.x(), c.shape());
    float[] actual =
        Objects.requireNonNull(
                new OneOff()
                    .run(graph, Map.of(graph.inputs().get(0).name(), input))
                    .get(graph.outputs().get(0)))
            .floats();
    assertThat(actual).containsExactly(c.expected(), org.assertj.core.api.Assertions.offset(1e-6f));
  }

  private static int made(TinyFile t, int code, int type, int[] inputs) {
    int y = t.tensor("y" + code, type, 1, 2);
    t.operator(code, inputs, y);
    return y;
  }

  private static int one(TinyFile t, int code) {
    return made(t, code, FLOAT32, places(0));
  }

  private static int two(TinyFile t, int code, int other) {
    return made(t, code, FLOAT32, places(0, other));
  }

  private static int truth(TinyFile t, int code, int[] inputs) {
    return made(t, code, BOOL, inputs);
  }

  private static int optioned(
      TinyFile t, int code, int table, ToIntFunction<FlatBufferBuilder> options) {
    int y = t.tensor("y", FLOAT32, 1, 2);
    t.operator(code, "", table, options, places(0), y);
    return y;
  }

  private static int sum(TinyFile t, int other) {
    return made(t, ADD, FLOAT32, places(0, other));
  }

  private static int floats(TinyFile t, int integers) {
    return made(t, CAST, FLOAT32, places(integers));
  }

  private static int not(TinyFile t, int truths) {
    return truth(t, 87, places(truths));
  }

  private static int select(TinyFile t, int truths) {
    return made(t, SELECT, FLOAT32, places(truths, 0, real(t, 0, 0)));
  }

  /** Which rows have any, or only, numbers above zero, for each number. */
  private static int reduced(TinyFile t, int code) {
    int above = truth(t, 61, places(0, real(t, 0)));
    int y = t.tensor("rows", BOOL, 1, 1);
    t.operator(code, "", 27, RareOperatorsTest::keep, places(above, whole(t, 1)), y);
    return made(t, 86, BOOL, places(y, truth(t, 72, places(0, real(t, 100)))));
  }

  private static int filled(TinyFile t, float number) {
    int dims = made(t, 77, INT32, places(0));
    return made(t, 94, FLOAT32, places(dims, t.constant("n", new float[] {number})));
  }

  private static int ranged(TinyFile t) {
    return made(t, 96, INT32, places(scalar(t, 0), scalar(t, 2), scalar(t, 1)));
  }

  private static int stretched(TinyFile t) {
    int shape = made(t, 145, INT32, places(whole(t, 1, 1, 2), whole(t, 3, 1)));
    int y = t.tensor("wide", FLOAT32, 1, 3, 2);
    t.operator(130, places(0, shape), y);
    return y;
  }

  private static int real(TinyFile t, float... numbers) {
    return numbers.length == 1
        ? t.constant("c", numbers)
        : t.constant("c", numbers, 1, numbers.length);
  }

  private static int whole(TinyFile t, int... numbers) {
    return t.constant("i", INT32, bytes(numbers), NONE, numbers.length);
  }

  private static int scalar(TinyFile t, int number) {
    return t.constant("i", INT32, bytes(number), NONE);
  }

  private static byte[] bytes(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  private static int range(FlatBufferBuilder b, float least, float most) {
    b.startTable(2);
    b.addFloat(0, least, 0);
    b.addFloat(1, most, 0);
    return b.endTable();
  }

  private static int keep(FlatBufferBuilder b) {
    b.startTable(1);
    b.addBoolean(0, true, false);
    return b.endTable();
  }

  /** Two by two places. */
  private static int window(FlatBufferBuilder b) {
    b.startTable(5);
    b.addByte(0, (byte) 1, 0);
    for (int field = 1; field < 5; field++) {
      b.addInt(field, 2, 0);
    }
    return b.endTable();
  }
}
