package dev.picasso.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.gradient.DifferentiationException;
import dev.picasso.gradient.Differentiator;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One operator a file, of the opsets 7 to 21, with what ONNX Runtime makes of the file itself. */
class OneNodeModelsTest {
  private static final double STEP = 2e-3;

  /** Operators that have no gradient rule, and why; each must say so. */
  private static final Map<String, String> NOT_DIFFERENTIABLE =
      Map.of(
          "CenterCropPad_18", "there is no gradient rule",
          "Compress_9", "there is no gradient rule",
          "GatherND_12_batch", "batch_dims",
          "GridSample_16", "there is no gradient rule",
          "Einsum_12_ellipsis", "an ellipsis",
          "Resize_13_crop", "tf_crop_and_resize");

  /** Inputs that lie on a jump: an integer or a half. */
  private static final List<String> ON_A_JUMP = List.of("Round_11");

  static Stream<OracleCase> files() throws IOException {
    Path folder = Path.of("src/test/resources/dev/picasso/format/onnx");
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".onnx")).sorted().toList().stream()
          .map(f -> new OracleCase(f, f.resolveSibling(name(f) + ".npz")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void outputAgreesWithPassesAndWithout(OracleCase file) {
    file.check();
    file.withoutPasses().check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void gradientAgreesWithDifferencesOfTheFileItself(OracleCase file) {
    Graph graph = new OnnxFormat(new OneOff()).read(file.model(), ImportOptions.none()).graph();
    Value y = graph.value(graph.outputs().get(0));
    List<Value> by = graph.inputs().stream().filter(i -> i.type() == DataType.FLOAT).toList();
    if (by.isEmpty() || y.type() != DataType.FLOAT || ON_A_JUMP.contains(name(file.model()))) {
      return;
    }
    Map<String, Tensor> x = inputs(file, graph);
    Tensor output = BareRuntime.run(file.model(), x).get(y.name());
    Random random = new Random(1);
    Tensor r = normal(random, output);
    String refusal = NOT_DIFFERENTIABLE.get(name(file.model()));
    if (refusal != null) {
      assertThatThrownBy(() -> gradients(graph, y, by, x, r))
          .isInstanceOf(DifferentiationException.class)
          .hasMessageContaining(refusal);
      return;
    }
    List<Tensor> gradients = gradients(graph, y, by, x, r);
    Map<String, Tensor> ahead = new LinkedHashMap<>(x);
    Map<String, Tensor> behind = new LinkedHashMap<>(x);
    double actual = 0;
    double squares = 1e-6;
    for (int i = 0; i < by.size(); i++) {
      String name = by.get(i).name();
      Tensor d = normal(random, x.get(name));
      ahead.put(name, stepped(x.get(name), d, STEP));
      behind.put(name, stepped(x.get(name), d, -STEP));
      for (int k = 0; k < d.size(); k++) {
        double part = (double) d.floats()[k] * gradients.get(i).floats()[k];
        actual += part;
        squares += part * part;
      }
    }
    double expected =
        (dot(BareRuntime.run(file.model(), ahead).get(y.name()), r)
                - dot(BareRuntime.run(file.model(), behind).get(y.name()), r))
            / (2 * STEP);
    assertThat(actual).isCloseTo(expected, offset(5e-3 * Math.max(1, Math.sqrt(squares))));
  }

  private static List<Tensor> gradients(
      Graph graph, Value y, List<Value> by, Map<String, Tensor> x, Tensor r) {
    GraphBuilder g = GraphBuilder.from(graph);
    Value seed = g.input("seed", y.type(), y.shape());
    List<String> names = by.stream().map(Value::name).toList();
    List<Value> gradients =
        new Differentiator(RuleSet.plain()).gradients(g, graph, y.name(), seed, names);
    Map<String, Tensor> feed = new LinkedHashMap<>(x);
    feed.put(seed.name(), r);
    Graph derived = g.build(gradients);
    Map<String, Tensor> results = BareRuntime.evaluate(derived, feed);
    return derived.outputs().stream().map(results::get).toList();
  }

  private static Map<String, Tensor> inputs(OracleCase file, Graph graph) {
    Map<String, Tensor> numbers = NpzFile.read(file.expected());
    Map<String, Tensor> x = new LinkedHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Value input = graph.inputs().get(i);
      x.put(input.name(), numbers.get("x" + i).as(input.type()));
    }
    return x;
  }

  private static Tensor normal(Random random, Tensor like) {
    float[] values = new float[(int) like.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, like.shape().dims());
  }

  private static Tensor stepped(Tensor x, Tensor direction, double step) {
    float[] values = x.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction.floats()[i]);
    }
    return Tensor.of(values, x.shape().dims());
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (double) a.floats()[i] * b.floats()[i];
    }
    return sum;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".onnx", "");
  }
}
