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
import dev.picasso.model.layers.Layer;
import dev.picasso.runtime.RuntimeOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs a model and the graphs derived from it. Each is compiled once, when first asked for, and
 * reused; methods may be called from several threads. It owns native sessions: close it.
 */
public final class Explainer implements AutoCloseable {
  private final Model model;
  private final Map<String, Tensor> held;
  private final Programs programs;
  private final RegionPlans plans;
  private final Stop stop;

  /** Whether it uses the programs still; one for all that are closed together. */
  private final AtomicBoolean open;

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
    this(
        model,
        Map.copyOf(held),
        new Programs(model, options),
        new RegionPlans(model),
        new Stop(),
        new AtomicBoolean(true));
  }

  private Explainer(
      Model model,
      Map<String, Tensor> held,
      Programs programs,
      RegionPlans plans,
      Stop stop,
      AtomicBoolean open) {
    this.model = model;
    this.held = held;
    this.programs = programs;
    this.plans = plans;
    this.stop = stop;
    this.open = open;
  }

  /**
   * The same explainer, compiled graphs included, for a piece of work that may be stopped: its
   * methods then throw a {@link dev.picasso.StoppedException}, also in the middle of a run. Closing
   * one closes both.
   */
  public Explainer stoppedBy(Stop wish) {
    return new Explainer(model, held, programs, plans, wish, open);
  }

  /** See {@link Renamed}, which keeps it out of what plugins are promised. */
  Explainer renamed(Model renamed) {
    programs.share();
    return new Explainer(renamed, held, programs, plans, stop, new AtomicBoolean(true));
  }

  /** See {@link Holding}, which keeps it out of what plugins are promised. */
  Explainer holding(Map<String, Tensor> others) {
    programs.share();
    return new Explainer(model, Map.copyOf(others), programs, plans, stop, new AtomicBoolean(true));
  }

  /**
   * An explainer of another model of the same inputs, which are held and run in the same way; the
   * same wish stops both. It has sessions of its own: close it.
   */
  public Explainer of(Model other) {
    return new Explainer(
        other, held, programs.of(other), new RegionPlans(other), stop, new AtomicBoolean(true));
  }

  public Model model() {
    return model;
  }

  /** What of the model is computed where a part of its image changes. */
  RegionPlans plans() {
    return plans;
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
    return predictions(runOn(Forward.SCORES, inputs));
  }

  /** The scores and probabilities among the outputs of a program. */
  public Predictions predictions(Map<String, Tensor> outputs) {
    return new Predictions(
        floats(outputs, model.scores().scores()), floats(outputs, model.scores().probabilities()));
  }

  /**
   * Runs a program that is derived from the model. It is compiled when it is first asked for, for
   * all who ask; any number of rows is run piece by piece, so that it fits the memory.
   *
   * @param x for the input that is explained, [N, …]
   * @param more for the inputs that the model has not, N rows each
   * @return its outputs, N rows each
   * @throws dev.picasso.StoppedException if the work is to end
   */
  public Map<String, Tensor> run(Derived what, Tensor x, Map<String, Tensor> more) {
    Map<String, Tensor> all = new LinkedHashMap<>(withHeld(x));
    all.putAll(more);
    return runOn(what, all);
  }

  /**
   * The same of a program that makes what the model sees, and so does not read the input that is
   * explained.
   *
   * @param rows how many there are of what goes with the batch
   */
  public Map<String, Tensor> run(Derived what, int rows, Map<String, Tensor> more) {
    Map<String, Tensor> all = heldBeside(rows);
    all.putAll(more);
    return runOn(what, all);
  }

  /**
   * The same where several things are asked about the same rows: what does not depend on what is
   * asked, such as the forward pass below gradients of several classes, is computed once.
   *
   * @param more for inputs that the model has not and that stay the same, N rows each
   * @param asked for those that change, N rows each; the same inputs each time
   * @return the outputs for each of {@code asked}
   */
  public List<Map<String, Tensor>> run(
      Derived what, Tensor x, Map<String, Tensor> more, List<Map<String, Tensor>> asked) {
    Map<String, Tensor> same = new LinkedHashMap<>(withHeld(x));
    same.putAll(more);
    Set<String> changing = asked.size() > 1 ? Set.copyOf(asked.get(0).keySet()) : Set.of();
    Programs.Key cut = new Programs.Key(what, changing, asked.size());
    return programs.use(cut, stop, program -> program.run(same, asked, stop));
  }

  /**
   * Runs a program once, on all that it is given, whose inputs need not have a row for each image.
   *
   * @param inputs for all inputs of the program but those that are held
   */
  Map<String, Tensor> runAsItIs(Derived what, Map<String, Tensor> inputs) {
    return programs.use(whole(what), stop, program -> program.asItIs(inputs, stop));
  }

  /**
   * The same on one thing after another, some side by side.
   *
   * @param inputs made when it is their turn, by several threads at once
   */
  List<Map<String, Tensor>> runAsItIs(Derived what, List<Supplier<Map<String, Tensor>>> inputs) {
    return programs.use(whole(what), stop, program -> program.asItIs(inputs, stop));
  }

  /** Ends the work here if it is to end; for loops that do long work without a run. */
  public void check() {
    stop.check();
  }

  /** The same with something for every input, the held ones too. */
  private Map<String, Tensor> runOn(Derived what, Map<String, Tensor> inputs) {
    return programs.use(
        whole(what), stop, program -> program.run(inputs, List.of(Map.of()), stop).get(0));
  }

  private static Programs.Key whole(Derived what) {
    return new Programs.Key(what);
  }

  /** Whether a program reads the input that is explained. */
  public boolean readsImage(Derived what) {
    String image = imageInput().name();
    return programs.use(whole(what), stop, program -> program.reads(image));
  }

  /** How many rows of a program fit the memory at once; a good size of pieces for long work. */
  public int batch(Derived what) {
    return programs.use(whole(what), stop, Program::batch);
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
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.put(GradientGraphs.SEED, GradientGraphs.seed(model.scores().targets(), targets));
    return floats(runOn(new InputGradient(by, of, kind), all), GradientGraphs.GRADIENT);
  }

  /**
   * The same by what a layer puts out.
   *
   * @return ∂quantity[n, targets[n]]/∂layer[n], in the layout of the file
   */
  public Tensor gradient(Map<String, Tensor> inputs, Layer by, List<Integer> targets, Quantity of) {
    Map<String, Tensor> all = new LinkedHashMap<>(inputs);
    all.put(GradientGraphs.SEED, GradientGraphs.seed(model.scores().targets(), targets));
    return floats(runOn(new LayerGradient(by, of), all), GradientGraphs.GRADIENT);
  }

  /** The gradient of any target by a layer. */
  private record LayerGradient(Layer by, Quantity of) implements Derived {
    @Override
    public Graph graph(Model model) {
      return GradientGraphs.byLayer(model, by, of);
    }
  }

  /** Scores, probabilities and the gradient of any target by an input. */
  private record InputGradient(String by, Quantity of, Gradients kind) implements Derived {
    @Override
    public Graph graph(Model model) {
      return GradientGraphs.forAnyTarget(model, by, of, kind);
    }
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
    Map<String, Tensor> all = heldBeside(Math.toIntExact(x.shape().dim(0)));
    all.put(explained(), x);
    return all;
  }

  private Map<String, Tensor> heldBeside(int rows) {
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
        (name, one) -> all.put(name, beside(rows, explained, one, model.graph().value(name))));
    return all;
  }

  private static Tensor beside(int rows, Value explained, Tensor one, Value input) {
    boolean batched = input.rank() > 0 && input.dim(0) == explained.dim(0);
    return batched && one.shape().dim(0) == 1
        ? Batches.joined(Collections.nCopies(rows, one))
        : one;
  }

  static Tensor floats(Map<String, Tensor> outputs, String name) {
    return Optional.ofNullable(outputs.get(name)).orElseThrow().as(DataType.FLOAT);
  }

  /** Waits for runs that are under way; nothing runs afterwards. */
  @Override
  public void close() {
    if (open.getAndSet(false)) {
      programs.close();
    }
  }
}
