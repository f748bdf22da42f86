package dev.picasso.attribution.gradients;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The biases of a graph that stand at every position of a plane: [N, C, h, w]. */
final class Biases {
  private static final double EPSILON = 1e-5;

  private Biases() {}

  /**
   * A bias.
   *
   * @param value what it is added into
   * @param numbers one for each channel
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Bias(String value, float[] numbers) {}

  /**
   * Those of convolutions, also where the file adds them by themselves, and what batch
   * normalizations add: β − μ·γ/√(σ² + ε).
   *
   * @param of only what this value depends on
   */
  static List<Bias> of(Graph graph, String of) {
    Set<String> needed = new HashSet<>();
    graph.withOutputs(List.of(of)).nodes().forEach(n -> needed.addAll(n.outputs()));
    List<Bias> found = new ArrayList<>();
    for (Node node : graph.nodes()) {
      boolean plane =
          needed.contains(node.output())
              && graph.find(node.output()).filter(v -> v.rank() == 4 && v.dim(1) > 0).isPresent();
      if (plane) {
        int channels = (int) graph.value(node.output()).dim(1);
        numbers(graph, node, channels)
            .filter(numbers -> numbers.length == channels)
            .ifPresent(numbers -> found.add(new Bias(node.output(), numbers)));
      }
    }
    return found;
  }

  private static Optional<float[]> numbers(Graph graph, Node node, int channels) {
    return switch (node.op()) {
      case "Conv", "ConvTranspose" -> constant(graph, node, 2).map(Tensor::floats);
      case "Add" -> added(graph, node, channels);
      case "BatchNormalization" -> normalization(graph, node);
      default -> Optional.empty();
    };
  }

  private static Optional<Tensor> constant(Graph graph, Node node, int input) {
    return node.hasInput(input) ? graph.constant(node.inputs().get(input)) : Optional.empty();
  }

  /** A constant that is added to what a convolution makes, one number a channel. */
  private static Optional<float[]> added(Graph graph, Node node, int channels) {
    for (int i = 0; i < 2; i++) {
      boolean behind =
          graph
              .producer(node.inputs().get(1 - i))
              .filter(p -> p.op().startsWith("Conv"))
              .isPresent();
      Optional<Tensor> bias = constant(graph, node, i).filter(t -> perChannel(t.shape(), channels));
      if (behind && bias.isPresent()) {
        float[] numbers = bias.get().floats();
        float[] all = new float[channels];
        for (int c = 0; c < channels; c++) {
          all[c] = numbers[numbers.length == 1 ? 0 : c];
        }
        return Optional.of(all);
      }
    }
    return Optional.empty();
  }

  private static boolean perChannel(Shape shape, int channels) {
    int axis = shape.rank() - 3;
    return shape.size() == 1
        || (axis >= 0 && shape.dim(axis) == channels && shape.size() == channels);
  }

  private static Optional<float[]> normalization(Graph graph, Node node) {
    List<Optional<float[]>> inputs = new ArrayList<>();
    for (int i = 1; i < 5; i++) {
      inputs.add(constant(graph, node, i).map(Tensor::floats));
    }
    if (inputs.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    float[] scale = inputs.get(0).get();
    float[] shift = inputs.get(1).get();
    float[] mean = inputs.get(2).get();
    float[] variance = inputs.get(3).get();
    double epsilon = node.attributes().real("epsilon", EPSILON);
    float[] bias = new float[scale.length];
    for (int c = 0; c < bias.length; c++) {
      bias[c] = (float) (shift[c] - mean[c] * scale[c] / Math.sqrt(variance[c] + epsilon));
    }
    return Optional.of(bias);
  }
}
