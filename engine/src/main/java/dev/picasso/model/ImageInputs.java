package dev.picasso.model;

import dev.picasso.graph.Graph;
import java.util.Comparator;
import java.util.Optional;

/** Which of a model's inputs takes the images that are explained. */
final class ImageInputs {
  private ImageInputs() {}

  /**
   * The first input that takes images. Where there are several inputs, one with channels wins over
   * a stack of rows, and a vector is never taken for a picture: it stands for something else.
   */
  static Optional<InputSpec> explained(Graph graph) {
    if (graph.inputs().size() == 1) {
      return InputSpec.of(graph, graph.inputs().get(0));
    }
    return graph.inputs().stream()
        .filter(input -> input.rank() > 2)
        .sorted(Comparator.comparingInt(input -> -input.rank()))
        .flatMap(input -> InputSpec.of(graph, input).stream())
        .findFirst();
  }
}
