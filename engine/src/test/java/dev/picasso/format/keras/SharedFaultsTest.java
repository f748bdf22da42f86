package dev.picasso.format.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Tensor;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of which people reported something: shared layers, names, types of numbers. */
class SharedFaultsTest {
  private static final Path QUANTIZED =
      Path.of("src/test/resources/dev/picasso/format/keras/odd/quantized");

  private static ImportedModel read(Path file) {
    return new KerasFormat().read(file, ImportOptions.none());
  }

  private static Tensor run(ImportedModel model, Tensor x) {
    var graph = model.graph();
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return Objects.requireNonNull(
          compiled.run(Map.of(graph.inputs().get(0).name(), x)).get(graph.outputs().get(0)));
    }
  }

  /** Keras computes in bfloat16 what is in bfloat16; Picasso does not. */
  @ParameterizedTest
  @CsvSource({
    "densetwo.keras, 1e-5",
    "densetwo.h5, 1e-5",
    "n_utf.keras, 1e-5",
    "n_utf.h5, 1e-5",
    "ensemble.keras, 1e-5",
    "ensemble.h5, 1e-5",
    "bfloat16.keras, 1e-2",
    "bfloat16.h5, 1e-2"
  })
  void computeWhatKerasComputes(String file, double tolerance) {
    Path path = TestData.require("faults/" + file);
    String stem = file.substring(0, file.lastIndexOf('.'));
    Tensor x = NpyFile.read(path.resolveSibling(stem + ".x0.npy"));
    Tensor y = NpyFile.read(path.resolveSibling(stem + ".y.npy"));
    assertThat(OracleCase.deviation(run(read(path), x), y)).isLessThan(tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"densetwo.keras", "densetwo.h5"})
  void weightsOfALayerThatIsUsedTwiceCountOnce(String file) {
    List<LayerInfo> layers = read(TestData.require("faults/" + file)).layers();
    assertThat(layers)
        .filteredOn(l -> l.name().startsWith("d"))
        .extracting(LayerInfo::name, LayerInfo::parameters)
        .contains(
            org.assertj.core.groups.Tuple.tuple("d", 12L),
            org.assertj.core.groups.Tuple.tuple("d#2", 0L));
  }

  @ParameterizedTest
  @CsvSource({"int8.keras, 0.02", "float8.keras, 1e-5"})
  void quantizedLayersAreNearlyWhatTheyWere(String file, double tolerance) {
    ImportedModel model = read(QUANTIZED.resolve(file));
    Map<String, Tensor> before =
        NpzFile.read(QUANTIZED.resolve("before_" + file.replace(".keras", ".npz")));
    Tensor y = run(model, Objects.requireNonNull(before.get("x0")));
    assertThat(OracleCase.deviation(y, Objects.requireNonNull(before.get("y"))))
        .isLessThan(tolerance);
    assertThat(model.notes()).anyMatch(n -> n.startsWith("Layers are quantized in the file ("));
  }

  @Test
  void quantizedLayersThatCannotBeReadAreNamed() {
    assertThatThrownBy(() -> read(QUANTIZED.resolve("int4.keras")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("dense (Dense): its weights are quantized (int4)");
  }
}
