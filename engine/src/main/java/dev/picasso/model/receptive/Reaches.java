package dev.picasso.model.receptive;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.shape.SlidingWindow;
import dev.picasso.model.output.Lookup;
import java.util.Optional;
import java.util.Set;

/** The reach of operators that have windows, or move cells, along an axis. */
public final class Reaches {
  private static final Set<String> WINDOWS =
      Set.of("Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool");

  private Reaches() {}

  /**
   * Which cells of a node's first input a cell of its first output sees along an axis; empty where
   * that cannot be told, or is no row of places, as behind a mean over all of them.
   */
  public static Optional<Reach> along(Graph graph, Node node, int axis) {
    Lookup look = new Lookup(graph);
    Optional<Shape> x = look.shape(node.inputs().get(0));
    Optional<Shape> y = look.shape(node.outputs().get(0));
    boolean told = x.isPresent() && y.isPresent() && x.get().rank() == y.get().rank();
    if (!told || y.get().dim(axis) < 1 || (axis < 2 && WINDOWS.contains(node.op()))) {
      return Optional.empty();
    }
    Row row = new Row(node, axis, x.get().dim(axis), y.get().dim(axis));
    return switch (node.op()) {
      case "Conv" -> Kernel.ofWeights(look, node, axis).map(k -> windows(row, k));
      case "ConvTranspose" -> Kernel.ofWeights(look, node, axis).map(k -> transposed(row, k));
      case "MaxPool", "AveragePool", "LpPool" ->
          node.attributes()
              .integers("kernel_shape")
              .map(k -> windows(row, Kernel.even(k[row.spatial()])));
      case "SpaceToDepth" -> Optional.of(Reach.ofWindows(block(node), block(node), 0));
      case "DepthToSpace" ->
          Optional.of(Reach.ofTransposed(block(node), (block(node) - 1) / 2., block(node), 0));
      case "Pad" -> padded(look, row, x.get());
      case "Resize" -> scale(look, row, x.get()).flatMap(s -> resized(row, s));
      default -> Optional.empty();
    };
  }

  /**
   * One axis of a node.
   *
   * @param before cells of its input
   * @param after cells of its output
   */
  private record Row(Node node, int axis, long before, long after) {
    /** The number among the axes behind batch and channels. */
    int spatial() {
      return axis - 2;
    }

    Attributes attributes() {
      return node.attributes();
    }

    long number(String attribute, long usual) {
      return attributes().integers(attribute).map(all -> all[spatial()]).orElse(usual);
    }

    boolean isSame() {
      return attributes().text("auto_pad", "NOTSET").startsWith("SAME");
    }

    /** The part of a padding that comes before the first cell of a transposed convolution. */
    long first(long total) {
      boolean less = attributes().text("auto_pad", "NOTSET").equals("SAME_UPPER");
      return less ? total / 2 : total - total / 2;
    }
  }

  private static long block(Node node) {
    return node.attributes().integer("blocksize", 1);
  }

  private static Reach windows(Row row, Kernel kernel) {
    SlidingWindow window =
        SlidingWindow.of(row.attributes(), row.spatial(), kernel.size(), row.before(), row.after());
    return Reach.ofWindows(
        window.extent(), kernel.middle() * window.dilation(), window.stride(), window.before());
  }

  /** What {@code output_shape} or {@code auto_pad} leaves open is what makes the sizes fit. */
  private static Reach transposed(Row row, Kernel kernel) {
    long stride = row.number("strides", 1);
    long gaps = row.number("dilations", 1);
    long extent = (kernel.size() - 1) * gaps + 1;
    if (!row.isSame() && !row.attributes().has("output_shape")) {
      return Reach.ofTransposed(extent, kernel.middle() * gaps, stride, row.number("pads", 0));
    }
    long full = (row.before() - 1) * stride + extent + row.number("output_padding", 0);
    long total = Math.max(0, full - row.after());
    long before = row.first(total);
    return Reach.ofTransposed(extent, kernel.middle() * gaps, stride, before);
  }

  /** Places that come round from the other side are not where they seem to be. */
  private static Optional<Reach> padded(Lookup look, Row row, Shape x) {
    Optional<long[]> pads = look.constant(row.node(), 1).map(Tensor::longs);
    Optional<long[]> axes = look.constant(row.node(), 3).map(Tensor::longs);
    boolean told = pads.isPresent() && (!row.node().hasInput(3) || axes.isPresent());
    if (!told || row.attributes().text("mode", "constant").equals("wrap")) {
      return Optional.empty();
    }
    int at = place(axes, row.axis(), x);
    return Optional.of(at < 0 ? Reach.SAME : Reach.ofWindows(1, 1, pads.get()[at]));
  }

  /** The place of an axis among those that a node names; all in their order if it names none. */
  private static int place(Optional<long[]> axes, int axis, Shape x) {
    if (axes.isEmpty()) {
      return axis;
    }
    for (int i = 0; i < axes.get().length; i++) {
      if (x.axis((int) axes.get()[i]) == axis) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Double> scale(Lookup look, Row row, Shape x) {
    Optional<float[]> scales =
        look.constant(row.node(), 2).filter(t -> t.size() > 0).map(Tensor::floats);
    int at = place(row.attributes().integers("axes"), row.axis(), x);
    double ratio = row.after() / (double) row.before();
    return Optional.of(at >= 0 && scales.isPresent() ? (double) scales.get()[at] : ratio)
        .filter(s -> s > 0);
  }

  private static Optional<Reach> resized(Row row, double scale) {
    return Resized.of(row.attributes(), row.before(), row.after(), scale).map(Resized::reach);
  }
}
