package dev.picasso.graph.shape;

import dev.picasso.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that move, join, cut or repeat elements. */
final class LayoutShapes {
  private LayoutShapes() {}

  static void addTo(Map<String, ShapeInference.Rule> rules) {
    rules.put("Reshape", in -> List.of(reshape(in)));
    rules.put("Flatten", in -> List.of(flatten(in)));
    rules.put("Transpose", in -> List.of(transpose(in)));
    rules.put("Squeeze", in -> List.of(squeeze(in)));
    rules.put("Unsqueeze", in -> List.of(unsqueeze(in)));
    rules.put("Concat", in -> List.of(concat(in)));
    rules.put("Split", LayoutShapes::split);
    rules.put("Slice", in -> List.of(slice(in)));
    rules.put("Pad", in -> List.of(pad(in)));
    rules.put("Expand", in -> List.of(ElementwiseShapes.broadcast(in.shape(0), dims(in, 1))));
    rules.put("Tile", in -> List.of(tile(in)));
    rules.put("Gather", in -> List.of(gather(in)));
    rules.put("GatherElements", in -> List.of(in.shape(1)));
    rules.put("GatherND", in -> List.of(gatherNd(in)));
    rules.put("Shape", in -> List.of(Shape.of(axesAsked(in))));
    rules.put("Size", in -> List.of(Shape.scalar()));
    rules.put("ConstantOfShape", in -> List.of(dims(in, 0)));
    rules.put("OneHot", LayoutShapes::oneHot);
  }

  /** How many of its input's dimensions a Shape returns: those from start up to end. */
  private static long axesAsked(Operands in) {
    int rank = in.shape(0).rank();
    long start = bounded(in.attributes().integer("start", 0), rank);
    return Math.max(0, bounded(in.attributes().integer("end", rank), rank) - start);
  }

  private static long bounded(long axis, int rank) {
    return Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static Shape dims(Operands in, int i) {
    return Shape.of(in.longs(i));
  }

  private static Shape reshape(Operands in) {
    Shape x = in.shape(0);
    long[] target = in.longs(1);
    long[] dims = target.clone();
    int open = -1;
    long known = 1;
    boolean batch = false;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1) {
        open = i;
        continue;
      }
      if (dims[i] == 0 && !in.attributes().flag("allowzero", false)) {
        dims[i] = x.dim(i);
      }
      batch |= dims[i] < 0;
      known = Math.multiplyExact(known, Math.abs(dims[i]));
    }
    long size = x.sizeAsDimension();
    if (open >= 0) {
      if (known == 0 || Math.abs(size) % known != 0) {
        throw misfit(x, target);
      }
      long rest = Math.abs(size) / known;
      dims[open] = size < 0 && !batch ? -rest : rest;
    } else if (Math.abs(size) != known) {
      throw misfit(x, target);
    }
    return Shape.of(dims);
  }

  private static IllegalArgumentException misfit(Shape x, long[] target) {
    return new IllegalArgumentException(
        "Reshape: " + x + " does not fit into " + Arrays.toString(target));
  }

  private static Shape flatten(Operands in) {
    Shape x = in.shape(0);
    long axis = in.attributes().integer("axis", 1);
    int at = axis == x.rank() ? x.rank() : in.normalize(axis, x.rank());
    long[] dims = x.dims();
    return Shape.of(
        Shape.of(Arrays.copyOf(dims, at)).sizeAsDimension(),
        Shape.of(Arrays.copyOfRange(dims, at, dims.length)).sizeAsDimension());
  }

  private static Shape transpose(Operands in) {
    Shape x = in.shape(0);
    long[] reversed = LongStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
    long[] permutation = in.attributes().integers("perm").orElse(reversed);
    if (permutation.length != x.rank()) {
      throw new IllegalArgumentException(
          "Transpose: " + Arrays.toString(permutation) + " does not fit the rank of " + x);
    }
    return x.permuted(LongStream.of(permutation).mapToInt(Math::toIntExact).toArray());
  }

  private static Shape squeeze(Operands in) {
    Shape x = in.shape(0);
    TreeSet<Integer> gone = new TreeSet<>();
    if (in.has(1)) {
      LongStream.of(in.longs(1)).forEach(a -> gone.add(in.normalize(a, x.rank())));
    } else {
      IntStream.range(0, x.rank()).filter(i -> x.dim(i) == 1).forEach(gone::add);
    }
    Shape y = x;
    for (int axis : gone.descendingSet()) {
      if (y.dim(axis) != 1) {
        throw new IllegalArgumentException("Squeeze: axis " + axis + " of " + x + " is not 1");
      }
      y = without(y, axis);
    }
    return y;
  }

  private static Shape unsqueeze(Operands in) {
    Shape x = in.shape(0);
    long[] axes = in.longs(1);
    int rank = x.rank() + axes.length;
    TreeSet<Integer> added = new TreeSet<>();
    LongStream.of(axes).forEach(a -> added.add(in.normalize(a, rank)));
    List<Long> dims = new ArrayList<>();
    LongStream.of(x.dims()).forEach(dims::add);
    added.forEach(axis -> dims.add(axis, 1L));
    return shape(dims);
  }

  private static Shape concat(Operands in) {
    Shape first = in.shape(0);
    int axis = in.axis(0, first.rank());
    long length = 0;
    for (int i = 0; i < in.inputs().size(); i++) {
      Shape x = in.shape(i);
      if (x.rank() != first.rank()
          || !x.with(axis, 0).equals(first.with(axis, 0))
          || (i > 0 && (length < 0) != (x.dim(axis) < 0))) {
        throw new IllegalArgumentException("Concat: " + first + " and " + x + " do not fit");
      }
      length += x.dim(axis);
    }
    return first.with(axis, length);
  }

  private static List<Shape> split(Operands in) {
    Shape x = in.shape(0);
    int axis = in.axis(0, x.rank());
    if (in.has(1)) {
      return LongStream.of(in.longs(1)).mapToObj(n -> x.with(axis, n)).toList();
    }
    int parts = (int) in.attributes().integer("num_outputs", in.outputs());
    long each = -Math.floorDiv(-x.dim(axis), (long) parts);
    return IntStream.range(0, parts)
        .mapToObj(i -> x.with(axis, Math.min(each, x.dim(axis) - i * each)))
        .toList();
  }

  private static Shape slice(Operands in) {
    Shape x = in.shape(0);
    long[] starts = in.longs(1);
    long[] ends = in.longs(2);
    long[] axes = in.optionalLongs(3).orElseGet(() -> LongStream.range(0, starts.length).toArray());
    long[] steps =
        in.optionalLongs(4)
            .orElseGet(() -> LongStream.generate(() -> 1).limit(starts.length).toArray());
    Shape y = x;
    for (int i = 0; i < axes.length; i++) {
      int axis = in.normalize(axes[i], x.rank());
      long size = x.dim(axis);
      if (size < 0) {
        boolean whole = starts[i] == 0 && ends[i] >= Integer.MAX_VALUE && steps[i] == 1;
        boolean reversed = starts[i] == -1 && steps[i] == -1;
        if (whole || reversed) {
          continue;
        }
        throw new IllegalArgumentException("Slice cuts the batch axis of " + x);
      }
      y = y.with(axis, sliceLength(size, starts[i], ends[i], steps[i]));
    }
    return y;
  }

  private static long sliceLength(long size, long start, long end, long step) {
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? end + size : end;
    if (step > 0) {
      from = clamp(from, 0, size);
      to = clamp(to, 0, size);
      return Math.max(0, -Math.floorDiv(-(to - from), step));
    }
    from = clamp(from, 0, size - 1);
    to = end < -size ? -1 : clamp(to, -1, size - 1);
    return Math.max(0, -Math.floorDiv(-(to - from), step));
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }

  private static Shape pad(Operands in) {
    Shape x = in.shape(0);
    long[] pads = in.longs(1);
    long[] axes = in.optionalLongs(3).orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    Shape y = x;
    for (int i = 0; i < axes.length; i++) {
      int axis = in.normalize(axes[i], x.rank());
      long added = pads[i] + pads[i + axes.length];
      if (added != 0) {
        y = y.with(axis, x.dim(axis) + added);
      }
    }
    return y;
  }

  private static Shape tile(Operands in) {
    Shape x = in.shape(0);
    long[] repeats = in.longs(1);
    return Shape.of(IntStream.range(0, x.rank()).mapToLong(i -> x.dim(i) * repeats[i]).toArray());
  }

  private static Shape gather(Operands in) {
    Shape x = in.shape(0);
    int axis = in.axis(0, x.rank());
    List<Long> dims = new ArrayList<>();
    LongStream.of(x.dims()).limit(axis).forEach(dims::add);
    LongStream.of(in.shape(1).dims()).forEach(dims::add);
    LongStream.of(x.dims()).skip(axis + 1L).forEach(dims::add);
    return shape(dims);
  }

  private static Shape gatherNd(Operands in) {
    Shape x = in.shape(0);
    Shape indices = in.shape(1);
    int batch = (int) in.attributes().integer("batch_dims", 0);
    List<Long> dims = new ArrayList<>();
    LongStream.of(indices.dims()).limit(indices.rank() - 1L).forEach(dims::add);
    LongStream.of(x.dims()).skip(batch + indices.dim(-1)).forEach(dims::add);
    return shape(dims);
  }

  private static List<Shape> oneHot(Operands in) {
    Shape x = in.shape(0);
    int axis = in.axis(-1, x.rank() + 1);
    List<Long> dims = new ArrayList<>();
    LongStream.of(x.dims()).forEach(dims::add);
    dims.add(axis, in.longs(1)[0]);
    return List.of(shape(dims));
  }

  static Shape without(Shape x, int axis) {
    return Shape.of(
        IntStream.range(0, x.rank()).filter(i -> i != axis).mapToLong(x::dim).toArray());
  }

  private static Shape shape(List<Long> dims) {
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }
}
