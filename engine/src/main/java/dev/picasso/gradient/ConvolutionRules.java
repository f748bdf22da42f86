package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Convolutions of any number of spatial axes, x [N, C, …], w [M, C/group, …], y [N, M, …]. */
final class ConvolutionRules {
  /** A block of the runtime's; with fewer a convolution is not worth being split up. */
  private static final int LEAST_CHANNELS = 16;

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
    boolean depthwise = groups == x.dim(1) && groups == dy.dim(1) && Blocks.fit(dy);
    if (depthwise) {
      long[] pads = windows.stuffedPads(x, dy.shape());
      if (Arrays.stream(pads).allMatch(p -> p >= 0)) {
        return turned(g, kernels.get(), groups, windows, pads, stuffed(g, dy, windows.strides()));
      }
    }
    boolean dense = Arrays.stream(windows.dilations()).allMatch(d -> d == 1);
    boolean wide = Arrays.stream(windows.kernel()).allMatch(k -> k > 1);
    boolean many = depthwise || dy.dim(1) / groups >= LEAST_CHANNELS;
    return Phases.fit(x) && dense && wide && many
        ? inPhases(g, kernels.get(), groups, windows, x, dy)
        : transposed(g, node, windows, dy);
  }

  /** Phase by phase; where each has few channels, which the runtime would fill up, all at once. */
  private static Value inPhases(
      GraphBuilder g, Tensor kernels, int groups, Windows windows, Shape x, Value dy) {
    List<StridedKernels.Axis> rows = StridedKernels.axes(windows, 0, x.dim(2), dy.dim(2));
    List<StridedKernels.Axis> columns = StridedKernels.axes(windows, 1, x.dim(3), dy.dim(3));
    boolean together = groups == 1 && x.dim(1) < LEAST_CHANNELS;
    if (together) {
      rows = StridedKernels.aligned(rows);
      columns = StridedKernels.aligned(columns);
    }
    List<Tensor> weights = new ArrayList<>();
    List<Value> parts = new ArrayList<>();
    for (StridedKernels.Axis row : rows) {
      for (StridedKernels.Axis column : columns) {
        Tensor w = StridedKernels.phase(kernels, groups, row, column);
        weights.add(w);
        if (!together) {
          parts.add(phase(g, w, groups, row, column, dy));
        }
      }
    }
    if (together) {
      Value all = phase(g, Kernels.stacked(weights), 1, rows.get(0), columns.get(0), dy);
      for (int i = 0; i < weights.size(); i++) {
        parts.add(g.slice(all, 1, i * x.dim(1), (i + 1) * x.dim(1)));
      }
    }
    Value dx = new Phases(rows.size(), columns.size(), parts).whole(g, x);
    return Blocks.enter(g, dx);
  }

  private static Value phase(
      GraphBuilder g,
      Tensor weights,
      int groups,
      StridedKernels.Axis rows,
      StridedKernels.Axis columns,
      Value dy) {
    return g.conv(
        dy,
        g.constant(weights),
        Optional.empty(),
        Attributes.of(
                "pads", new long[] {rows.before(), columns.before(), rows.after(), columns.after()})
            .with("kernel_shape", new long[] {rows.taps().size(), columns.taps().size()})
            .with("group", groups));
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
