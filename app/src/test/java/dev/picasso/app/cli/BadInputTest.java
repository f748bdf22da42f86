package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.testkit.TestModel;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is given: one clear message, exit code 2, and other images still get their results. */
class BadInputTest {
  @TempDir Path folder;

  /** Makes a file in a folder. */
  @FunctionalInterface
  interface Maker {
    Path make(Path folder) throws IOException;
  }

  private static Arguments file(String name, String message, Maker maker) {
    return Arguments.of(name, message, maker);
  }

  private static Maker bytes(String name, byte[] content) {
    return folder -> Files.write(folder.resolve(name), content);
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Path zip(Path file) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("photo.png"));
      out.write(1);
    }
    return file;
  }

  static Stream<Arguments> images() throws IOException {
    return Stream.of(
        file("text.png", ": this is a text, not an image. ", bytes("text.png", ascii("hello"))),
        file(
            "cut.png",
            ": this PNG file is broken: the file is cut off.",
            f -> {
              byte[] whole = Files.readAllBytes(Samples.image(f.resolve("cut.png")));
              return Files.write(f.resolve("cut.png"), Arrays.copyOf(whole, whole.length * 2 / 3));
            }),
        file("empty.jpg", ": the file is empty (0 bytes).", bytes("empty.jpg", new byte[0])),
        file(
            "huge.png",
            ": the picture is 60000 × 60000 pixels (3600.0 megapixels); the limit is 50.0",
            bytes("huge.png", Samples.header(60_000, 60_000))),
        file(
            "archive.jpg",
            ": this is a ZIP archive, not an image. Picasso reads PNG,",
            f -> zip(f.resolve("archive.jpg"))),
        file("random.gif", ": this is not an image. ", bytes("random.gif", random(3, 500))),
        file("missing.png", ": there is no such file.", f -> f.resolve("missing.png")),
        file("hole.png", ": this is not an image.", bytes("hole.png", new byte[2000])));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void aBadImageIsNamedAndTheOtherIsExplained(String name, String message, Maker maker)
      throws IOException {
    Path bad = maker.make(folder);
    Path good = Samples.image(folder.resolve("good.png"));
    Path maps = folder.resolve("maps");
    Path model = TestModel.COLOUR.write(folder);
    Terminal explained = Terminal.run("explain", model, bad, good, "--top", 1, "-o", maps);
    assertThat(explained.code()).isEqualTo(2);
    assertThat(explained.problems().lines().toList())
        .singleElement()
        .asString()
        .startsWith(bad + message);
    assertThat(maps.resolve("good-1.png")).exists();
    Terminal predicted = Terminal.run("predict", model, bad, good, "--top", 1);
    assertThat(predicted.code()).isEqualTo(2);
    assertThat(predicted.problems()).isEqualTo(explained.problems());
    assertThat(predicted.out()).contains("good.png");
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream in =
        BadInputTest.class.getResourceAsStream("/dev/picasso/format/keras/" + name)) {
      return in.readAllBytes();
    }
  }

  private static Maker cut(String name, byte[] whole, double share) {
    return bytes(name, Arrays.copyOf(whole, (int) (whole.length * share)));
  }

  /** A Keras archive with a word of its description replaced. */
  private static Maker rewritten(String archive, String word, String by) {
    return folder -> {
      Path file = folder.resolve("rewritten.keras");
      try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(resource(archive)));
          ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
        for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
          out.putNextEntry(new ZipEntry(e.getName()));
          byte[] content = in.readAllBytes();
          String text = new String(content, StandardCharsets.UTF_8);
          out.write(
              e.getName().equals("config.json")
                  ? text.replace(word, by).getBytes(StandardCharsets.UTF_8)
                  : content);
        }
      }
      return file;
    };
  }

  /** An ONNX file y = op(x, w) whose weight w lies in another file. */
  private static Maker onnx(String op, String location) {
    TensorProto.Builder w = TensorProto.newBuilder().setName("w").setDataType(1).addDims(1);
    if (location.isEmpty()) {
      w.addFloatData(2);
    } else {
      w.setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(
              StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    }
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(image("x"))
            .addOutput(image("y"))
            .addInitializer(w)
            .addNode(
                NodeProto.newBuilder()
                    .setOpType(op)
                    .setName("node1")
                    .addInput("x")
                    .addInput("w")
                    .addOutput("y"));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .build();
    return bytes("made.onnx", model.toByteArray());
  }

  private static ValueInfoProto image(String name) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int side : new int[] {1, 3, 4, 4}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder().setElemType(1).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static Maker hdf5WithoutModel() {
    return folder -> {
      Path file = folder.resolve("data.h5");
      try (WritableHdfFile hdf5 = HdfFile.write(file)) {
        hdf5.putDataset("x", new float[] {1, 2, 3});
      }
      return file;
    };
  }

  static Stream<Arguments> models() throws IOException {
    byte[] h5 = resource("net_cnn.h5");
    byte[] keras = resource("conv2d_groups.keras");
    String damaged = ": is no model, or a damaged one; its content decides, not its name.";
    String outside = " is no plain path inside the model's folder; Picasso reads none outside.";
    return Stream.of(
        file("missing", ": there is no such file.", f -> f.resolve("missing.h5")),
        file("0 bytes", ": the file is empty (0 bytes).", bytes("a.h5", new byte[0])),
        file("random .h5", damaged, bytes("a.h5", random(1, 4000))),
        file("random .onnx", damaged, bytes("a.onnx", random(2, 4000))),
        file(
            "an image",
            "photo.h5: is a PNG image, not a model. The model comes first; give this as an image.",
            f -> Samples.image(f.resolve("photo.h5"))),
        file("an archive", "archive.keras: ", f -> zip(f.resolve("archive.keras"))),
        file(
            "a folder",
            ": is a folder without a picasso.yaml",
            f -> Files.createDirectory(f.resolve("m"))),
        file("half an HDF5", ": the HDF5 file is cut off", cut("a.h5", h5, .5)),
        file("an HDF5 without its end", ": the HDF5 file is cut off", cut("a.h5", h5, .98)),
        file(
            "half a Keras archive",
            ": the archive is damaged or cut off",
            cut("a.keras", keras, .5)),
        file(
            "half an ONNX file",
            "colour.onnx: is damaged, cut off, or no ONNX model. Copy or export it again.",
            f -> {
              byte[] whole = Files.readAllBytes(TestModel.COLOUR.write(f));
              return Files.write(f.resolve("colour.onnx"), Arrays.copyOf(whole, whole.length / 2));
            }),
        file(
            "HDF5 without a model",
            "data.h5: the HDF5 file holds no model_config, so no model:",
            hdf5WithoutModel()),
        file(
            "an unknown layer",
            "(Conv2Dim): there is no importer for this layer.",
            rewritten("conv2d_groups.keras", "\"Conv2D\"", "\"Conv2Dim\"")),
        file(
            "an unknown operator",
            "made.onnx: cannot be run with x [1, 3, 4, 4]: ONNX Runtime cannot run the model: there"
                + " is no operator Turn in ONNX (node node1);",
            onnx("Turn", "")),
        file(
            "weights in /etc/passwd",
            "made.onnx: the weight w lies in the file \"../../etc/passwd\", which" + outside,
            onnx("Add", "../../etc/passwd")),
        file(
            "weights in a root",
            "made.onnx: the weight w lies in the file \"/etc/passwd\", which" + outside,
            onnx("Add", "/etc/passwd")),
        file(
            "weights that are missing",
            "made.onnx: the weight w lies in the file \"w.bin\", which is missing; copy it beside",
            onnx("Add", "w.bin")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void aBadModelIsRefusedInWords(String name, String message, Maker maker) throws IOException {
    Path model = maker.make(folder);
    Terminal done = Terminal.run("predict", model, Samples.image(folder.resolve("good.png")));
    assertInWords(done);
    assertThat(done.err()).contains(message);
    assertThat(Terminal.run("inspect", model)).isEqualTo(done);
  }

  private static void assertInWords(Terminal done) {
    assertThat(done.code()).as(done.err()).isEqualTo(2);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).isNotBlank().doesNotContain("\tat ", "Exception", "null");
  }

  /** Files that were cut anywhere or in which anything was changed: answered in words. */
  @ParameterizedTest
  @ValueSource(strings = {"net_cnn.h5", "conv2d_groups.keras", "net_residual.keras"})
  void damagedModelsNeverMakeAFault(String name) throws IOException {
    byte[] whole = resource(name);
    Random random = new Random(7);
    Path model = folder.resolve("damaged");
    for (int i = 0; i < 60; i++) {
      byte[] bytes =
          i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int n = 0; n < 8 && bytes.length > 0; n++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(model, bytes);
      Terminal done = Terminal.run("inspect", model);
      assertThat(done.code()).as("attempt " + i + ": " + done.err()).isIn(0, 2);
    }
  }

  @Test
  void wrongNamesAndArraysAreRefusedInWords() throws IOException {
    Path model = TestModel.COLOUR.write(folder);
    Path x = folder.resolve("x.npy");
    Path y = folder.resolve("y.npy");
    NpyFile.write(x, Tensor.of(new float[360], 1, 3, 10, 12));
    Path text = Files.writeString(folder.resolve("text.npy"), "text");
    assertInWords(Terminal.run("run", model, "--input", x, "--output", y, "--value", "Convv"));
    assertInWords(Terminal.run("run", model, "--input", "z=" + x, "--output", y));
    assertInWords(Terminal.run("run", model, "--input", text, "--output", y));
    assertInWords(Terminal.run("run", model, "--input", folder.resolve("no.npy"), "--output", y));
    assertInWords(Terminal.run("gradient", model, "--input", x, "--class", 4, "--output", y));
    assertInWords(Terminal.run("convert", model, "--explain", "saliency", "--output", y));
    assertInWords(Terminal.run("convert", model, "-o", folder.resolve("no/such/x.onnx")));
    assertInWords(Terminal.run("run", model, "--input", x, "--output", folder.resolve("no/y.npy")));
    assertInWords(Terminal.run("convert", model, "--class", 1, "--output", y));
    assertInWords(Terminal.run("explan"));
    assertThat(Terminal.run("explan").err())
        .startsWith("There is no command explan; there are serve, explain, check,");
    assertInWords(Terminal.run("predict", model));
  }

  @Test
  void aMistakeInAConfigurationIsNamedWithItsLine() throws IOException {
    TestModel.COLOUR.write(folder);
    Files.writeString(
        folder.resolve("picasso.yaml"), "models:\n  - path: colour.onnx\n    tob: 3\n");
    Terminal done = Terminal.run("predict", folder);
    assertInWords(done);
    assertThat(done.err())
        .isEqualToIgnoringNewLines("picasso.yaml, line 3: unknown key 'tob'; did you mean 'top'?");
  }
}
