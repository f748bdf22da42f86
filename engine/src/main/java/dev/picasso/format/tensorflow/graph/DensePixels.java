package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * A dense layer on the channels of images, which TensorFlow writes as rows of pixels, a product
 * with a matrix, and the rows as images again. It is a convolution of 1 × 1, for which images need
 * not be turned.
 */
final class DensePixels {
  private DensePixels() {}

  static void addTo(NodeTable table) {
    table.putEnding(DensePixels::reshape, "Reshape");
  }

  private static List<Known> reshape(NodeCall call) {
    List<Known> plain = call.function();
    Optional<NodeCall> product = call.callOf(0).filter(DensePixels::isProduct);
    Optional<NodeCall> rows =
        product.flatMap(p -> p.callOf(0)).filter(r -> r.op().equals("Reshape"));
    if (rows.isEmpty()
        || !(rows.get().input(0) instanceof Known.Flow x)
        || !(plain.get(0) instanceof Known.Flow y)) {
      return plain;
    }
    Tensor weights = product.get().numbers(1, "b");
    return fits(x.value(), weights, y.value())
        ? List.of(new Known.Flow(convolution(call, x.value(), weights)))
        : plain;
  }

  private static boolean isProduct(NodeCall call) {
    return call.op().equals("MatMul")
        && call.input(1) instanceof Known.Numbers weights
        && weights.tensor().shape().rank() == 2
        && !call.attribute("transpose_a").getB()
        && !call.attribute("transpose_b").getB();
  }

  /** Whether the rows were the pixels of x, and are again those of the result. */
  private static boolean fits(LaidOut x, Tensor weights, LaidOut result) {
    return x.channelsMoved()
        && x.rank() == 4
        && x.shape().dim(3) == weights.shape().dim(0)
        && result.shape().equals(x.shape().with(3, weights.shape().dim(1)));
  }

  private static LaidOut convolution(NodeCall call, LaidOut x, Tensor weights) {
    GraphBuilder g = call.builder();
    long in = weights.shape().dim(0);
    long out = weights.shape().dim(1);
    Tensor kernel = Kernels.permuted(weights.as(DataType.FLOAT), 1, 0).reshaped(out, in, 1, 1);
    Value w = call.constant(g, "kernel", kernel);
    Attributes attributes = Attributes.of("kernel_shape", new long[] {1, 1});
    return LaidOut.moved(g.conv(x.channelsFirst(g), w, Optional.empty(), attributes));
  }
}
