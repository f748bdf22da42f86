package dev.picasso.model.pixels;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The running statistics of a batch normalization that pixels go through, and what it does to them:
 * y = scale · (x − mean) / √(variance + ε) + bias, for each channel.
 */
record Statistics(
    List<Double> scale,
    List<Double> bias,
    List<Double> mean,
    List<Double> variance,
    double epsilon) {

  /** Those of a node; empty if it is none, or not with channels where the pixels have them. */
  static Optional<Statistics> of(Graph graph, Node node, Pixels x) {
    boolean axisFits = x.axis() == 1 || x.isSingle();
    List<List<Double>> given = new ArrayList<>();
    for (int i = 1; i < 5 && node.hasInput(i); i++) {
      graph
          .constant(node.inputs().get(i))
          .filter(t -> t.size() == x.channels().size())
          .map(Statistics::numbers)
          .ifPresent(given::add);
    }
    return node.op().equals("BatchNormalization") && axisFits && given.size() == 4
        ? Optional.of(
            new Statistics(
                given.get(0),
                given.get(1),
                given.get(2),
                given.get(3),
                node.attributes().real("epsilon", 1e-5)))
        : Optional.empty();
  }

  private static List<Double> numbers(Tensor tensor) {
    float[] floats = tensor.floats();
    return IntStream.range(0, floats.length).mapToObj(i -> (double) floats[i]).toList();
  }

  double factor(int channel) {
    return scale.get(channel) / Math.sqrt(variance.get(channel) + epsilon);
  }

  double shift(int channel) {
    return bias.get(channel);
  }

  double mean(int channel) {
    return mean.get(channel);
  }

  double deviation(int channel) {
    return Math.sqrt(Math.max(variance.get(channel), 0));
  }

  /** Whether they were never measured: training begins with a mean of 0 and a variance of 1. */
  boolean isUntouched() {
    return all(mean, 0) && all(variance, 1);
  }

  private static boolean all(List<Double> numbers, double value) {
    return DoubleStream.of(numbers.stream().mapToDouble(n -> n).toArray())
        .allMatch(n -> Math.abs(n - value) < 1e-6);
  }
}
