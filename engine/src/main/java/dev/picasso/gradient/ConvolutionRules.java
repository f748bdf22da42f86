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
   * The transposed convolution with the same kernels. Where the stride is one, that is a
   * convolution with turned kernels, which the runtime runs faster.
   */
  private static Value convolution(GraphBuilder g, NodeView node, Value dy) {
    Shape w = node.shape(1);
    Windows windows =
        Windows.of(node.attributes(), kernel(node), node.shape(0), node.output().shape());
    Optional<Tensor> kernels = node.constant(1).filter(t -> t.type() == DataType.FLOAT);
    boolean small = Arrays.stream(windows.mirroredPads()).allMatch(p -> p >= 0);
    if (windows.everyPixelStride() && kernels.isPresent() && small) {
      int groups = (int) node.attributes().integer("group", 1);
      Value turned = g.constant(Kernels.transposed(kernels.get(), groups));
      return g.conv(
          dy,
          turned,
          Optional.empty(),
          Attributes.of("pads", windows.mirroredPads())
              .with("dilations", windows.dilations())
              .with("kernel_shape", Arrays.copyOfRange(w.dims(), 2, w.rank()))
              .with("group", groups));
    }
    return transposed(g, node, windows, dy);
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
