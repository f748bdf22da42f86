package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Functions that put values together, take them apart, or repeat them. */
final class Joining {
  private Joining() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> concat(g, call, call.operands(0), call.integer(-1, "axis")),
        "ops.Concatenate(xs)",
        "tf.concat(values, axis)",
        "tf.concatenate(tensors, axis)");
    table.put(Joining::concatOperator, "raw.ConcatV2(*values)");
    table.put(Joining::oldConcatOperator, "raw.Concat(*values)");
    table.put((g, call) -> concat(g, call, call.operands(0), 1), "ops.Hstack(xs)");
    table.put((g, call) -> concat(g, call, call.operands(0), 0), "ops.Vstack(xs)");
    table.put((g, call) -> concat(g, call, call.operands(0), 2), "ops.Dstack(xs)");
    table.put(Joining::stack, "ops.Stack(x)", "tf.stack(values, axis)", "raw.Pack(*values)");
    table.putMany(Joining::split, "ops.Split(x)", "tf.split(value, num_or_size_splits, axis)");
    table.putMany(Joining::splitOperator, "raw.Split(axis, value)");
    table.putMany(Joining::splitSizes, "raw.SplitV(value, size_splits, axis)");
    table.putMany(
        Joining::unstack, "ops.Unstack(x)", "tf.unstack(value, num, axis)", "raw.Unpack(value)");
    table.put(
        Joining::tile,
        "ops.Tile(x)",
        "tf.tile(input, multiples)",
        "tf.keras.backend.tile(x, n)",
        "raw.Tile(input, multiples)");
    table.put(
        Joining::repeat,
        "ops.Repeat(x)",
        "tf.repeat(input, repeats, axis)",
        "tf.repeat_elements(x, rep, axis)");
  }

  private static LaidOut concat(GraphBuilder g, Call call, List<Operand> parts, int axis) {
    call.ignore("axis");
    List<LaidOut> all =
        Layouts.aligned(g, Types.common(g, parts).stream().map(o -> o.value(g)).toList());
    LaidOut first = all.get(0);
    if (axis < -first.rank() || axis >= first.rank()) {
      throw new Unsupported("axis is " + axis + "; the first value has " + first.rank() + " axes.");
    }
    LaidOut y =
        first.with(g.concat(first.storedAxis(axis), all.stream().map(LaidOut::stored).toList()));
    return holding(parts, y);
  }

  /** The numbers of rows or single numbers that are known while the graph is built, in a row. */
  private static LaidOut holding(List<Operand> parts, LaidOut y) {
    List<Optional<List<Size>>> known = parts.stream().map(Operand::sizes).toList();
    return y.rank() == 1 && known.stream().allMatch(Optional::isPresent)
        ? y.holding(known.stream().flatMap(Optional::stream).flatMap(List::stream).toList())
        : y;
  }

  /** The axis is the last of the inputs. */
  private static LaidOut concatOperator(GraphBuilder g, Call call) {
    List<Operand> all = call.operands(0);
    return concat(g, call, all.subList(0, all.size() - 1), all.get(all.size() - 1));
  }

  /** The axis is the first of the inputs. */
  private static LaidOut oldConcatOperator(GraphBuilder g, Call call) {
    List<Operand> all = call.operands(0);
    return concat(g, call, all.subList(1, all.size()), all.get(0));
  }

  private static LaidOut concat(GraphBuilder g, Call call, List<Operand> parts, Operand last) {
    Size axis =
        last.sizes()
            .filter(s -> s.size() == 1 && !parts.isEmpty())
            .map(s -> s.get(0))
            .orElseThrow(() -> new Unsupported("its axis must be one whole number."));
    return concat(g, call, parts, (int) axis.number());
  }

  private static LaidOut stack(GraphBuilder g, Call call) {
    List<Operand> parts = call.operands(0);
    List<LaidOut> all =
        Layouts.aligned(g, Types.common(g, parts).stream().map(o -> o.value(g)).toList());
    int rank = all.get(0).rank() + 1;
    int axis = call.axis(rank, 0, "axis");
    List<LaidOut> rows = all.stream().map(v -> Reshaping.expanded(g, v, axis)).toList();
    LaidOut first = rows.get(0);
    LaidOut y =
        first.with(g.concat(first.storedAxis(axis), rows.stream().map(LaidOut::stored).toList()));
    return holding(parts, y);
  }

  // ------------------------------------------------------------------- parting

  /** TensorFlow tells the sizes of the parts, Keras where they begin. */
  private static List<LaidOut> split(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    int axis = call.axis(x.rank(), 0, "axis");
    boolean list =
        call.plain("num_or_size_splits", "indices_or_sections")
            .filter(n -> n.isArray())
            .isPresent();
    long[] numbers =
        call.integers("num_or_size_splits", "indices_or_sections")
            .orElseThrow(() -> new Unsupported("it does not tell the parts."));
    if (!list) {
      return equalParts(g, x, axis, numbers[0]);
    }
    boolean sizes = call.function().startsWith("tf.");
    call.ignore("num");
    return parts(g, x, axis, sizes ? ends(x, axis, numbers) : withEnd(x, axis, numbers));
  }

  private static List<LaidOut> splitOperator(GraphBuilder g, Call call) {
    LaidOut x = call.operand(1).value(g);
    int axis = call.axis(x.rank(), 0, "axis");
    return equalParts(g, x, axis, call.integer(1, "num_split"));
  }

  private static List<LaidOut> splitSizes(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    int axis = call.axis(x.rank(), 0, "axis");
    call.ignore("num_split");
    return parts(g, x, axis, ends(x, axis, call.integers("size_splits").orElse(new long[0])));
  }

  private static List<LaidOut> equalParts(GraphBuilder g, LaidOut x, int axis, long parts) {
    long n = x.shape().dim(axis);
    if (parts < 1 || n < 0 || n % parts != 0) {
      throw new Unsupported(
          "the axis " + axis + " of " + x.shape() + " does not fall into " + parts + " parts.");
    }
    return parts(g, x, axis, LongStream.rangeClosed(1, parts).map(i -> i * (n / parts)).toArray());
  }

  /** Where parts of these sizes end; one of them may be open, as −1. */
  private static long[] ends(LaidOut x, int axis, long[] sizes) {
    long known = Arrays.stream(sizes).filter(s -> s >= 0).reduce(0, Math::addExact);
    long at = 0;
    long[] ends = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      at += sizes[i] >= 0 ? sizes[i] : x.shape().dim(axis) - known;
      ends[i] = at;
    }
    return ends;
  }

  private static long[] withEnd(LaidOut x, int axis, long[] starts) {
    long n = x.shape().dim(axis);
    return LongStream.concat(Arrays.stream(starts).map(s -> s < 0 ? s + n : s), LongStream.of(n))
        .toArray();
  }

  private static List<LaidOut> parts(GraphBuilder g, LaidOut x, int axis, long[] ends) {
    List<LaidOut> parts = new ArrayList<>();
    long n = x.shape().dim(axis);
    long start = 0;
    for (long end : ends) {
      if (end <= start || end > n) {
        throw new Unsupported(
            "its parts end at " + Arrays.toString(ends) + ", which does not fit " + n + " places.");
      }
      parts.add(x.with(g.slice(x.stored(), x.storedAxis(axis), start, end)));
      start = end;
    }
    if (start != n) {
      throw new Unsupported("its parts end at " + start + ", not at " + n + ".");
    }
    return parts;
  }

  private static List<LaidOut> unstack(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    int axis = call.axis(x.rank(), 0, "axis");
    call.ignore("num");
    return equalParts(g, x, axis, x.shape().dim(axis)).stream()
        .map(p -> Layouts.removing(g, p, new long[] {axis}, (v, a) -> g.squeeze(v, a)))
        .toList();
  }

  // ----------------------------------------------------------------- repeating

  private static LaidOut tile(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    List<Size> sizes = call.sizes("multiples", "repeats", "n").orElse(List.of());
    if (x.shape().isStatic() && sizes.size() == x.rank() && sizes.get(0).perImage()) {
      return tileForImages(g, call, x, sizes);
    }
    long[] asked = call.integers("multiples", "repeats", "n").orElse(new long[0]);
    long[] repeats = new long[x.rank()];
    Arrays.fill(repeats, 1);
    if (asked.length > repeats.length) {
      throw new Unsupported("it repeats along more axes than " + x.shape() + " has.");
    }
    System.arraycopy(asked, 0, repeats, repeats.length - asked.length, asked.length);
    Limits.check(repeats);
    return x.with(g.tile(x.stored(), Layouts.perStoredAxis(x, repeats)));
  }

  /** What is the same for all images, once for each; along other axes as often as told. */
  private static LaidOut tileForImages(GraphBuilder g, Call call, LaidOut x, List<Size> sizes) {
    long[] dims = x.shape().dims();
    for (int i = 0; i < dims.length; i++) {
      Size length = SizeArithmetic.multiply(Size.of(dims[i]), sizes.get(i)).orElseThrow();
      if (length.number() < 1 || (i > 0 && length.perImage())) {
        throw new Unsupported("it repeats " + x.shape() + " by " + sizes + ".");
      }
      dims[i] = length.perImage() ? -length.number() : length.number();
    }
    Limits.check(Arrays.stream(dims).map(Math::abs).toArray());
    Value repeats =
        g.cast(
            call.operand("multiples", "repeats", "n").orElseThrow().value(g).logical(g),
            DataType.INT64);
    return LaidOut.asIs(
        g.shaped(
            "Tile", Attributes.none(), x.stored().type(), Shape.of(dims), x.logical(g), repeats));
  }

  /** Each element of an axis several times in a row. */
  private static LaidOut repeat(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] repeats = call.integers("repeats", "rep").orElse(new long[] {1});
    if (call.plain("axis").isEmpty()) {
      throw new Unsupported("it repeats all elements in one row; an axis is needed.");
    }
    int axis = call.axis(x.rank(), -1, "axis");
    long n = x.shape().dim(axis);
    if (n < 0 || (repeats.length != 1 && repeats.length != n)) {
      throw new Unsupported("repeats of " + repeats.length + " does not fit " + x.shape() + ".");
    }
    double total = Arrays.stream(repeats).asDoubleStream().map(r -> Math.max(r, 0)).sum();
    Limits.checkPlaces(repeats.length == 1 ? total * (double) n : total);
    List<Long> places = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      long times = repeats[repeats.length == 1 ? 0 : (int) i];
      places.addAll(Collections.nCopies((int) Math.max(times, 0), i));
    }
    Tensor indices = Tensor.longs(places.stream().mapToLong(Long::longValue).toArray());
    return x.with(g.gather(x.stored(), g.constant(indices), x.storedAxis(axis)));
  }
}
