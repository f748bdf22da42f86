package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.Zoo;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.decode.ImageDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on a file of each kind, against what TensorFlow itself computed. */
class TensorFlowKindsTest {
  /**
   * One kind of file.
   *
   * @param file in the zoo
   * @param numbers x0, y, r, and g0, the gradient of the sum of y·r by x0
   * @param input as TensorFlow calls it
   * @param layer the tensor of a hidden layer
   * @param shape its shape for the images of the numbers
   * @param format how inspect calls the kind
   * @param note a part of what inspect notes; empty if nothing in particular
   */
  private record Kind(
      String file,
      String numbers,
      String input,
      String layer,
      String shape,
      String format,
      String note) {
    @Override
    public String toString() {
      return file;
    }

    /** Converters to TensorFlow Lite call it otherwise. */
    String output() {
      return file.endsWith(".tflite") ? "Identity" : "Softmax";
    }

    Path path() {
      return Zoo.file(file);
    }

    Map<String, Tensor> oracle() {
      return NpzFile.read(Zoo.file(numbers));
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        checkpoint("ckpt_v2", "ckpt_v2.npz"),
        checkpoint("ckpt_v2/model.ckpt-7.meta", "ckpt_v2.npz"),
        checkpoint("ckpt_v1", "ckpt_v1.npz"),
        checkpoint("ckpt_v1_sharded", "ckpt_v1_sharded.npz"),
        new Kind(
            "sm1_examples",
            "sm1_examples.npz",
            "images",
            "net/Relu:0",
            "[2, 5, 5, 6]",
            "TensorFlow SavedModel (TF 2.21)",
            "note: The signature predict_images was taken; the file has predict_images (takes images:"
                + " float[?, 10, 10, 3]), serving_default (takes inputs: string[?])."),
        savedModel("sm2_shards", ""),
        savedModel("sm2_shards/saved_model.pb", ""),
        savedModel("sm2_several_functions", "note: The file has no signatures"),
        new Kind(
            "net_batch_of_one.pb",
            "net_batch_of_one.npz",
            "input:0",
            "conv/Relu:0",
            "[1, 10, 10, 4]",
            "TensorFlow frozen graph",
            "note: The file takes batches of one size only; here any."),
        new Kind(
            "net_learning_phase.pbtxt",
            "net_learning_phase.npz",
            "input",
            "conv/Relu:0",
            "[2, 10, 10, 4]",
            "TensorFlow frozen graph",
            "note: keras_learning_phase was taken as false: the model does not train."),
        new Kind(
            "tfjs_lenet_uint16/model.json",
            "tfjs_lenet_uint16.npz",
            "input",
            "conv/Relu:0",
            "[2, 20, 20, 4]",
            "TensorFlow.js graph",
            ""),
        new Kind(
            "tflite/net_float.tflite",
            "tflite/net_float.npz",
            "x0",
            "Relu6:0",
            "[2, 8, 8, 16]",
            "TensorFlow Lite (float)",
            ""));
  }

  private static Kind checkpoint(String file, String numbers) {
    return new Kind(
        file,
        numbers,
        "input:0",
        "net/Relu:0",
        "[2, 5, 5, 6]",
        "TensorFlow checkpoint (TF 2.21)",
        "");
  }

  private static Kind savedModel(String file, String note) {
    return new Kind(
        file,
        file.replaceFirst("/.*", "") + ".npz",
        "image",
        "Relu:0",
        "[2, 5, 5, 6]",
        "TensorFlow SavedModel (TF 2.21)",
        note);
  }

  @TempDir Path folder;

  private Path x(Kind kind) {
    Path file = folder.resolve("x.npy");
    NpyFile.write(file, kind.oracle().get("x0"));
    return file;
  }

  private Tensor run(Object model, String input, Object... more) {
    Path y = folder.resolve("y.npy");
    Stream<Object> words = Stream.of("run", model, "--input", input, "--output", y);
    Terminal done = Terminal.run(Stream.concat(words, Stream.of(more)).toArray());
    assertThat(done.err()).isEmpty();
    assertThat(done.code()).isZero();
    return NpyFile.read(y);
  }

  private static void requireClose(Tensor actual, Tensor wanted, double tolerance) {
    assertThat(actual.shape()).isEqualTo(wanted.shape());
    float[] a = actual.floats();
    float[] b = wanted.floats();
    double scale = 0;
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      scale = Math.max(scale, Math.abs((double) b[i]));
      worst = Math.max(worst, Math.abs((double) a[i] - b[i]));
    }
    assertThat(scale).isPositive();
    assertThat(worst / scale).isLessThan(tolerance);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void runAgreesWithTensorFlow(Kind kind) {
    Path x = x(kind);
    Tensor y = kind.oracle().get("y");
    requireClose(run(kind.path(), kind.input() + "=" + x), y, 1e-4);
    requireClose(
        run(kind.path(), kind.input() + "=" + x, "--value", kind.output() + ":0"), y, 1e-4);
    requireClose(run(kind.path(), x.toString(), "--value", kind.output()), y, 1e-4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void hiddenLayersAreGivenInTheLayoutOfTheFile(Kind kind) {
    String x = x(kind).toString();
    Tensor named = run(kind.path(), x, "--value", kind.layer());
    assertThat(named.shape()).hasToString(kind.shape());
    assertThat(run(kind.path(), x, "--value", kind.layer().replace(":0", "")).floats())
        .isEqualTo(named.floats());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void gradientAgreesWithTensorFlow(Kind kind) {
    Path x = x(kind);
    Map<String, Tensor> oracle = kind.oracle();
    float[] r = oracle.get("r").floats();
    int images = (int) oracle.get("r").shape().dim(0);
    int classes = r.length / images;
    float[] sum = new float[(int) oracle.get("g0").size()];
    Path g = folder.resolve("g.npy");
    for (int k = 0; k < classes; k++) {
      Terminal done =
          Terminal.run(
              "gradient",
              kind.path(),
              "--input",
              kind.input() + "=" + x,
              "--class",
              k,
              "--of",
              "probabilities",
              "--output",
              g);
      assertThat(done.err()).isEmpty();
      float[] gradient = NpyFile.read(g).floats();
      int pixels = gradient.length / images;
      for (int i = 0; i < gradient.length; i++) {
        sum[i] += gradient[i] * r[i / pixels * classes + k];
      }
    }
    requireClose(Tensor.of(sum, oracle.get("g0").shape().dims()), oracle.get("g0"), 1e-3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void inspectShowsWhatTheFileIs(Kind kind) {
    Terminal done = Terminal.run("inspect", kind.path());
    assertThat(done.err()).isEmpty();
    String input = kind.input().replace(":0", "");
    assertThat(done.out())
        .startsWith(kind.path().getFileName() + ": " + kind.format() + "\n")
        .containsPattern(
            "\ninput   " + input + "(:0)? FLOAT\\[N, (10, 10, 3|16, 16, 3|20, 20, 1)]\n")
        .containsPattern("\noutput  " + kind.output() + " \\[N, (5|10)]\n")
        .containsPattern("\n" + kind.layer().replace(":0", "") + " +\\w+ +\\[N, ")
        .containsPattern("\n[\\d,]+ parameters\n")
        .contains(kind.note())
        .doesNotContain("control_dependency");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theConvertedFileGivesTheSameNumbers(Kind kind) {
    Path x = x(kind);
    Path onnx = folder.resolve("converted.onnx");
    Terminal done = Terminal.run("convert", kind.path(), "--output", onnx);
    assertThat(done.err()).isEmpty();
    assertThat(done.code()).isZero();
    requireClose(run(onnx, x.toString()), kind.oracle().get("y"), 1e-4);
    Terminal inspected = Terminal.run("inspect", onnx);
    assertThat(inspected.out())
        .contains("input   " + kind.input().replace(":0", ""))
        .contains("final activation softmax");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void imagesArePredictedAndExplained(Kind kind) throws IOException {
    Path image = Samples.image(folder.resolve("photo.png"));
    Terminal predicted = Terminal.run("predict", kind.path(), image, "--top", 2);
    assertThat(predicted.problems()).isEmpty();
    assertThat(predicted.out().lines()).hasSize(3);
    for (String method : new String[] {"saliency", "partial-occlusion"}) {
      Path maps = folder.resolve(method);
      Terminal done =
          Terminal.run("explain", kind.path(), image, "-m", method, "--top", 1, "-o", maps);
      assertThat(done.problems()).isEmpty();
      assertThat(done.code()).isZero();
      assertThat(ImageDecoder.standard().decode(maps.resolve("photo-1.png")).width()).isEqualTo(24);
      float[] map = NpyFile.read(maps.resolve("photo-1.npy")).floats();
      double least = map[0];
      double most = map[0];
      for (float value : map) {
        assertThat(value).isFinite();
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      assertThat(most - least).isGreaterThan(1e-6);
    }
  }

  @Test
  void ofSeveralSignaturesOneIsNamedInTheConfiguration() throws IOException {
    Path model = Zoo.file("sm2_two_signatures");
    Terminal refused = Terminal.run("inspect", model);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("has several signatures and none called serving_default")
        .contains("classify (takes image: float[?, 10, 10, 3]), embed (takes")
        .contains("models: [{path: sm2_two_signatures, signature: classify}]");
    Path configuration =
        Files.writeString(
            folder.resolve("picasso.yaml"),
            "models: [{path: '" + model + "', signature: classify}]");
    Map<String, Tensor> oracle = NpzFile.read(Zoo.file("sm2_two_signatures.npz"));
    Path x = folder.resolve("x.npy");
    NpyFile.write(x, oracle.get("x0"));
    requireClose(run(configuration, x.toString()), oracle.get("y"), 1e-4);
    Terminal inspected = Terminal.run("inspect", configuration);
    assertThat(inspected.out()).contains("classes 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "net/Relu:3", "net/relu"})
  void aTensorThatIsNotThereIsToldWithThoseThatAre(String name) {
    Kind kind = kinds().findFirst().orElseThrow();
    Terminal done =
        Terminal.run(
            "run",
            kind.path(),
            "--input",
            x(kind),
            "--value",
            name,
            "--output",
            folder.resolve("y.npy"));
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.err())
        .contains("ckpt_v2: has no layer or tensor " + name + ". ", "net/MatMul_1");
  }

  /** Whose operations TensorFlow counts by itself: MatMul, MatMul_1. */
  @Test
  void namesAreThoseOfTheFileAndNoOthers() {
    Terminal done =
        Terminal.run("inspect", "--id", "mnist-tensorflow", Zoo.example("mnist-tensorflow"));
    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .contains("\noutput  Softmax [N, 10]\n")
        .containsPattern("\nMatMul +MatMul +\\[N, 32] +50,176\n")
        .containsPattern("\nMatMul_1 +MatMul +\\[N, 10] +320\n")
        .doesNotContain("MatMul_1_1");
  }
}
