package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move, join, cut or repeat elements: the gradient takes the way back. */
final class LayoutRules {
  private LayoutRules() {}

  static void addTo(RuleTable rules) {
    for (String op : List.of("Reshape", "Flatten", "Squeeze", "Unsqueeze")) {
      rules.put(op, (g, node, dy) -> g.reshape(dy, node.shape(0)));
    }
    rules.put("Transpose", LayoutRules::transpose);
    rules.put("Expand", (g, node, dy) -> dy);
    rules.putForAll("Concat", LayoutRules::concat);
    rules.putMultiple("Split", LayoutRules::split);
    rules.put("Slice", LayoutRules::slice);
    rules.put("Pad", LayoutRules::pad);
    rules.put("Tile", LayoutRules::tile);
    rules.put("DepthToSpace", LayoutRules::depthToSpace);
    rules.put("SpaceToDepth", LayoutRules::spaceToDepth);
    // What was turned round is turned back.
    rules.put(
        "ReverseSequence",
        (g, node, dy) -> g.op("ReverseSequence", node.attributes(), dy, node.input(1)));
    rules.put(
        "Trilu",
        (g, node, dy) ->
            node.hasInput(1)
                ? g.op("Trilu", node.attributes(), dy, node.input(1))
                : g.op("Trilu", node.attributes(), dy));
  }

  private static Value transpose(GraphBuilder g, NodeView node, Value dy) {
    int rank = dy.rank();
    long[] permutation =
        node.attributes()
            .integers("perm")
            .orElseGet(() -> LongStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    int[] back = new int[rank];
    for (int i = 0; i < rank; i++) {
      back[(int) permutation[i]] = i;
    }
    return g.transpose(dy, back);
  }

  private static Value concat(GraphBuilder g, NodeView node, Value dy) {
    int i = node.place();
    int axis = node.axis(0);
    long start = IntStream.range(0, i).mapToLong(k -> node.shape(k).dim(axis)).sum();
    return g.slice(dy, axis, start, start + node.shape(i).dim(axis));
  }

  /** The gradients of the parts side by side, zeros for parts that nothing used. */
  private static Value split(GraphBuilder g, NodeView node) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < node.outputs(); i++) {
      Value part = node.output(i);
      parts.add(node.gradient(i).orElseGet(() -> g.mul(part, 0)));
    }
    return g.concat(node.axis(0), parts);
  }

  /** Zeros around what was cut out, and between it where the step is not one. */
  private static Value slice(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    long[] starts = node.longs(1).orElseThrow();
    long[] axes = node.longs(3).orElseGet(() -> LongStream.range(0, starts.length).toArray());
    long[] steps = node.longs(4).orElseGet(() -> Windows.filled(starts.length, 1));
    Value dx = dy;
    for (int i = 0; i < axes.length; i++) {
      int axis = x.axis((int) axes[i]);
      if (x.dim(axis) < 0) {
        if (steps[i] == -1) {
          dx = reversed(g, dx, axis);
        }
        continue;
      }
      dx = sliceAxis(g, dx, axis, x.dim(axis), starts[i], steps[i]);
    }
    return dx;
  }

  private static Value sliceAxis(
      GraphBuilder g, Value dy, int axis, long size, long start, long step) {
    long length = dy.dim(axis);
    if (length == size && step == 1) {
      return dy;
    }
    long from = start < 0 ? start + size : start;
    long first = step > 0 ? Math.max(0, Math.min(from, size)) : Math.min(from, size - 1);
    Value spaced = step < 0 ? reversed(g, dy, axis) : dy;
    long stride = Math.abs(step);
    long low = step > 0 ? first : first - (length - 1) * stride;
    long span = (length - 1) * stride + 1;
    if (stride > 1) {
      spaced = g.slice(interleaved(g, spaced, axis, stride), axis, 0, span);
    }
    return padAxis(g, spaced, axis, low, size - low - span);
  }

  private static Value reversed(GraphBuilder g, Value x, int axis) {
    return g.slice(x, axis, -1, Integer.MIN_VALUE, -1);
  }

  /** Puts stride − 1 zeros after each element of an axis. */
  private static Value interleaved(GraphBuilder g, Value x, int axis, long stride) {
    Value column = g.unsqueeze(x, axis + 1L);
    Value widened = padAxis(g, column, axis + 1, 0, stride - 1);
    return g.reshape(widened, x.shape().with(axis, x.dim(axis) * stride));
  }

  static Value padAxis(GraphBuilder g, Value x, int axis, long before, long after) {
    long[] pads = new long[2 * x.rank()];
    pads[axis] = before;
    pads[axis + x.rank()] = after;
    return g.pad(x, pads);
  }

  private static Value pad(GraphBuilder g, NodeView node, Value dy) {
    Shape x = node.shape(0);
    long[] pads = node.longs(1).orElseThrow();
    long[] axes = node.longs(3).orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    String mode = node.attributes().text("mode", "constant");
    Value dx = dy;
    for (int i = 0; i < axes.length; i++) {
      int axis = x.axis((int) axes[i]);
      long before = pads[i];
      long after = pads[i + axes.length];
      if (before != 0 || after != 0) {
        dx =
            mode.equals("constant")
                ? padAxis(g, dx, axis, -before, -after)
                : IndexingRules.scatterAxis(
                    g, dx, axis, sources(mode, x.dim(axis), before, after), x.dim(axis));
      }
    }
    return dx;
  }

  /** For each element of a padded axis, the element of the original that it repeats. */
  private static long[] sources(String mode, long size, long before, long after) {
    return LongStream.range(-before, size + after)
        .map(
            i ->
                switch (mode) {
                  case "edge" -> Math.max(0, Math.min(size - 1, i));
                  case "reflect" -> mirrored(i, size);
                  case "wrap" -> Math.floorMod(i, size);
                  default -> throw new UnsupportedGradientException("padding mode " + mode);
                })
        .toArray();
  }

  private static long mirrored(long i, long size) {
    long period = Math.max(1, 2 * (size - 1));
    long place = Math.floorMod(i, period);
    return place < size ? place : period - place;
  }

  /** Sums over the repetitions of each axis. */
  private static Value tile(GraphBuilder g, NodeView node, Value dy) {
    long[] repeats = node.longs(1).orElseThrow();
    Value dx = dy;
    for (int axis = 0; axis < repeats.length; axis++) {
      long repeat = repeats[axis];
      if (repeat != 1) {
        dx = sumOfParts(g, dx, axis, repeat);
      }
    }
    return dx;
  }

  private static Value sumOfParts(GraphBuilder g, Value x, int axis, long parts) {
    List<Long> dims = new ArrayList<>(LongStream.of(x.shape().dims()).boxed().toList());
    dims.set(axis, x.dim(axis) / parts);
    dims.add(axis, parts);
    Shape split = Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    return g.sum(g.reshape(x, split), false, axis);
  }

  private static Value depthToSpace(GraphBuilder g, NodeView node, Value dy) {
    long b = node.attributes().integer("blocksize", 1);
    Value blocks = g.op("SpaceToDepth", Attributes.of("blocksize", b), dy);
    boolean columnFirst = node.attributes().text("mode", "DCR").equals("CRD");
    return columnFirst ? regrouped(g, blocks, b * b, true) : blocks;
  }

  private static Value spaceToDepth(GraphBuilder g, NodeView node, Value dy) {
    return g.op(
        "DepthToSpace", Attributes.of("blocksize", node.attributes().integer("blocksize", 1)), dy);
  }

  /** Channels ordered (block, channel) brought into the order (channel, block). */
  private static Value regrouped(GraphBuilder g, Value x, long blocks, boolean blockFirst) {
    Shape shape = x.shape();
    long channels = shape.dim(1) / blocks;
    long first = blockFirst ? blocks : channels;
    long second = blockFirst ? channels : blocks;
    Value split = g.reshape(x, Shape.of(shape.dim(0), first, second, shape.dim(2), shape.dim(3)));
    return g.reshape(g.transpose(split, 0, 2, 1, 3, 4), shape);
  }
}
