package dev.picasso.format.tflite.operators;

import dev.picasso.PicassoException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.SampleInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a graph makes of each image in a batch what it makes of the image alone. Files that were
 * made for one image may say "the first" or "all" where they mean "each".
 */
final class OneByOne {
  private static final double TOLERANCE = 1e-4;

  /** Pixels may be wanted from 0 to 1 or from 0 to 255. */
  private static final float[] RANGES = {1, 255};

  private final Evaluator evaluator;

  OneByOne(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  boolean holds(Graph graph) {
    try {
      for (float range : RANGES) {
        if (!holds(graph, scaled(SampleInputs.of(graph, 2, 11), range))) {
          return false;
        }
      }
      return true;
    } catch (PicassoException e) {
      return false; // it cannot be run with two, which is the answer
    }
  }

  private boolean holds(Graph graph, Map<String, Tensor> two) {
    List<Map<String, Tensor>> runs = new ArrayList<>(List.of(two));
    for (int image = 0; image < 2; image++) {
      Map<String, Tensor> alone = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> input : two.entrySet()) {
        alone.put(input.getKey(), half(input.getValue(), image));
      }
      runs.add(alone);
    }
    List<Map<String, Tensor>> results = evaluator.runAll(graph, runs);
    return graph.outputs().stream()
        .allMatch(
            o ->
                same(result(results, 0, o), result(results, 1, o), 0)
                    && same(result(results, 0, o), result(results, 2, o), 1));
  }

  private static Tensor result(List<Map<String, Tensor>> results, int run, String name) {
    return Optional.ofNullable(results.get(run).get(name)).orElseThrow();
  }

  private static Map<String, Tensor> scaled(Map<String, Tensor> inputs, float factor) {
    Map<String, Tensor> scaled = new LinkedHashMap<>();
    inputs.forEach(
        (name, tensor) -> {
          float[] values = tensor.floats();
          for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
          }
          boolean floats = tensor.type() == DataType.FLOAT;
          scaled.put(name, floats ? Tensor.of(values, tensor.shape().dims()) : tensor);
        });
    return scaled;
  }

  private static Tensor half(Tensor two, int image) {
    float[] values = two.floats();
    int length = values.length / 2;
    float[] own = java.util.Arrays.copyOfRange(values, image * length, (image + 1) * length);
    long[] dims = two.shape().dims();
    dims[0] /= 2;
    return Tensor.of(own, dims).as(two.type());
  }

  private static boolean same(Tensor both, Tensor alone, int image) {
    float[] all = both.floats();
    float[] own = alone.floats();
    if (all.length != 2 * own.length) {
      return false;
    }
    double largest = 1e-6;
    double off = 0;
    for (int i = 0; i < own.length; i++) {
      double difference = Math.abs((double) all[image * own.length + i] - own[i]);
      boolean noNumbers = Float.isNaN(own[i]) && Float.isNaN(all[image * own.length + i]);
      off = noNumbers ? off : Math.max(off, Double.isNaN(difference) ? 1e300 : difference);
      largest = Math.max(largest, Float.isFinite(own[i]) ? Math.abs(own[i]) : 0);
    }
    return off <= TOLERANCE * largest;
  }
}
