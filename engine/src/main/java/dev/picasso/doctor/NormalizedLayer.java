package dev.picasso.doctor;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch normalization, whose running statistics are what its layer saw in training.
 *
 * @param value what it normalizes, [N, C, …]
 * @param mean running mean of each channel
 * @param variance running variance of each channel
 */
record NormalizedLayer(String value, List<Double> mean, List<Double> variance) {
  private static final int MOST_CHANNELS = 1 << 16;

  NormalizedLayer {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
  }

  /** Those of a graph in the order in which they come, the first ones only. */
  static List<NormalizedLayer> of(Graph graph, int most) {
    List<NormalizedLayer> all = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (all.size() < most) {
        of(graph, node).filter(NormalizedLayer::isMeasured).ifPresent(all::add);
      }
    }
    return all;
  }

  /** Whether no normalization of a graph has ever measured anything. */
  static boolean isUntouched(Graph graph) {
    return graph.nodes().stream()
        .flatMap(n -> of(graph, n).stream())
        .noneMatch(NormalizedLayer::isMeasured);
  }

  private static Optional<NormalizedLayer> of(Graph graph, Node node) {
    if (!node.op().equals("BatchNormalization") || !node.domain().isEmpty() || !node.hasInput(4)) {
      return Optional.empty();
    }
    Optional<Value> x = graph.find(node.inputs().get(0));
    Optional<List<Double>> mean = numbers(graph, node.inputs().get(3));
    Optional<List<Double>> variance = numbers(graph, node.inputs().get(4));
    if (x.isEmpty() || mean.isEmpty() || variance.isEmpty()) {
      return Optional.empty();
    }
    Value value = x.get();
    boolean fits =
        value.type() == DataType.FLOAT
            && value.rank() >= 2
            && graph.constant(value.name()).isEmpty()
            && (value.dim(0) == Shape.BATCH || value.dim(0) == 1)
            && mean.get().size() == variance.get().size()
            && value.dim(1) == mean.get().size();
    return fits
        ? Optional.of(new NormalizedLayer(value.name(), mean.get(), variance.get()))
        : Optional.empty();
  }

  private static Optional<List<Double>> numbers(Graph graph, String name) {
    return graph
        .constant(name)
        .filter(t -> t.type() == DataType.FLOAT && t.size() <= MOST_CHANNELS)
        .map(Tensor::floats)
        .map(
            floats -> {
              List<Double> numbers = new ArrayList<>(floats.length);
              for (float f : floats) {
                numbers.add((double) f);
              }
              return numbers;
            });
  }

  /** Whether they were ever measured: training begins with a mean of 0 and a variance of 1. */
  private boolean isMeasured() {
    boolean finite =
        mean.stream().allMatch(Double::isFinite) && variance.stream().allMatch(Double::isFinite);
    boolean touched =
        mean.stream().anyMatch(m -> Math.abs(m) > 1e-6)
            || variance.stream().anyMatch(v -> Math.abs(v - 1) > 1e-6);
    return finite && touched;
  }

  int channels() {
    return mean.size();
  }

  /**
   * How far activations are from those of training: for each channel ½ ln(1 + (m − μ)²/σ²) + ½ |ln
   * v/σ²|, of which the mean. 0 for the same; half the logarithm of how much too large a deviation
   * is counts once.
   *
   * @param m mean of each channel
   * @param v variance of each channel
   */
  double distance(double[] m, double[] v) {
    double sum = 0;
    int counted = 0;
    double typical = variance.stream().mapToDouble(x -> Math.max(x, 0)).average().orElse(1);
    for (int c = 0; c < channels(); c++) {
      double floor = 1e-6 * typical + 1e-12;
      double sigma = Math.max(variance.get(c), 0);
      if (sigma <= floor) {
        continue; // a channel that is always the same tells of no scale
      }
      double away = (m[c] - mean.get(c)) * (m[c] - mean.get(c)) / sigma;
      double ratio = Math.abs(Math.log(Math.max(v[c], 1e-6 * sigma) / sigma));
      sum += .5 * Math.log1p(away) + .5 * ratio;
      counted++;
    }
    return counted == 0 ? 0 : sum / counted;
  }
}
