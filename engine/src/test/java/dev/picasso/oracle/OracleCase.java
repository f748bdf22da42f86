package dev.picasso.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.gradient.Differentiator;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A model file with what another program made of it, in an .npz: inputs x or x0, x1 …, outputs y,
 * y1 …, and the gradients g or g0, g1 … of Σ r·y + Σ r1·y1 + … by the inputs.
 *
 * @param options what the file does not tell itself
 * @param passes whether the graph is the one that runs, or the one that the file holds
 */
public record OracleCase(Path model, Path expected, ImportOptions options, boolean passes) {
  private static final double OUTPUTS = 1e-4;
  private static final double GRADIENTS = 1e-3;

  /** With the graph as it runs, after all passes. */
  public OracleCase(Path model, Path expected, ImportOptions options) {
    this(model, expected, options, true);
  }

  public OracleCase(Path model, Path expected) {
    this(model, expected, ImportOptions.none());
  }

  /** The same with the graph as the file holds it, before any pass. */
  public OracleCase withoutPasses() {
    return new OracleCase(model, expected, options, false);
  }

  /** How far outputs and gradients are off, relative to the largest magnitude. */
  public record Deviation(double outputs, double gradients) {}

  /** Fails unless outputs agree to 1e-4 and gradients to 1e-3, or as far as rounding allows. */
  public void check() {
    Deviation deviation = measure();
    Deviation rounding = rounding();
    assertThat(deviation.outputs())
        .as("outputs of %s", model.getFileName())
        .isLessThan(Math.max(OUTPUTS, 2 * rounding.outputs()));
    assertThat(deviation.gradients())
        .as("gradients of %s", model.getFileName())
        .isLessThan(Math.max(GRADIENTS, 2 * rounding.gradients()));
  }

  /**
   * How far the other program's own numbers in single precision are from its numbers in double
   * precision, where it was measured. It is large for the gradient where a unit is so near the kink
   * of its ReLU that rounding decides whether it is on.
   */
  public Deviation rounding() {
    Tensor told = NpzFile.read(expected).get("float32");
    float[] off = told == null ? new float[0] : told.as(DataType.FLOAT).floats();
    return new Deviation(off.length > 1 ? off[1] : 0, off.length > 0 ? off[0] : 0);
  }

  /** Loads the model, runs it and its gradient once, and compares. */
  public Deviation measure() {
    Map<String, Tensor> numbers = NpzFile.read(expected);
    Model loaded = load(series(numbers, "x"));
    return measure(passes ? loaded.graph() : loaded.imported().graph(), numbers);
  }

  /**
   * Runs a graph and its gradient once and compares with another program's numbers.
   *
   * @param numbers as the arrays of an .npz; outputs without cotangents are not differentiated
   */
  public static Deviation measure(Graph graph, Map<String, Tensor> numbers) {
    List<Tensor> inputs = series(numbers, "x");
    List<Tensor> outputs = series(numbers, "y");
    Map<String, Tensor> feed = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = graph.inputs().get(i);
      feed.put(input.name(), inputs.get(i).as(input.type()));
    }
    GraphBuilder g = GraphBuilder.from(graph);
    List<Value> wanted = new ArrayList<>();
    graph.outputs().stream().limit(outputs.size()).map(g::lookUp).forEach(wanted::add);
    Map<Integer, Tensor> slopes = new TreeMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Optional<Tensor> slope =
          Optional.ofNullable(numbers.get(i == 0 && numbers.containsKey("g") ? "g" : "g" + i));
      if (slope.isPresent()) {
        slopes.put(i, slope.get());
      }
    }
    wanted.addAll(gradients(g, graph, series(numbers, "r"), List.copyOf(slopes.keySet()), feed));
    Graph derived = g.build(wanted);
    try (CompiledGraph compiled = CompiledGraph.of(derived, RuntimeOptions.defaults())) {
      Map<String, Tensor> run = compiled.run(feed);
      List<Tensor> results =
          derived.outputs().stream().map(o -> Objects.requireNonNull(run.get(o))).toList();
      int n = outputs.size();
      return new Deviation(
          worst(results.subList(0, n), outputs),
          worst(results.subList(n, results.size()), List.copyOf(slopes.values())));
    }
  }

  private static double worst(List<Tensor> actual, List<Tensor> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double worst = 0;
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).shape()).isEqualTo(expected.get(i).shape());
      worst = Math.max(worst, deviation(actual.get(i).as(DataType.FLOAT), expected.get(i)));
    }
    return worst;
  }

  /** The gradients by the chosen inputs, summed over the outputs that have a cotangent. */
  private static List<Value> gradients(
      GraphBuilder g,
      Graph graph,
      List<Tensor> cotangents,
      List<Integer> by,
      Map<String, Tensor> feed) {
    List<String> names = by.stream().map(i -> graph.inputs().get(i).name()).toList();
    List<Value> sums = List.of();
    for (int k = 0; k < cotangents.size() && !by.isEmpty(); k++) {
      Value output = g.lookUp(graph.outputs().get(k));
      if (!output.type().isFloating()) {
        continue; // places of the largest elements, and such
      }
      Value seed = g.input("seed" + k, output.type(), output.shape());
      feed.put(seed.name(), cotangents.get(k));
      List<Value> parts =
          new Differentiator(RuleSet.plain()).gradients(g, graph, output.name(), seed, names);
      List<Value> before = sums;
      sums =
          before.isEmpty()
              ? parts
              : IntStream.range(0, parts.size())
                  .mapToObj(i -> g.add(before.get(i), parts.get(i)))
                  .toList();
    }
    return sums;
  }

  private Model load(List<Tensor> inputs) {
    Map<String, Shape> shapes =
        inputs.size() == 1 ? Map.of("", inputs.get(0).shape().with(0, Shape.BATCH)) : Map.of();
    return ModelLoader.standard()
        .load(ModelRequest.of(model).with(options.withInputShapes(shapes)));
  }

  private static List<Tensor> series(Map<String, Tensor> numbers, String letter) {
    List<Tensor> list = new ArrayList<>();
    if (numbers.containsKey(letter)) {
      list.add(Objects.requireNonNull(numbers.get(letter)));
    }
    for (int i = list.size(); numbers.containsKey(letter + i); i++) {
      list.add(Objects.requireNonNull(numbers.get(letter + i)));
    }
    return list;
  }

  /**
   * The largest difference over the largest expected magnitude; infinite where a number is none.
   */
  public static double deviation(Tensor actual, Tensor expected) {
    float[] a = actual.floats();
    float[] e = expected.floats();
    assertThat(a).hasSameSizeAs(e);
    double worst = 0;
    double largest = 1e-6;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - e[i]);
      if (Double.isNaN(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      worst = Math.max(worst, difference);
      largest = Math.max(largest, Math.abs(e[i]));
    }
    return worst / largest;
  }
}
