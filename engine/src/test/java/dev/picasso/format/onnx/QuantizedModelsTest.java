package dev.picasso.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Quantized files, most of them made by ONNX Runtime's own tool: outputs and gradients are those of
 * what the integers mean, in double precision by PyTorch; and what ONNX Runtime makes of the
 * integers is not far from them.
 */
class QuantizedModelsTest {
  /** Of the largest output: what the rounding of a few layers to eight bits comes to. */
  private static final double ROUNDING = .03;

  static Stream<OracleCase> files() throws IOException {
    Path folder = Path.of("src/test/resources/dev/picasso/format/onnx/quantized");
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".onnx")).sorted().toList().stream()
          .map(f -> new OracleCase(f, Path.of(f.toString().replace(".onnx", ".npz"))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void outputsAndGradientsAreThoseOfWhatTheIntegersMean(OracleCase file) {
    file.check();
    file.withoutPasses().check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void roundingAsTheRuntimeDoesMakesLittleDifference(OracleCase file) {
    Map<String, Tensor> numbers = NpzFile.read(file.expected());
    ImportedModel model = new OnnxFormat(new OneOff()).read(file.model(), ImportOptions.none());
    Value input = model.graph().inputs().get(0);
    Tensor x = numbers.get("x0").as(input.type());
    Tensor ours =
        Optional.ofNullable(
                BareRuntime.evaluate(model.graph(), Map.of(input.name(), x))
                    .get(model.graph().outputs().get(0)))
            .orElseThrow();
    assertThat(ours.type()).isEqualTo(DataType.FLOAT);
    float[] rounded = numbers.get("t").floats();
    double largest = 0;
    double off = 0;
    for (int i = 0; i < rounded.length; i++) {
      largest = Math.max(largest, Math.abs(rounded[i]));
      off = Math.max(off, Math.abs(rounded[i] - ours.floats()[i]));
    }
    assertThat(off).isLessThan(ROUNDING * largest);
  }
}
