package dev.picasso.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.format.tflite.file.Quantization;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.Subgraph;
import dev.picasso.format.tflite.file.TfliteFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.StandardPasses;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.OneOff;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that TensorFlow's converter wrote, with the outputs of TensorFlow Lite's interpreter and
 * the gradients of TensorFlow: those of the repository, or of the folder that the system property
 * {@code picasso.tflite} names.
 */
class TfliteOracleTest {
  /** Files whose numbers are of other operations, for the places of the largest elements. */
  private static final Set<String> WITHOUT_GRADIENT = Set.of("top_k.tflite");

  /** What no importer has a word for. */
  private static final Map<String, String> MISSING =
      Map.of(
          "dynamic_update.tflite", "SCATTER_ND", "gather_nd.tflite", "other images of the batch");

  /** How many steps of the output's integers a whole network may be off, and one operator. */
  private static final double STEPS = 3;

  /** Where the output is float but what leads to it is rounded, as a share of the largest. */
  private static final double ROUNDED = 0.02;

  /** The same where integers have 16 bits. */
  private static final double HARDLY_ROUNDED = 5e-4;

  record Case(Path folder, String file, String arrays, String refused) {
    Path model() {
      return folder.resolve(file);
    }

    Map<String, Tensor> numbers() {
      return NpzFile.read(folder.resolve(arrays));
    }

    boolean rounded() {
      return numbers().containsKey("steps");
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static List<Case> all() throws IOException {
    String named = System.getProperty("picasso.tflite", "");
    Path folder = Path.of(named.isBlank() ? "src/test/resources/dev/picasso/format/tflite" : named);
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("cases.tsv"))) {
      String[] cells = line.split("\t", -1);
      if (!cells[0].equals("file") && !MISSING.containsKey(cells[0])) {
        cases.add(new Case(folder, cells[0], cells[1], cells[3]));
      }
    }
    return cases;
  }

  static Stream<Case> exact() throws IOException {
    return all().stream().filter(c -> c.refused().isEmpty() && !c.rounded());
  }

  static Stream<Case> rounded() throws IOException {
    return all().stream().filter(c -> c.refused().isEmpty() && c.rounded());
  }

  static Stream<Case> refused() throws IOException {
    return all().stream().filter(c -> !c.refused().isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void outputsAgreeWithTheInterpreter(Case c) {
    List<Tensor> outputs = run(c, model(c).graph());
    for (int i = 0; i < outputs.size(); i++) {
      Tensor expected = expected(c, i);
      assertThat(outputs.get(i).shape()).isEqualTo(expected.shape());
      assertThat(OracleCase.deviation(outputs.get(i).as(DataType.FLOAT), expected))
          .isLessThan(1e-4);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void gradientsAgreeWithTensorFlow(Case c) {
    if (!WITHOUT_GRADIENT.contains(c.file())) {
      new OracleCase(c.model(), c.folder().resolve(c.arrays())).check();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rounded")
  void quantizedFilesDifferByTheirRoundingOnly(Case c) {
    List<Tensor> outputs = run(c, model(c).graph());
    for (int i = 0; i < outputs.size(); i++) {
      Tensor expected = expected(c, i);
      double step = Objects.requireNonNull(c.numbers().get("steps")).floats()[i];
      double largest = 0;
      for (float y : expected.floats()) {
        largest = Math.max(largest, Math.abs(y));
      }
      double rounded = c.file().contains("int16") ? HARDLY_ROUNDED : ROUNDED;
      double allowed = step > 0 ? STEPS * step / largest : rounded;
      assertThat(OracleCase.deviation(outputs.get(i).as(DataType.FLOAT), expected))
          .isLessThan(allowed);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatCannotBeImportedIsRefusedByName(Case c) {
    assertThatThrownBy(() -> model(c))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(c.file())
        .hasMessageContaining("cannot be imported");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exact")
  void noTransposeStaysBetweenConvolutions(Case c) {
    ImportedModel imported = model(c);
    Graph graph = StandardPasses.apply(imported.graph(), Set.of(), new OneOff());
    long convolutions = graph.nodes().stream().filter(n -> n.op().equals("Conv")).count();
    long transposes = graph.nodes().stream().filter(n -> n.op().equals("Transpose")).count();
    if (convolutions > 1) {
      assertThat(transposes).isLessThanOrEqualTo(graph.inputs().size() + graph.outputs().size());
    }
  }

  private static ImportedModel model(Case c) {
    return new TfliteFormat(new OneOff()).read(c.model(), ImportOptions.none());
  }

  private static Tensor expected(Case c, int i) {
    return Objects.requireNonNull(c.numbers().get(i == 0 ? "y" : "y" + i));
  }

  /** The numbers are real; inputs of integers take the integers that stand for them. */
  private static List<Tensor> run(Case c, Graph graph) {
    Map<String, Tensor> numbers = c.numbers();
    Subgraph stored = TfliteFile.read(c.model()).subgraphs().get(0);
    Map<String, Tensor> feed = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      Tensor x = Objects.requireNonNull(numbers.get("x" + i));
      StoredTensor tensor = stored.tensors().get(stored.inputs().get(i));
      feed.put(
          input.name(),
          tensor.isQuantized()
              ? integers(x, tensor.quantization().orElseThrow())
              : x.as(input.type()));
    }
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return List.copyOf(compiled.run(feed).values());
    }
  }

  private static Tensor integers(Tensor x, Quantization quantization) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.rint(values[i] / quantization.scale() + quantization.zeroPoint());
    }
    Shape shape = x.shape();
    return Tensor.of(values, shape.dims());
  }
}
