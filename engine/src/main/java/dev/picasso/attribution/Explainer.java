package dev.picasso.attribution;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a model and the graphs derived from it. Each is compiled once, when first asked for, and
 * reused; methods may be called from several threads. It owns native sessions: close it.
 */
public final class Explainer implements AutoCloseable {
  private record Compiled(CompiledGraph program, Graph graph, int batch) {}

  private final Model model;
  private final RuntimeOptions options;
  private final Map<Object, Compiled> programs = new HashMap<>();

  public Explainer(Model model, RuntimeOptions options) {
    this.model = model;
    this.options = options;
  }

  public Model model() {
    return model;
  }

  /**
   * How the model takes images.
   *
   * @throws dev.picasso.format.ModelException if it takes none
   */
  public InputSpec imageInput() {
    return model
        .input()
        .orElseThrow(
            () ->
                new ModelException(
                    model.title()
                        + " takes no images: its input is "
                        + model.graph().inputs().get(0).shape()
                        + "."));
  }

  /**
   * Scores and probabilities.
   *
   * @param x the model's only input, in the file's layout, any number of images
   */
  public Predictions predict(Tensor x) {
    return predict(Map.of(onlyInput(), x));
  }

  /** Scores and probabilities of a model with several inputs. */
  public Predictions predict(Map<String, Tensor> inputs) {
    String scores = model.scores().scores();
    String probabilities = model.scores().probabilities();
    Compiled forward =
        compiled(
            "forward", () -> model.scores().graph().withOutputs(List.of(scores, probabilities)));
    Map<String, Tensor> out = run(forward, inputs);
    return new Predictions(floats(out, scores), floats(out, probabilities));
  }

  /**
   * The gradients of one target of each image.
   *
   * @param x the model's only input, in the file's layout, [N, …]
   * @param targets one for each image
   * @return ∂quantity[n, targets[n]]/∂x[n], of the shape of x
   */
  public Tensor gradient(Tensor x, List<Integer> targets, Quantity of, Gradients kind) {
    return gradient(Map.of(onlyInput(), x), onlyInput(), targets, of, kind);
  }

  /** The same for one of several inputs. */
  public Tensor gradient(
      Map<String, Tensor> inputs, String by, List<Integer> targets, Quantity of, Gradients kind) {
    Compiled program =
        compiled(
            List.of("gradient", by, of, kind),
            () -> GradientGraphs.forAnyTarget(model, by, of, kind));
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.put(GradientGraphs.SEED, GradientGraphs.seed(model.scores().targets(), targets));
    return floats(run(program, all), GradientGraphs.GRADIENT);
  }

  private String onlyInput() {
    List<Value> inputs = model.graph().inputs();
    if (inputs.size() != 1) {
      throw new IllegalStateException("the model has " + inputs.size() + " inputs");
    }
    return inputs.get(0).name();
  }

  private static Tensor floats(Map<String, Tensor> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow().as(DataType.FLOAT);
  }

  private Compiled compiled(Object key, Supplier<Graph> graph) {
    synchronized (programs) {
      Compiled known = programs.get(key);
      if (known == null) {
        Graph derived = graph.get();
        known = new Compiled(CompiledGraph.of(derived, options), derived, batchSize(derived));
        programs.put(key, known);
      }
      return known;
    }
  }

  private static int batchSize(Graph graph) {
    long declared = graph.inputs().stream().mapToLong(i -> i.dim(0)).max().orElse(1);
    return declared > 0 ? (int) declared : Batches.size(graph);
  }

  /** Runs a program piece by piece along the batch and joins what comes out. */
  private static Map<String, Tensor> run(Compiled compiled, Map<String, Tensor> inputs) {
    Map<String, Tensor> typed = new LinkedHashMap<>();
    for (Value input : compiled.graph().inputs()) {
      Tensor given = inputs.get(input.name());
      if (given == null) {
        throw new IllegalArgumentException("the model needs an input " + input.name());
      }
      typed.put(input.name(), given.as(input.type()));
    }
    int rows = (int) typed.values().iterator().next().shape().dim(0);
    if (rows <= compiled.batch()) {
      return compiled.program().run(typed);
    }
    Map<String, List<Tensor>> parts = new LinkedHashMap<>();
    for (int from = 0; from < rows; from += compiled.batch()) {
      int start = from;
      int end = Math.min(rows, from + compiled.batch());
      Map<String, Tensor> piece = new LinkedHashMap<>();
      typed.forEach((name, tensor) -> piece.put(name, Batches.rows(tensor, start, end)));
      compiled
          .program()
          .run(piece)
          .forEach((name, t) -> parts.computeIfAbsent(name, k -> new ArrayList<>()).add(t));
    }
    Map<String, Tensor> joined = new LinkedHashMap<>();
    parts.forEach((name, list) -> joined.put(name, Batches.joined(list)));
    return joined;
  }

  @Override
  public void close() {
    synchronized (programs) {
      programs.values().forEach(c -> c.program().close());
      programs.clear();
    }
  }
}
