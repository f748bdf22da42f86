package dev.picasso.attribution;

import dev.picasso.format.ModelException;
import dev.picasso.gradient.RuleSet;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
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
  private final Model model;
  private final RuntimeOptions options;
  private final Map<Object, Program> programs = new HashMap<>();

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
    Program forward =
        compiled(
            "forward", () -> model.scores().graph().withOutputs(List.of(scores, probabilities)));
    Map<String, Tensor> out = forward.run(inputs);
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
    Program program =
        compiled(
            List.of("gradient", by, of, kind),
            () -> GradientGraphs.forAnyTarget(model, by, of, kind));
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.put(GradientGraphs.SEED, GradientGraphs.seed(model.scores().targets(), targets));
    return floats(program.run(all), GradientGraphs.GRADIENT);
  }

  /** Whether guided backpropagation differs from the plain gradient at all. */
  public boolean hasRectifiers() {
    return RuleSet.hasRectifiers(model.scores().graph());
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

  private Program compiled(Object key, Supplier<Graph> graph) {
    synchronized (programs) {
      Program known = programs.get(key);
      if (known == null) {
        known = Program.of(graph.get(), options);
        programs.put(key, known);
      }
      return known;
    }
  }

  /** Waits for runs that are under way. */
  @Override
  public void close() {
    synchronized (programs) {
      programs.values().forEach(Program::close);
      programs.clear();
    }
  }
}
