package dev.picasso.format.tflite;

import static dev.picasso.format.tflite.TinyFile.FLOAT32;
import static dev.picasso.format.tflite.TinyFile.INT4;
import static dev.picasso.format.tflite.TinyFile.UINT8;
import static dev.picasso.format.tflite.TinyFile.places;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.StatedNormalization;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.OneOff;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a few operators, written field by field. */
class TfliteFormatTest {
  private static final int ADD = 0;
  private static final int DEQUANTIZE = 6;
  private static final int FULLY_CONNECTED = 9;
  private static final int RELU = 19;
  private static final int RESHAPE = 22;
  private static final int MEAN = 40;
  private static final int WHILE = 119;
  private static final int ABS = 101;

  @TempDir private Path folder;

  private static ImportedModel read(Path file) {
    return read(file, ImportOptions.none());
  }

  private static ImportedModel read(Path file, ImportOptions options) {
    return new TfliteFormat(new OneOff()).read(file, options);
  }

  private static float[] run(Graph graph, float[] x, long... dims) {
    Tensor input = Tensor.of(x, dims);
    Map<String, Tensor> results =
        new OneOff().run(graph, Map.of(graph.inputs().get(0).name(), input));
    return Objects.requireNonNull(results.get(graph.outputs().get(0))).floats();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** |x| of images of one pixel. */
  private static TinyFile absolute() {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int y = tiny.tensor("size", FLOAT32, 1, 2);
    return tiny.operator(ABS, places(x), y);
  }

  @Test
  void theContentTellsWhatAFileIs() throws IOException {
    Path file = absolute().write(file("no extension"), places(0), 1);
    Path bare = absolute().withoutIdentifier().write(file("old.bin"), places(0), 1);
    for (Path each : List.of(file, bare)) {
      var model = ModelLoader.standard().load(ModelRequest.of(each));
      assertThat(model.imported().format()).isEqualTo("TensorFlow Lite (float)");
      assertThat(run(model.imported().graph(), new float[] {-1, 2}, 1, 2)).containsExactly(1, 2);
    }
    Path noise = Files.write(file("noise"), new byte[5000]);
    assertThat(new TfliteFormat(new OneOff()).recognises(noise, new byte[4096])).isFalse();
  }

  @Test
  void tensorsKeepTheirNamesAndTheFirstOfSeveralIsEnough() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int y = tiny.tensor("dense/Relu;dense/MatMul;dense/Bias", FLOAT32, 1, 2);
    int z = tiny.tensor("", FLOAT32, 1, 2);
    tiny.operator(RELU, places(x), y).operator(ABS, places(y), z);
    ImportedModel model = read(tiny.write(file("names.tflite"), places(x), z));
    assertThat(model.layers().stream().map(LayerInfo::name))
        .containsExactly("image", "dense/Relu", "tensor_2");
    assertThat(model.layers().stream().map(LayerInfo::kind))
        .containsExactly("INPUT (float32)", "RELU", "ABS");
    ImportOptions inner = ImportOptions.none().withOutputs(List.of("dense/Relu"));
    assertThat(read(file("names.tflite"), inner).graph().outputs()).containsExactly("dense/Relu");
    ImportOptions wrong = ImportOptions.none().withOutputs(List.of("dense"));
    assertThatThrownBy(() -> read(file("names.tflite"), wrong))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no tensor dense")
        .hasMessageContaining("dense/Relu, tensor_2");
  }

  @Test
  void allOperatorsThatCannotBeImportedAreToldAtOnce() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int a = tiny.tensor("mine", FLOAT32, 1, 2);
    int b = tiny.tensor("loop", FLOAT32, 1, 2);
    int c = tiny.tensor("newer", FLOAT32, 1, 2);
    tiny.custom("MyOperator", places(x), a)
        .operator(WHILE, places(a), b)
        .operator(1000, places(b), c);
    Path file = tiny.write(file("odd.tflite"), places(x), c);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("odd.tflite: 3 of 3 operators cannot be imported.")
        .hasMessageContaining("mine (custom MyOperator): there is no importer for this operator.")
        .hasMessageContaining("loop (WHILE): is a loop")
        .hasMessageContaining("newer (operator 1000)");
  }

  @Test
  void operatorsThatNoOutputNeedsMayBeAnything() throws IOException {
    TinyFile tiny = absolute();
    int boxes = tiny.tensor("boxes", FLOAT32, 1, 2);
    tiny.custom("TFLite_Detection_PostProcess", places(1), boxes);
    ImportOptions before = ImportOptions.none().withOutputs(List.of("size"));
    Path file = tiny.write(file("boxes.tflite"), places(0), boxes);
    assertThat(read(file, before).graph().outputs()).containsExactly("size");
    assertThatThrownBy(() -> read(file)).hasMessageContaining("TFLite_Detection_PostProcess");
  }

  @Test
  void whatAnOperatorReadsMustHaveBeenMade() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int y = tiny.tensor("first", FLOAT32, 1, 2);
    int z = tiny.tensor("second", FLOAT32, 1, 2);
    tiny.operator(ADD, places(x, z), y).operator(ADD, places(x, y), z);
    Path file = tiny.write(file("circle.tflite"), places(x), z);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("first (ADD): it reads second, which nothing has made before.");
  }

  @Test
  void weightsOfFewBitsAreWhatTheyStandFor() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 3);
    // Two rows of three: 1, -2, 7 and -8, 0, 3, two numbers in a byte, the first in the low bits.
    byte[] packed = {(byte) 0xE1, (byte) 0x87, 0x30};
    TinyFile.Scales scales = new TinyFile.Scales(new float[] {0.5f, 2}, new long[] {0, 1}, 0);
    int w = tiny.constant("weights", INT4, packed, scales, 2, 3);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(FULLY_CONNECTED, places(x, w, -1), y);
    ImportedModel model = read(tiny.write(file("few.tflite"), places(x), y));
    assertThat(run(model.graph(), new float[] {1, 10, 100}, 1, 3))
        .containsExactly(0.5f * (1 - 20 + 700), 2 * (-9 - 10 + 200));
    assertThat(model.format()).isEqualTo("TensorFlow Lite (weights in int4)");
    assertThat(model.notes()).anyMatch(n -> n.contains("runs in float on dequantized weights"));
  }

  @Test
  void constantsThatAreDequantizedAreWeightsToo() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    TinyFile.Scales scales = new TinyFile.Scales(new float[] {2}, new long[] {100}, 0);
    byte[] integers = {101, 99, (byte) 200, 100};
    int stored = tiny.constant("stored", UINT8, integers, scales, 2, 2);
    int w = tiny.tensor("weights", FLOAT32, 2, 2);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(DEQUANTIZE, places(stored), w).operator(FULLY_CONNECTED, places(x, w, -1), y);
    Graph graph = read(tiny.write(file("w.tflite"), places(x), y)).graph();
    assertThat(run(graph, new float[] {1, 10}, 1, 2)).containsExactly(2 - 20, 200);
  }

  @Test
  void weightsMayStandBehindTheFlatBuffer() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    int w = tiny.outside("weights", 4096, 8, 1, 2);
    int y = tiny.tensor("y", FLOAT32, 1, 1);
    tiny.operator(FULLY_CONNECTED, places(x, w, -1), y);
    byte[] start = tiny.bytes(places(x), y);
    ByteBuffer all = ByteBuffer.allocate(4104).order(ByteOrder.LITTLE_ENDIAN);
    all.put(start).putFloat(4096, 3).putFloat(4100, 4);
    Path file = Files.write(file("behind.tflite"), all.array());
    assertThat(run(read(file).graph(), new float[] {1, 10}, 1, 2)).containsExactly(43);
    Path cut = Files.write(file("cut.tflite"), java.util.Arrays.copyOf(all.array(), 4100));
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is cut off: weights of 8 bytes lie at byte 4096 of 4100");
  }

  @Test
  void transposedConvolutionsOfMediaPipeAreRead() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 1, 1, 1);
    int w = tiny.constant("kernel", new float[] {1, 2, 3, 4}, 1, 2, 2, 1);
    int b = tiny.constant("bias", new float[] {1}, 1);
    int y = tiny.tensor("y", FLOAT32, 1, 2, 2, 1);
    byte[] same = {1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0};
    tiny.custom("Convolution2DTransposeBias", same, places(x, w, b), y);
    Graph graph = read(tiny.write(file("up.tflite"), places(x), y)).graph();
    assertThat(run(graph, new float[] {2}, 1, 1, 1, 1)).containsExactly(3, 5, 7, 9);
  }

  @Test
  void integersOfABiasStandForWhatTheProductsDo() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.quantized("image", UINT8, 0.5f, 0, 1, 1);
    TinyFile.Scales ones = new TinyFile.Scales(new float[] {0.25f}, new long[] {0}, 0);
    int w = tiny.constant("weights", UINT8, new byte[] {4}, ones, 1, 1);
    TinyFile.Scales other = new TinyFile.Scales(new float[] {77}, new long[] {0}, 0);
    int b = tiny.constant("bias", TinyFile.INT32, new byte[] {8, 0, 0, 0}, other, 1);
    int y = tiny.quantized("y", UINT8, 1, 5, 1, 1);
    tiny.operator(FULLY_CONNECTED, places(x, w, b), y);
    Graph graph = read(tiny.write(file("bias.tflite"), places(x), y)).graph();
    // 0.5 · 6 times 0.25 · 4, and 0.5 · 0.25 · 8.
    assertThat(run(graph, new float[] {6}, 1, 1)).containsExactly(3 + 1);
  }

  @Test
  void bytesAreFedAsTheyAreAndComeOutAsWhatTheyStandFor() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.quantized("image", UINT8, 0.5f, 128, 1, 2);
    int y = tiny.quantized("y", UINT8, 0.25f, 0, 1, 2);
    tiny.operator(ADD, places(x, x), y);
    ImportedModel model = read(tiny.write(file("bytes.tflite"), places(x), y));
    // 130 and 100 stand for 1 and -14; nothing below zero can come out.
    assertThat(run(model.graph(), new float[] {130, 100}, 1, 2)).containsExactly(2, 0);
    assertThat(model.format()).isEqualTo("TensorFlow Lite (quantized, uint8)");
    assertThat(model.notes())
        .anyMatch(n -> n.contains("takes the integers of the file (UINT8, 0 to 255)"))
        .anyMatch(n -> n.contains("The output y is given as real numbers"));
  }

  @Test
  void aBatchOfOneBecomesAnyWhereTheGraphAllowsIt() throws IOException {
    ImportedModel free = read(absolute().write(file("free.tflite"), places(0), 1));
    assertThat(free.graph().inputs().get(0).shape()).isEqualTo(Shape.of(-1, 2));
    assertThat(free.notes()).anyMatch(n -> n.contains("works with any number"));

    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 4);
    int shape =
        tiny.constant(
            "shape",
            TinyFile.INT32,
            new byte[] {2, 0, 0, 0, 2, 0, 0, 0},
            new TinyFile.Scales(new float[0], new long[0], 0),
            2);
    int y = tiny.tensor("square", FLOAT32, 2, 2);
    tiny.operator(RESHAPE, places(x, shape), y);
    ImportedModel fixed = read(tiny.write(file("fixed.tflite"), places(x), y));
    assertThat(fixed.graph().find(fixed.graph().outputs().get(0)).map(v -> v.rank())).contains(2);
    assertThat(fixed.notes()).anyMatch(n -> n.contains("number"));
  }

  @Test
  void whatMixesTheImagesOfABatchStaysWithOne() throws IOException {
    TinyFile tiny = new TinyFile();
    int x = tiny.tensor("image", FLOAT32, 1, 2);
    TinyFile.Scales none = new TinyFile.Scales(new float[0], new long[0], 0);
    int first = tiny.constant("axis", TinyFile.INT32, new byte[4], none, 1);
    int m = tiny.tensor("mean", FLOAT32, 2);
    int y = tiny.tensor("y", FLOAT32, 1, 2);
    tiny.operator(MEAN, places(x, first), m).operator(ADD, places(x, m), y);
    ImportedModel model = read(tiny.write(file("mixed.tflite"), places(x), y));
    assertThat(model.graph().inputs().get(0).shape()).isEqualTo(Shape.of(1, 2));
    assertThat(model.notes())
        .contains("The model runs with the number of images only that the file was made for.");
  }

  @Test
  void labelsInTheZipBehindTheModelAreUsedIfTheyAreAsManyAsClasses() throws IOException {
    Path file = absolute().metadata("TFLITE_METADATA", metadata()).write(file("l"), places(0), 1);
    assertThat(read(file).labels()).isEmpty();
    Files.write(file, zip("../classes.txt", "cat\ndog\n"), StandardOpenOption.APPEND);
    ImportedModel model = read(file);
    assertThat(model.labels()).containsExactly("cat", "dog");
    assertThat(model.notes())
        .anyMatch(
            n ->
                n.equals(
                    "The file says that pixels of image are normalized as"
                        + " (x − 127.5) / 128."));
    assertThat(StatedNormalization.of(model.metadata(), model.graph().inputs().get(0).name()))
        .contains(new StatedNormalization(List.of(127.5), List.of(128.)));

    Path three = absolute().metadata("TFLITE_METADATA", metadata()).write(file("3"), places(0), 1);
    Files.write(three, zip("../classes.txt", "cat\ndog\nowl"), StandardOpenOption.APPEND);
    assertThat(read(three).labels()).isEmpty();
    assertThat(read(three).notes()).anyMatch(n -> n.contains("3 labels for 2 classes"));
  }

  @Test
  void signaturesAreListedWhereTheWantedOneIsMissing() throws IOException {
    Path file = absolute().signature("serving_default").write(file("s.tflite"), places(0), 1);
    ImportOptions other = ImportOptions.none().withSignature(Optional.of("train"));
    assertThatThrownBy(() -> read(file, other))
        .isInstanceOf(ModelException.class)
        .hasMessage("s.tflite: has no signature train; it has serving_default.");
    ImportOptions same = ImportOptions.none().withSignature(Optional.of("serving_default"));
    assertThat(read(file, same).graph().outputs()).containsExactly("size");
  }

  /** One input with a normalization, one output with labels. */
  private static byte[] metadata() {
    FlatBufferBuilder b = new FlatBufferBuilder();
    int mean = floats(b, 127.5f);
    int deviation = floats(b, 128);
    b.startTable(2);
    b.addOffset(0, mean, 0);
    b.addOffset(1, deviation, 0);
    int options = b.endTable();
    b.startTable(2);
    b.addByte(0, (byte) 1, 0);
    b.addOffset(1, options, 0);
    int units = b.createVectorOfTables(new int[] {b.endTable()});
    b.startTable(7);
    b.addOffset(4, units, 0);
    int inputs = b.createVectorOfTables(new int[] {b.endTable()});
    int name = b.createString("../classes.txt");
    b.startTable(4);
    b.addOffset(0, name, 0);
    b.addByte(2, (byte) 2, 0);
    int files = b.createVectorOfTables(new int[] {b.endTable()});
    b.startTable(7);
    b.addOffset(6, files, 0);
    int outputs = b.createVectorOfTables(new int[] {b.endTable()});
    b.startTable(4);
    b.addOffset(2, inputs, 0);
    b.addOffset(3, outputs, 0);
    int graphs = b.createVectorOfTables(new int[] {b.endTable()});
    b.startTable(4);
    b.addOffset(3, graphs, 0);
    b.finish(b.endTable(), "M001");
    return b.sizedByteArray();
  }

  private static int floats(FlatBufferBuilder b, float value) {
    b.startVector(4, 1, 4);
    b.addFloat(value);
    return b.endVector();
  }

  private static byte[] zip(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
