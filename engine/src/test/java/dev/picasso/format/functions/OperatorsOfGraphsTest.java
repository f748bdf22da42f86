package dev.picasso.format.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.gradient.Differentiator;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
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
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen graphs of one operator or a few, with what TensorFlow computes. */
class OperatorsOfGraphsTest {
  /** A graph and the arrays that belong to it. */
  record Case(Path graph, Path arrays) {
    @Override
    public String toString() {
      return String.valueOf(graph.getFileName()).replace(".pb", "");
    }
  }

  static Stream<Case> cases() throws IOException {
    String named = System.getProperty("picasso.operators", "");
    Path folder =
        Path.of(named.isBlank() ? "src/test/resources/dev/picasso/format/functions" : named);
    String only = System.getProperty("picasso.only", "");
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".pb") && f.toString().contains(only))
          .sorted()
          .map(f -> new Case(f, Path.of(f.toString().replaceFirst("pb$", "npz"))))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void outputsAndGradientsAgreeWithTensorFlow(Case c) {
    Map<String, Tensor> arrays = NpzFile.read(c.arrays());
    Graph graph = OperatorGraph.read(c.graph(), arrays);
    GraphBuilder g = GraphBuilder.from(graph);
    List<Value> wanted = new ArrayList<>(graph.outputs().stream().map(g::lookUp).toList());
    List<Tensor> expected = new ArrayList<>(series(arrays, "y", graph.outputs().size()));
    Map<String, Tensor> feed = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      feed.put(input.name(), Objects.requireNonNull(arrays.get(input.name())));
      Tensor slope = arrays.get("g" + input.name().substring(1));
      if (slope != null) {
        wanted.add(gradient(g, graph, input.name(), arrays, feed));
        expected.add(slope);
      }
    }
    Graph derived = g.build(wanted);
    try (CompiledGraph compiled = CompiledGraph.of(derived, RuntimeOptions.defaults())) {
      Map<String, Tensor> run = compiled.run(feed);
      for (int i = 0; i < expected.size(); i++) {
        Tensor actual = Objects.requireNonNull(run.get(derived.outputs().get(i)));
        assertThat(actual.shape())
            .as("the shape of result %d", i)
            .isEqualTo(expected.get(i).shape());
        assertThat(OracleCase.deviation(actual.as(DataType.FLOAT), expected.get(i)))
            .as("the deviation of result %d", i)
            .isLessThan(2e-5);
      }
    }
  }

  /** The gradient of the sum of all floating outputs times their cotangents. */
  private static Value gradient(
      GraphBuilder g,
      Graph graph,
      String by,
      Map<String, Tensor> arrays,
      Map<String, Tensor> feed) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = g.lookUp(graph.outputs().get(i));
      if (!output.type().isFloating()) {
        continue;
      }
      Value seed = g.input("seed" + i, output.type(), output.shape());
      feed.put(seed.name(), Objects.requireNonNull(arrays.get(i == 0 ? "r" : "r" + i)));
      parts.addAll(
          new Differentiator(RuleSet.plain())
              .gradients(g, graph, output.name(), seed, List.of(by)));
    }
    return parts.stream().reduce(g::add).orElseThrow();
  }

  private static List<Tensor> series(Map<String, Tensor> arrays, String letter, int n) {
    return Stream.iterate(0, i -> i + 1)
        .limit(n)
        .map(i -> Objects.requireNonNull(arrays.get(i == 0 ? letter : letter + i)))
        .toList();
  }
}
