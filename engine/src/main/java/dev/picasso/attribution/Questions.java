package dev.picasso.attribution;

import dev.picasso.gradient.Backpropagation;
import dev.picasso.gradient.Composite;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a piece of work with what is asked of each: the number that is explained, its
 * probability and its gradient, for the image of the row or for any other input in its place, such
 * as the image with noise, or with a part hidden.
 */
public final class Questions {
  private final Explainer explainer;
  private final List<Seed> seeds;

  private Questions(Explainer explainer, List<Seed> seeds) {
    this.explainer = explainer;
    this.seeds = List.copyOf(seeds);
  }

  /**
   * The questions of a method's work.
   *
   * @throws InapplicableException if the model cannot have one of the targets
   */
  public static Questions of(Explainer explainer, Images x, List<Target> targets) {
    return new Questions(explainer, Seeds.of(explainer, x, targets));
  }

  /** The value that a row's target weighs. */
  public String value(int row) {
    return seeds.get(row).value();
  }

  /** The weights of a row's target over the elements of {@link #value}, [1, …]. */
  public Tensor seed(int row) {
    return seeds.get(row).weights();
  }

  /**
   * The model with what is needed for the numbers of some rows; run it by {@link Explainer#run}.
   *
   * @param more names of further values that are wanted
   */
  public Forward forward(List<Integer> rows, List<String> more) {
    Set<String> values = new LinkedHashSet<>(more);
    values.addAll(values(rows));
    values.remove(explainer.model().scores().scores());
    values.remove(explainer.model().scores().probabilities());
    return new Forward(List.copyOf(values));
  }

  /** The values that some rows weigh, but for scores and probabilities, which come out anyway. */
  public List<String> values(List<Integer> rows) {
    Set<String> values = new LinkedHashSet<>();
    rows.forEach(row -> values.add(value(row)));
    values.remove(explainer.model().scores().scores());
    values.remove(explainer.model().scores().probabilities());
    return List.copyOf(values);
  }

  /**
   * The numbers of some rows' targets for other inputs in the place of their image.
   *
   * @param points [P, …]
   * @return for each of the rows P numbers
   */
  public float[][] numbers(List<Integer> rows, Tensor points, Quantity of) {
    Map<String, Tensor> outputs = explainer.run(forward(rows, List.of()), points, Map.of());
    float[][] numbers = new float[rows.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = read(rows.get(i), outputs, of);
    }
    return numbers;
  }

  /**
   * The numbers of a row's target in the outputs of a program.
   *
   * @param outputs with {@link #value} among them, and the model's scores and probabilities
   * @param of only one class as a whole has a probability; of all else, as the difference of two
   *     classes, the score is taken
   * @return a number for each row of the outputs
   */
  public float[] read(int row, Map<String, Tensor> outputs, Quantity of) {
    Seed seed = seeds.get(row);
    boolean share = of == Quantity.PROBABILITIES && hasProbability(row);
    String name = share ? explainer.model().scores().probabilities() : seed.value();
    float[] values = Explainer.floats(outputs, name).floats();
    float[] weights = seed.weights().floats();
    float[] numbers = new float[values.length / weights.length];
    for (int n = 0; n < numbers.length; n++) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] == 0 ? 0 : (double) weights[i] * values[n * weights.length + i];
      }
      numbers[n] = (float) sum;
    }
    return numbers;
  }

  /**
   * Whether a row asks about one class as a whole. Where a class is nearly sure, its probability
   * and the lead of it in probability hardly move any more while the scores do: so how far one is
   * ahead of another is told in scores.
   */
  public boolean hasProbability(int row) {
    Seed seed = seeds.get(row);
    return seed.value().equals(explainer.model().scores().scores()) && isOneClass(seed.weights());
  }

  private static boolean isOneClass(Tensor weights) {
    int ones = 0;
    for (float weight : weights.floats()) {
      if (weight != 0 && weight != 1) {
        return false;
      }
      ones += weight == 1 ? 1 : 0;
    }
    return ones == 1;
  }

  /** The gradient of a row's score by the input, at other inputs in the place of its image. */
  public Tensor gradients(int row, Tensor points) {
    return gradients(row, points, Backpropagation.PLAIN);
  }

  /**
   * What is walked back to the input, by any rules.
   *
   * @param points [P, …]
   * @return [P, …]
   */
  public Tensor gradients(int row, Tensor points, Composite rules) {
    int count = Math.toIntExact(points.shape().dim(0));
    Map<String, Tensor> seed =
        Map.of(GradientGraphs.SEED, Batches.repeated(seeds.get(row).weights(), count));
    return Explainer.floats(
        explainer.run(new WalkedBack(value(row), rules), points, seed), GradientGraphs.GRADIENT);
  }

  /** How many points of a row {@link #gradients} takes at once; more are cut into pieces. */
  public int batch(int row) {
    return explainer.batch(new WalkedBack(value(row), Backpropagation.PLAIN));
  }

  /** How many points {@link #numbers} takes at once; more are cut into pieces. */
  public int batch(List<Integer> rows) {
    return explainer.batch(forward(rows, List.of()));
  }

  /**
   * The gradient by the input alone.
   *
   * @param of the value that the seed weighs
   */
  private record WalkedBack(String of, Composite rules) implements Derived {
    @Override
    public Graph graph(Model model) {
      Sketch sketch = Sketch.of(model, of);
      GraphBuilder g = sketch.builder();
      Value gradient = sketch.walkedBack(rules, List.of(Sketch.explained(model))).get(0);
      return g.build(g.named(g.identity(gradient), GradientGraphs.GRADIENT));
    }
  }
}
