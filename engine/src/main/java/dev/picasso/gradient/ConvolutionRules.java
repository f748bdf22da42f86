package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;

/** Convolutions of any number of spatial axes, x [N, C, …], w [M, C/group, …], y [N, M, …]. */
final class ConvolutionRules {
  private ConvolutionRules() {}

  static void addTo(RuleTable rules) {
    rules.put("Conv", ConvolutionRules::convolution);
    rules.put("ConvTranspose", ConvolutionRules::transposedConvolution);
  }

  /**
   * The transposed convolution with the same kernels. The runtime runs that slowly and outside of
   * its blocks; it is written as convolutions of stride one with turned kernels where it can be.
   */
  private static Value convolution(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    Windows windows = Windows.of(node.attributes(), kernel(node), x, node.output().shape());
    Optional<Tensor> kernels = node.constant(1).filter(t -> t.type() == DataType.FLOAT);
    if (kernels.isEmpty()) {
      return transposed(g, node, windows, dy);
    }
    int groups = (int) node.attributes().integer("group", 1);
    if (windows.everyPixelStride()) {
      long[] pads = windows.mirroredPads();
      boolean small = Arrays.stream(pads).allMatch(p -> p >= 0);
      return small
          ? turned(g, kernels.get(), groups, windows, pads, dy)
          : transposed(g, node, windows, dy);
    }
    boolean depthwise = groups == x.dim(1) && groups == dy.shape().dim(1);
    long[] pads = windows.stuffedPads(x, dy.shape());
    if (depthwise && Blocks.fit(dy) && Arrays.stream(pads).allMatch(p -> p >= 0)) {
      return turned(g, kernels.get(), groups, windows, pads, stuffed(g, dy, windows.strides()));
    }
    return transposed(g, node, windows, dy);
  }

  /** A convolution of stride one with turned kernels. */
  private static Value turned(
      GraphBuilder g, Tensor kernels, int groups, Windows windows, long[] pads, Value dy) {
    return g.conv(
        dy,
        g.constant(Kernels.transposed(kernels, groups)),
        Optional.empty(),
        Attributes.of("pads", pads)
            .with("dilations", windows.dilations())
            .with("kernel_shape", windows.kernel())
            .with("group", groups));
  }

  /** Each pixel with zeros behind and below it, so that they are as far apart as the strides. */
  private static Value stuffed(GraphBuilder g, Value dy, long[] strides) {
    int rows = (int) (dy.dim(2) * strides[0]);
    int columns = (int) (dy.dim(3) * strides[1]);
    float[] places = new float[rows * columns];
    for (int i = 0; i < rows; i += (int) strides[0]) {
      for (int j = 0; j < columns; j += (int) strides[1]) {
        places[i * columns + j] = 1;
      }
    }
    return g.mul(g.repeatPixels(dy, strides), g.constant(Tensor.of(places, 1, 1, rows, columns)));
  }

  private static Value transposed(GraphBuilder g, NodeView node, Windows windows, Value dy) {
    long[] missing = windows.outputPadding(node.shape(0), node.output().shape());
    Value dx =
        g.op(
            "ConvTranspose",
            Attributes.of("strides", windows.strides())
                .with("dilations", windows.dilations())
                .with("pads", windows.pads())
                .with("kernel_shape", windows.kernel())
                .with("output_padding", missing)
                .with("group", node.attributes().integer("group", 1)),
            dy,
            node.input(1));
    return Blocks.enter(g, dx);
  }

  /** The convolution with the same kernels, which have the layout [C, M/group, …] here. */
  private static Value transposedConvolution(GraphBuilder g, NodeView node, Value dy) {
    Windows windows =
        Windows.ofTransposed(node.attributes(), kernel(node), node.output().shape(), node.shape(0));
    return g.conv(
        dy,
        node.input(1),
        Optional.empty(),
        Attributes.of("strides", windows.strides())
            .with("dilations", windows.dilations())
            .with("pads", windows.pads())
            .with("kernel_shape", windows.kernel())
            .with("group", node.attributes().integer("group", 1)));
  }

  private static long[] kernel(NodeView node) {
    return Arrays.copyOfRange(node.shape(1).dims(), 2, node.shape(1).rank());
  }
}
