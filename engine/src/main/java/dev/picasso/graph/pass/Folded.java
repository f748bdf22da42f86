package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A convolution or matrix product and the normalization after it, as one.
 *
 * @param weights multiplied by a
 * @param bias multiplied by a, and b added
 */
record Folded(Node product, Node normalization, Tensor weights, Tensor bias) {

  /** Empty for other operators, and where weights or bias are no float constants. */
  static Optional<Folded> of(
      Graph graph, Node product, Node normalization, BatchNormFolding.Affine affine) {
    if (!product.domain().isEmpty() || product.inputs().size() < 2) {
      return Optional.empty();
    }
    Optional<Tensor> weights =
        graph.constant(product.inputs().get(1)).filter(t -> t.type() == DataType.FLOAT);
    Optional<double[]> bias = bias(graph, product, affine.channels());
    if (weights.isEmpty() || bias.isEmpty()) {
      return Optional.empty();
    }
    return channelOf(graph, product, weights.get(), affine.channels())
        .map(
            channel ->
                new Folded(
                    product,
                    normalization,
                    scaled(weights.get(), affine, channel),
                    shifted(bias.get(), affine)));
  }

  /** The bias of each output channel, as it is added. */
  private static Optional<double[]> bias(Graph graph, Node product, int channels) {
    double[] bias = new double[channels];
    if (!product.hasInput(2)) {
      return Optional.of(bias);
    }
    Optional<Tensor> given =
        graph.constant(product.inputs().get(2)).filter(t -> t.type() == DataType.FLOAT);
    if (given.isEmpty() || (given.get().size() != channels && given.get().size() != 1)) {
      return Optional.empty();
    }
    if (given.get().shape().rank() > 1 && given.get().shape().dim(-1) != given.get().size()) {
      return Optional.empty();
    }
    float[] values = given.get().floats();
    double beta = product.op().equals("Gemm") ? product.attributes().real("beta", 1) : 1;
    for (int c = 0; c < channels; c++) {
      bias[c] = beta * values[values.length == 1 ? 0 : c];
    }
    return Optional.of(bias);
  }

  /** Which output channel an element of the weights belongs to; empty if they do not fit. */
  private static Optional<IntUnaryOperator> channelOf(
      Graph graph, Node product, Tensor w, int channels) {
    long[] dims = w.shape().dims();
    int size = Math.toIntExact(w.size());
    return switch (product.op()) {
      case "Conv" -> when(dims[0] == channels, i -> i / (size / channels));
      case "ConvTranspose" -> {
        int groups = (int) product.attributes().integer("group", 1);
        int each = (int) dims[1];
        int inputs = (int) dims[0] / groups;
        int pixels = size / Math.max(1, (int) (dims[0] * dims[1]));
        yield when(
            each * groups == channels,
            i -> i / (pixels * each * inputs) * each + i / pixels % each);
      }
      case "Gemm" ->
          product.attributes().flag("transB", false)
              ? when(dims[0] == channels, i -> i / (size / channels))
              : when(dims[1] == channels, i -> i % channels);
      case "MatMul" ->
          when(
              dims.length == 2
                  && dims[1] == channels
                  && graph.find(product.output()).map(Value::rank).equals(Optional.of(2)),
              i -> i % channels);
      default -> Optional.empty();
    };
  }

  private static Optional<IntUnaryOperator> when(boolean fits, IntUnaryOperator channel) {
    return fits ? Optional.of(channel) : Optional.empty();
  }

  private static Tensor scaled(
      Tensor weights, BatchNormFolding.Affine affine, IntUnaryOperator channel) {
    float[] w = weights.floats();
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (w[i] * affine.a(channel.applyAsInt(i)));
    }
    return Tensor.of(w, weights.shape().dims());
  }

  private static Tensor shifted(double[] bias, BatchNormFolding.Affine affine) {
    double[] shifted = new double[bias.length];
    for (int c = 0; c < shifted.length; c++) {
      shifted[c] = bias[c] * affine.a(c) + affine.b(c);
    }
    return BatchNormFolding.tensor(shifted, shifted.length);
  }

  /** The product with new weights, under the name of the normalization's output. */
  Node emit(GraphEdit edit) {
    boolean matMul = product.op().equals("MatMul");
    List<String> inputs = new ArrayList<>();
    inputs.add(product.inputs().get(0));
    inputs.add(edit.constant(normalization.output() + "/weights", weights));
    inputs.add(edit.constant(normalization.output() + "/bias", bias));
    Attributes attributes = matMul ? Attributes.none() : product.attributes().without("beta");
    return new Node(
        product.name(),
        matMul ? "Gemm" : product.op(),
        inputs,
        normalization.outputs(),
        attributes);
  }
}
