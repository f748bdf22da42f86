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

/**
 * A model file with what another program made of it, in an .npz beside: inputs x or x0, x1 …,
 * outputs y or y0, y1 …, and the gradients g or g0, g1 … of Σ r·y by the inputs.
 */
public record OracleCase(Path model, Path expected) {
  private static final double OUTPUTS = 1e-4;
  private static final double GRADIENTS = 1e-3;

  /** How far outputs and gradients are off, relative to the largest magnitude. */
  public record Deviation(double outputs, double gradients) {}

  /** Fails unless outputs agree to 1e-4 and gradients to 1e-3. */
  public void check() {
    Deviation deviation = measure();
    assertThat(deviation.outputs()).as("outputs of %s", model.getFileName()).isLessThan(OUTPUTS);
    assertThat(deviation.gradients())
        .as("gradients of %s", model.getFileName())
        .isLessThan(GRADIENTS);
  }

  public Deviation measure() {
    Map<String, Tensor> numbers = NpzFile.read(expected);
    List<Tensor> inputs = series(numbers, "x");
    List<Tensor> outputs = series(numbers, "y");
    List<Tensor> cotangents = series(numbers, "r");
    List<Tensor> gradients = series(numbers, "g");
    Model loaded = load(inputs);
    Graph graph = loaded.graph();
    GraphBuilder g = GraphBuilder.from(graph);
    Map<String, Tensor> feed = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = graph.inputs().get(i);
      feed.put(input.name(), fit(inputs.get(i), input));
    }
    List<Value> wanted = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      wanted.add(g.lookUp(graph.outputs().get(i)));
    }
    boolean differentiable = !gradients.isEmpty() && !cotangents.isEmpty();
    if (differentiable) {
      Value output = wanted.get(0);
      Value seed = g.input("seed", output.type(), output.shape());
      feed.put(seed.name(), cotangents.get(0));
      List<String> by = graph.inputs().stream().limit(gradients.size()).map(Value::name).toList();
      wanted.addAll(
          new Differentiator(RuleSet.plain()).gradients(g, graph, output.name(), seed, by));
    }
    Graph derived = g.build(wanted);
    try (CompiledGraph compiled = CompiledGraph.of(derived, RuntimeOptions.defaults())) {
      Map<String, Tensor> results = compiled.run(feed);
      double worstOutput = 0;
      double worstGradient = 0;
      for (int i = 0; i < derived.outputs().size(); i++) {
        Tensor actual = results.get(derived.outputs().get(i)).as(DataType.FLOAT);
        if (i < outputs.size()) {
          assertThat(actual.shape()).isEqualTo(outputs.get(i).shape());
          worstOutput = Math.max(worstOutput, deviation(actual, outputs.get(i)));
        } else {
          Tensor wantedGradient = gradients.get(i - outputs.size());
          worstGradient = Math.max(worstGradient, deviation(actual, wantedGradient));
        }
      }
      return new Deviation(worstOutput, worstGradient);
    }
  }

  private Model load(List<Tensor> inputs) {
    ModelRequest request = ModelRequest.of(model);
    Map<String, Shape> shapes =
        inputs.size() == 1 ? Map.of("", inputs.get(0).shape().with(0, Shape.BATCH)) : Map.of();
    return ModelLoader.standard().load(request.with(ImportOptions.none().withInputShapes(shapes)));
  }

  private static Tensor fit(Tensor x, Value input) {
    return x.as(input.type());
  }

  private static List<Tensor> series(Map<String, Tensor> numbers, String letter) {
    List<Tensor> list = new ArrayList<>();
    if (numbers.containsKey(letter)) {
      list.add(numbers.get(letter));
    }
    for (int i = 0; numbers.containsKey(letter + i); i++) {
      list.add(numbers.get(letter + i));
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
