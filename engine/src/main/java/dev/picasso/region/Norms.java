package dev.picasso.region;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.Optional;

/**
 * A batch normalization as a convolution that takes each channel alone. The runtime makes that of
 * it behind blocked values only; behind cells that have been put together it would be the end of
 * the blocked layout.
 *
 * @param weights [C, 1, 1, 1]
 * @param bias [C]
 */
record Norms(Tensor weights, Tensor bias) {
  /** Of a node with constant numbers over maps; empty for any other node. */
  static Optional<Norms> of(Graph graph, Node node) {
    if (!node.op().equals("BatchNormalization")
        || node.outputs().size() > 1
        || graph.find(node.output()).filter(v -> v.rank() == 4).isEmpty()) {
      return Optional.empty();
    }
    Optional<Tensor> scale = graph.constant(node.inputs().get(1));
    Optional<Tensor> shift = graph.constant(node.inputs().get(2));
    Optional<Tensor> mean = graph.constant(node.inputs().get(3));
    Optional<Tensor> variance = graph.constant(node.inputs().get(4));
    if (scale.isEmpty() || shift.isEmpty() || mean.isEmpty() || variance.isEmpty()) {
      return Optional.empty();
    }
    double epsilon = node.attributes().real("epsilon", 1e-5);
    float[] s = scale.get().floats();
    float[] b = shift.get().floats();
    float[] m = mean.get().floats();
    float[] v = variance.get().floats();
    float[] weights = new float[s.length];
    float[] bias = new float[s.length];
    for (int c = 0; c < s.length; c++) {
      double factor = s[c] / Math.sqrt(v[c] + epsilon);
      weights[c] = (float) factor;
      bias[c] = (float) (b[c] - m[c] * factor);
    }
    return Optional.of(new Norms(Tensor.of(weights, s.length, 1, 1, 1), Tensor.of(bias, s.length)));
  }

  Attributes attributes() {
    return Attributes.of("group", weights.shape().dim(0)).with("kernel_shape", new long[] {1, 1});
  }
}
