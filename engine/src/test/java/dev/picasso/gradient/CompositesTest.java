package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.OneOff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Composites in whole networks against programs that we did not write. */
class CompositesTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/picasso/gradient/relevance");

  private static final Map<String, Lrp> COMPOSITES =
      Map.of(
          "epsilon", Lrp.epsilon(),
          "epsilon_plus", Lrp.epsilonPlus(),
          "epsilon_plus_flat", Lrp.epsilonPlusFlat(),
          "epsilon_gamma_box", Lrp.epsilonGammaBox(List.of(-2.5f, -2f, -3f), List.of(2f, 3f, 2.5f)),
          "gamma", Lrp.gamma(),
          "alpha_beta", Lrp.alphaBeta());

  private record Row(String network, String composite, boolean biases) {}

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String network : List.of("vgg", "resnet")) {
      for (String composite : COMPOSITES.keySet()) {
        rows.add(new Row(network, composite, true));
        rows.add(new Row(network, composite, false));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theCompositesAreZennits(Row row) {
    Lrp lrp = COMPOSITES.get(row.composite());
    Map<String, Tensor> numbers = NpzFile.read(FOLDER.resolve(row.network() + ".npz"));
    Tensor found = relevance(row.network(), row.biases() ? lrp : lrp.ignoringBiases(), numbers);
    Tensor expected = numbers.get(row.composite() + (row.biases() ? "" : "_ignored"));
    // Without biases the ε rule divides by sums that cross zero, which no float knows well.
    boolean delicate = row.composite().equals("epsilon") && !row.biases();
    assertThat(OracleCase.deviation(found, expected)).isLessThan(delicate ? 5e-4 : 1e-4);
  }

  @ParameterizedTest
  @CsvSource({"vgg, DECONVNET", "vgg, GUIDED", "resnet, DECONVNET", "resnet, GUIDED"})
  void theVariantsOfTheGradientAreZennits(String network, Backpropagation kind) {
    Map<String, Tensor> numbers = NpzFile.read(FOLDER.resolve(network + ".npz"));
    Tensor expected = numbers.get(kind.name().toLowerCase(Locale.ROOT));
    assertThat(OracleCase.deviation(relevance(network, kind, numbers), expected)).isLessThan(1e-5);
  }

  /** With layer norms as the operator, and as the parts that older exporters write. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit_composed"})
  void attnLrpOfAVisionTransformerIsThatOfThePaper(String network) {
    Map<String, Tensor> numbers = NpzFile.read(FOLDER.resolve("vit.npz"));
    Tensor found = relevance(network, Lrp.attention(), numbers);
    assertThat(OracleCase.deviation(found, numbers.get("attn_lrp"))).isLessThan(1e-4);
  }

  private static Tensor relevance(
      String network, Composite composite, Map<String, Tensor> numbers) {
    Path file = FOLDER.resolve(network + ".onnx");
    Graph graph = ModelLoader.standard().load(ModelRequest.of(file)).graph();
    GraphBuilder g = GraphBuilder.from(graph);
    Value y = g.lookUp(graph.outputs().get(0));
    Value seed = g.input("seed", y.type(), y.shape());
    String input = graph.inputs().get(0).name();
    Value found =
        new Differentiator(composite.rules(graph))
            .gradients(g, graph, y.name(), composite.start(g, y, seed), List.of(input))
            .get(0);
    Map<String, Tensor> feed = Map.of(input, numbers.get("x"), "seed", numbers.get("r"));
    return new OneOff().run(g.build(found), feed).get(found.name());
  }
}
