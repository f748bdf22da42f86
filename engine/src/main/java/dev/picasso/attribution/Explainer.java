package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.format.ModelException;
import dev.picasso.gradient.Backpropagation;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.util.Collections;
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
  private final Map<String, Tensor> held;
  private final Map<Object, Program> programs;
  private final Stop stop;

  public Explainer(Model model, RuntimeOptions options) {
    this(model, options, Map.of());
  }

  /**
   * An explainer of a model with several inputs.
   *
   * @param held what the inputs hold that are not explained, one row each; every image that is
   *     explained goes together with it
   */
  public Explainer(Model model, RuntimeOptions options, Map<String, Tensor> held) {
    this(model, options, Map.copyOf(held), new HashMap<>(), new Stop());
  }

  private Explainer(
      Model model,
      RuntimeOptions options,
      Map<String, Tensor> held,
      Map<Object, Program> programs,
      Stop stop) {
    this.model = model;
    this.options = options;
    this.held = held;
    this.programs = programs;
    this.stop = stop;
  }

  /**
   * The same explainer, compiled graphs included, for a piece of work that may be stopped: its
   * methods then throw a {@link dev.picasso.StoppedException}, also in the middle of a run. Closing
   * one closes both.
   */
  public Explainer stoppedBy(Stop wish) {
    return new Explainer(model, options, held, programs, wish);
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
   * @param x for the input that is explained, in the file's layout, any number of images
   */
  public Predictions predict(Tensor x) {
    return predict(withHeld(x));
  }

  /** Scores and probabilities, with something for each input. */
  public Predictions predict(Map<String, Tensor> inputs) {
    String scores = model.scores().scores();
    String probabilities = model.scores().probabilities();
    Program forward =
        compiled(
            "forward", () -> model.scores().graph().withOutputs(List.of(scores, probabilities)));
    Map<String, Tensor> out = forward.run(inputs, stop);
    return new Predictions(floats(out, scores), floats(out, probabilities));
  }

  /**
   * The gradients of one target of each image.
   *
   * @param x for the input that is explained, in the file's layout, [N, …]
   * @param targets one for each image
   * @return ∂quantity[n, targets[n]]/∂x[n], of the shape of x
   */
  public Tensor gradient(Tensor x, List<Integer> targets, Quantity of, Gradients kind) {
    return gradient(withHeld(x), explained(), targets, of, kind);
  }

  /** The same by any input, with something for each. */
  public Tensor gradient(
      Map<String, Tensor> inputs, String by, List<Integer> targets, Quantity of, Gradients kind) {
    Program program =
        compiled(
            List.of("gradient", by, of, kind),
            () -> GradientGraphs.forAnyTarget(model, by, of, kind));
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.put(GradientGraphs.SEED, GradientGraphs.seed(model.scores().targets(), targets));
    return floats(program.run(all, stop), GradientGraphs.GRADIENT);
  }

  /** Whether guided backpropagation differs from the plain gradient at all. */
  public boolean hasRectifiers() {
    return Backpropagation.hasRectifiers(model.scores().graph());
  }

  /** The input that takes the images, or the only one of a model that takes something else. */
  private String explained() {
    List<Value> inputs = model.graph().inputs();
    if (inputs.size() != 1 && model.input().isEmpty()) {
      throw new IllegalStateException("none of " + inputs.size() + " inputs takes images");
    }
    return model.input().map(InputSpec::name).orElseGet(() -> inputs.get(0).name());
  }

  /** A tensor for each input: x, and beside each of its rows what the others hold. */
  private Map<String, Tensor> withHeld(Tensor x) {
    Value explained = model.graph().value(explained());
    model.graph().inputs().stream()
        .filter(input -> !input.name().equals(explained.name()))
        .filter(input -> !held.containsKey(input.name()))
        .findFirst()
        .ifPresent(
            input -> {
              throw new ModelException(
                  model.title() + ": nothing is held for the input " + input.name() + ".");
            });
    Map<String, Tensor> all = new LinkedHashMap<>();
    held.forEach(
        (name, one) -> all.put(name, beside(x, explained, one, model.graph().value(name))));
    all.put(explained.name(), x);
    return all;
  }

  private static Tensor beside(Tensor x, Value explained, Tensor one, Value input) {
    boolean batched = input.rank() > 0 && input.dim(0) == explained.dim(0);
    int rows = Math.toIntExact(x.shape().dim(0));
    return batched && one.shape().dim(0) == 1
        ? Batches.joined(Collections.nCopies(rows, one))
        : one;
  }

  private static Tensor floats(Map<String, Tensor> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow().as(DataType.FLOAT);
  }

  private Program compiled(Object key, Supplier<Graph> graph) {
    synchronized (programs) {
      Program known = programs.get(key);
      if (known == null) {
        stop.check();
        Graph made = graph.get();
        stop.check();
        known = Program.of(made, options);
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
