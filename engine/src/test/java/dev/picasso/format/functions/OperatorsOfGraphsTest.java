package dev.picasso.format.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Shape;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen graphs of one operator or a few, with what TensorFlow computes. */
class OperatorsOfGraphsTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/picasso/format/functions");

  /** A graph and the arrays that belong to it. */
  record Case(String name) {
    Path file(String kind) {
      return FOLDER.resolve(name + kind);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(f -> f.endsWith(".pb"))
          .sorted()
          .map(f -> new Case(f.substring(0, f.length() - 3)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAndGradientsAgreeWithTensorFlow(Case c) {
    OracleCase oracle = new OracleCase(c.file(".pb"), c.file(".npz"));
    for (OracleCase each : List.of(oracle, oracle.withoutPasses())) {
      OracleCase.Deviation deviation = each.measure();
      assertThat(deviation.outputs()).isLessThan(2e-5);
      assertThat(deviation.gradients()).isLessThan(2e-5);
    }
  }

  @Test
  void normalizingWithTheBatchIsTold() {
    ModelRequest request = ModelRequest.of(FOLDER.resolve("fused_batch_norm_training.pb"));
    ImportOptions options =
        ImportOptions.none().withInputShapes(Map.of("", Shape.of(Shape.BATCH, 4, 5, 3)));
    assertThat(ModelLoader.standard().load(request.with(options)).imported().notes())
        .anyMatch(note -> note.contains("depends on the others"));
  }

  @Test
  void operatorsThatDrawAtRandomAreRefusedByName() {
    assertThatThrownBy(() -> Functions.standard().require("raw.FractionalMaxPool"))
        .isInstanceOf(Unsupported.class)
        .hasMessageContaining("at random");
  }
}
