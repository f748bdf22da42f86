package dev.picasso.model.output;

import dev.picasso.PicassoException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.SampleInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a value was for inputs that differ: nothing, noise from 0 to 1, and noise from 0 to 255. It
 * takes three runs of one image, so it is for what operators do not tell.
 */
public final class Trial {
  private static final double TOLERANCE = 2e-3;

  private final List<Tensor> results;

  private Trial(List<Tensor> results) {
    this.results = results;
  }

  /** Runs a graph for one of its values; empty if it cannot be run. */
  public static Optional<Trial> of(Graph graph, String value, Evaluator evaluator) {
    try {
      List<Map<String, Tensor>> inputs = new ArrayList<>();
      inputs.add(times(SampleInputs.of(graph, 1, 1), 0));
      inputs.add(SampleInputs.of(graph, 1, 2));
      inputs.add(times(SampleInputs.of(graph, 1, 3), 255));
      Graph part = graph.withOutputs(List.of(value));
      List<Tensor> results =
          evaluator.runAll(part, inputs).stream()
              .map(r -> Optional.ofNullable(r.get(value)))
              .flatMap(Optional::stream)
              .map(t -> t.as(DataType.FLOAT))
              .filter(Trial::tells)
              .toList();
      return results.size() > 1 ? Optional.of(new Trial(results)) : Optional.empty();
    } catch (PicassoException e) {
      return Optional.empty(); // whoever runs the model for its own sake will hear why
    }
  }

  /** Nothing in may give nothing out, divided by nothing. */
  private static boolean tells(Tensor result) {
    boolean any = false;
    for (float number : result.floats()) {
      if (Float.isNaN(number)) {
        return false;
      }
      any |= number != 0;
    }
    return any;
  }

  /** Floating-point inputs multiplied; the others as they are. */
  private static Map<String, Tensor> times(Map<String, Tensor> inputs, float factor) {
    Map<String, Tensor> changed = new LinkedHashMap<>();
    inputs.forEach((name, x) -> changed.put(name, x.type().isFloating() ? times(x, factor) : x));
    return changed;
  }

  private static Tensor times(Tensor x, float factor) {
    float[] numbers = x.floats();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= factor;
    }
    return Tensor.of(numbers, x.shape().dims()).as(x.type());
  }

  /**
   * To what the numbers along an axis sum up, if they are shares of 1 or of 100 for every input,
   * and not the same for all.
   */
  public Optional<Double> sum(int axis) {
    for (double whole : new double[] {1, 100}) {
      boolean all =
          within(0, whole)
              && norms(axis, 1).stream().allMatch(n -> Math.abs(n - whole) < TOLERANCE * whole);
      if (all && differ()) {
        return Optional.of(whole);
      }
    }
    return Optional.empty();
  }

  /** Whether vectors along an axis have length 1 for every input, and are not the same for all. */
  public boolean hasUnitLength(int axis) {
    return differ() && norms(axis, 2).stream().allMatch(n -> Math.abs(n - 1) < TOLERANCE);
  }

  /** Whether all numbers are between two, but for rounding. */
  public boolean within(double low, double high) {
    double slack = 1e-5 * (high - low);
    for (Tensor result : results) {
      for (float number : result.floats()) {
        if (!(number >= low - slack && number <= high + slack)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the inputs made a difference. */
  public boolean differ() {
    float[] first = results.get(0).floats();
    for (Tensor result : results) {
      float[] other = result.floats();
      for (int i = 0; i < Math.min(first.length, other.length); i++) {
        if (Math.abs(first[i] - other[i]) > 1e-6f) {
          return true;
        }
      }
    }
    return false;
  }

  /** Σ |x|, or √ Σ x², along an axis. */
  private List<Double> norms(int axis, int power) {
    List<Double> norms = new ArrayList<>();
    for (Tensor result : results) {
      Shape shape = result.shape();
      if (axis >= shape.rank()) {
        return List.of(Double.NaN);
      }
      float[] numbers = result.floats();
      int inner = 1;
      for (int i = axis + 1; i < shape.rank(); i++) {
        inner *= (int) shape.dim(i);
      }
      int length = (int) shape.dim(axis);
      int block = inner * length;
      for (int from = 0; block > 0 && from < numbers.length; from += block) {
        for (int i = 0; i < inner; i++) {
          norms.add(norm(numbers, from + i, inner, length, power));
        }
      }
    }
    return norms.isEmpty() ? List.of(Double.NaN) : norms;
  }

  private static double norm(float[] numbers, int from, int step, int length, int power) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double x = numbers[from + i * step];
      sum += power == 1 ? Math.abs(x) : x * x;
    }
    return power == 1 ? sum : Math.sqrt(sum);
  }
}
