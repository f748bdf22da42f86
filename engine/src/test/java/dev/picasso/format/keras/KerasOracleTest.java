package dev.picasso.format.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers and small models saved by Keras itself, with what Keras computes. */
class KerasOracleTest {
  /** A model file and the arrays that belong to it. */
  record Case(Path model, Path arrays) {
    @Override
    public String toString() {
      return String.valueOf(model.getFileName());
    }
  }

  /** Files that nobody can read, and why; the message must say so. */
  private static final Map<String, String> LOST =
      Map.of("k2_op_einsum.h5", "Keras 2 does not save what it is called with");

  static Stream<Case> cases() throws IOException {
    return all().filter(c -> !LOST.containsKey(c.toString()));
  }

  private static Stream<Case> all() throws IOException {
    String named = System.getProperty("picasso.oracle", "");
    Path folder = Path.of(named.isBlank() ? "src/test/resources/dev/picasso/format/keras" : named);
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    String only = System.getProperty("picasso.only", "");
    List<Case> cases = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        Path arrays = file.resolveSibling(name.replaceFirst("\\.(h5|keras)$", ".npz"));
        if (!Files.exists(arrays) && file.getParent() != null) {
          arrays = folder.resolve(arrays.getFileName());
        }
        if (name.matches(".*\\.(h5|keras)") && Files.exists(arrays) && name.contains(only)) {
          cases.add(new Case(file, arrays));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAgreeWithKeras(Case c) {
    Map<String, Tensor> arrays = NpzFile.read(c.arrays());
    ImportedModel model = new KerasFormat().read(c.model(), options(arrays));
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (int i = 0; i < model.graph().inputs().size(); i++) {
      inputs.put(model.graph().inputs().get(i).name(), arrays.get("x" + i).as(DataType.FLOAT));
    }
    try (CompiledGraph compiled = CompiledGraph.of(model.graph(), RuntimeOptions.defaults())) {
      List<Tensor> outputs = List.copyOf(compiled.run(inputs).values());
      for (int i = 0; i < outputs.size(); i++) {
        Tensor expected = arrays.get(i == 0 ? "y" : "y" + i);
        assertThat(outputs.get(i).shape()).isEqualTo(expected.shape());
        assertThat(OracleCase.deviation(outputs.get(i), expected)).isLessThan(1e-4);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAgreeWithKeras(Case c) {
    new OracleCase(c.model(), c.arrays()).check();
  }

  @Test
  void whatIsLostIsRefusedWithTheReason() throws IOException {
    List<Case> lost = all().filter(c -> LOST.containsKey(c.toString())).toList();
    for (Case c : lost) {
      assertThatThrownBy(() -> new KerasFormat().read(c.model(), ImportOptions.none()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(LOST.get(c.toString()));
    }
  }

  private static ImportOptions options(Map<String, Tensor> arrays) {
    return ImportOptions.none()
        .withInputShapes(Map.of("", Shape.of(arrays.get("x0").shape().dims())));
  }
}
