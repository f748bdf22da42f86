package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Functions that take some elements: by slices, by places, from the other end. */
final class Slicing {
  private Slicing() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) ->
            Brackets.pick(g, call.x(g), Selector.parse(call.argument("key", "slice_spec"))),
        "ops.GetItem(x, key)",
        "tf.getitem(x, slice_spec)");
    table.put(
        Slicing::slice,
        "ops.Slice(inputs, start_indices)",
        "tf.slice(input_, begin, size)",
        "raw.Slice(input, begin, size)");
    table.put(
        Slicing::stridedSlice,
        "tf.strided_slice(input_, begin, end, strides)",
        "raw.StridedSlice(input, begin, end, strides)");
    table.put(
        Slicing::gather,
        "ops.Take(x, indices)",
        "tf.gather(params, indices, validate_indices, axis, batch_dims)",
        "tf.keras.backend.gather(reference, indices)",
        "raw.Gather(params, indices)",
        "raw.GatherV2(params, indices, axis)");
    table.put(Slicing::gatherNd, "raw.GatherNd(params, indices)", "tf.gather_nd(params, indices)");
    table.put(
        (g, call) -> flip(g, call, call.axes(call.x(g), "axis")),
        "ops.Flip(x)",
        "tf.reverse(tensor, axis)",
        "tf.keras.backend.reverse(x, axes)",
        "raw.ReverseV2(tensor, axis)");
    table.put((g, call) -> flip(g, call, Optional.of(new long[] {1})), "ops.Fliplr(x)");
    table.put(
        Slicing::roll,
        "ops.Roll(x)",
        "tf.roll(input, shift, axis)",
        "raw.Roll(input, shift, axis)");
    table.put((g, call) -> triangle(g, call, false), "ops.Tril(x)");
    table.put((g, call) -> triangle(g, call, true), "ops.Triu(x)");
  }

  private static LaidOut slice(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] starts = numbers(call, "begin", "start_indices");
    List<Size> lengths = call.sizes("size", "shape").orElse(List.of());
    if (starts.length != lengths.size()) {
      throw new Unsupported(
          "it has " + starts.length + " starts, and " + lengths.size() + " sizes.");
    }
    List<Selector> ranges = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      Size length = lengths.get(i);
      boolean open = length.perImage() || length.number() == -1;
      ranges.add(
          new Selector.Range(
              Optional.of(starts[i]),
              open ? Optional.empty() : Optional.of(starts[i] + length.number()),
              1));
    }
    return Brackets.pick(g, x, wholeBatches(call, x, ranges));
  }

  /**
   * These functions must tell how many images they take. Several from the first on are a whole
   * batch of the size that the file was made for; one is just that.
   */
  private static List<Selector> wholeBatches(Call call, LaidOut x, List<Selector> ranges) {
    if (ranges.isEmpty()
        || !(ranges.get(0) instanceof Selector.Range first)
        || x.shape().dim(0) >= 0
        || first.step() != 1
        || first.start().orElse(0L) != 0
        || first.stop().orElse(0L) < 2) {
      return ranges;
    }
    call.site()
        .note("The file takes the first " + first.stop().get() + " images of a batch; here all.");
    List<Selector> changed = new ArrayList<>(ranges);
    changed.set(0, Selector.all());
    return changed;
  }

  private static long[] numbers(Call call, String... names) {
    return call.integers(names)
        .orElseThrow(() -> new Unsupported("it is called without " + names[0] + "."));
  }

  /** Bits of the masks say what the number at their place means instead. */
  private static LaidOut stridedSlice(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] begin = numbers(call, "begin");
    List<Size> end = call.sizes("end").orElse(List.of());
    long[] strides =
        call.integers("strides").orElse(LongStream.generate(() -> 1).limit(begin.length).toArray());
    if (end.size() != begin.length || strides.length != begin.length) {
      throw new Unsupported("begin, end and strides differ in length.");
    }
    int beginMask = call.integer(0, "begin_mask");
    int endMask = call.integer(0, "end_mask");
    int ellipsis = call.integer(0, "ellipsis_mask");
    int newAxis = call.integer(0, "new_axis_mask");
    int shrink = call.integer(0, "shrink_axis_mask");
    call.ignore("var");
    List<Selector> selectors = new ArrayList<>();
    for (int i = 0; i < begin.length; i++) {
      int bit = 1 << i;
      if ((ellipsis & bit) != 0) {
        selectors.add(new Selector.Ellipsis());
      } else if ((newAxis & bit) != 0) {
        selectors.add(new Selector.NewAxis());
      } else if ((shrink & bit) != 0) {
        selectors.add(new Selector.Place(begin[i]));
      } else {
        boolean open = (endMask & bit) != 0 || end.get(i).perImage();
        selectors.add(
            new Selector.Range(
                (beginMask & bit) != 0 ? Optional.empty() : Optional.of(begin[i]),
                open ? Optional.empty() : Optional.of(end.get(i).number()),
                strides[i]));
      }
    }
    return Brackets.pick(g, x, wholeBatches(call, x, selectors));
  }

  /** The elements at places along an axis, which the axes of the places take the place of. */
  private static LaidOut gather(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    if (call.integer(0, "batch_dims") != 0) {
      throw new Unsupported("batch_dims is not supported.");
    }
    int axis = call.axis(x.rank(), 0, "axis");
    Operand indices = call.operand(1);
    if (indices instanceof Operand.Literal literal) {
      requireInside(literal.tensor(), x.shape().dim(axis));
    }
    Value places = indices.as(g, DataType.INT64).value(g).logical(g);
    if (indices.rank() == 1) {
      LaidOut y = x.with(g.gather(x.stored(), places, x.storedAxis(axis)));
      return indices.sizes().flatMap(i -> Brackets.picked(x, i)).map(y::holding).orElse(y);
    }
    return indices.rank() == 0
        ? Layouts.removing(
            g, x, new long[] {axis}, (v, a) -> g.gather(v, places, Math.toIntExact(a[0])))
        : LaidOut.asIs(g.gather(x.logical(g), places, axis));
  }

  /** The elements at places along the first axes, none of which is the batch. */
  private static LaidOut gatherNd(GraphBuilder g, Call call) {
    Value x = call.x(g).logical(g);
    Operand indices = call.operand(1);
    long axes = indices.rank() < 1 ? 0 : indices.shape().dim(-1);
    if (axes < 1 || axes > x.rank() || IntStream.range(0, (int) axes).anyMatch(i -> x.dim(i) < 0)) {
      throw new Unsupported("it picks images out of the batch.");
    }
    Value places = indices.as(g, DataType.INT64).value(g).logical(g);
    return LaidOut.asIs(g.op("GatherND", x, places));
  }

  private static void requireInside(Tensor indices, long length) {
    long[] outside =
        Arrays.stream(indices.longs())
            .filter(i -> length < 0 || i >= length || i < -length)
            .toArray();
    if (outside.length > 0) {
      throw new Unsupported(
          length < 0
              ? "it picks images out of the batch."
              : "it picks the place " + outside[0] + " of an axis of " + length + ".");
    }
  }

  private static LaidOut flip(GraphBuilder g, Call call, Optional<long[]> asked) {
    LaidOut x = call.x(g);
    long[] axes =
        asked
            .or(() -> call.axes(x, "axes"))
            .orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    LaidOut y = x;
    for (long axis : axes) {
      y = reversed(g, y, (int) axis);
    }
    return y;
  }

  /** With an axis counted from its other end. */
  static LaidOut reversed(GraphBuilder g, LaidOut x, int axis) {
    if (x.shape().dim(axis) < 0) {
      throw new Unsupported("it reverses the batch.");
    }
    return x.with(g.slice(x.stored(), x.storedAxis(axis), -1, Integer.MIN_VALUE, -1));
  }

  /** What leaves an axis at its end comes in again at its start. */
  private static LaidOut roll(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] shifts = numbers(call, "shift");
    long[] axes =
        call.axes(x, "axis").orElseThrow(() -> new Unsupported("it rolls all axes in one."));
    if (shifts.length != axes.length) {
      throw new Unsupported("shift and axis differ in length.");
    }
    Value y = x.stored();
    for (int i = 0; i < axes.length; i++) {
      int axis = x.storedAxis((int) axes[i]);
      long n = y.dim(axis);
      if (n < 0) {
        throw new Unsupported("it rolls the batch.");
      }
      long start = Math.floorMod(-shifts[i], n);
      y =
          start == 0
              ? y
              : g.concat(axis, List.of(g.slice(y, axis, start, n), g.slice(y, axis, 0, start)));
    }
    return x.with(y);
  }

  /** The elements of each matrix on one side of a diagonal. */
  private static LaidOut triangle(GraphBuilder g, Call call, boolean upper) {
    Value diagonal = g.constant(Tensor.scalar((long) call.integer(0, "k")));
    Value x = call.x(g).logical(g);
    return LaidOut.asIs(g.op("Trilu", Attributes.of("upper", upper), x, diagonal));
  }
}
