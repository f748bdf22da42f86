package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Functions that give elements other axes, or axes another order. */
final class Reshaping {
  private static final Size OPEN = Size.of(-1);

  private Reshaping() {}

  static void addTo(FunctionTable table) {
    table.put(
        Reshaping::reshape,
        "ops.Reshape(x)",
        "tf.reshape(tensor, shape)",
        "raw.Reshape(tensor, shape)");
    table.put(
        Reshaping::transpose,
        "ops.Transpose(x)",
        "tf.transpose(a, perm)",
        "raw.Transpose(x, perm)");
    table.put(Reshaping::permute, "tf.permute_dimensions(x, pattern)");
    table.put(Reshaping::moveAxis, "ops.Moveaxis(x)");
    table.put(Reshaping::swapAxes, "ops.Swapaxes(x)");
    table.put(
        Reshaping::expandDims,
        "ops.ExpandDims(x)",
        "tf.expand_dims(input, axis)",
        "tf.keras.backend.expand_dims(x, axis)",
        "raw.ExpandDims(input, axis)");
    table.put(
        Reshaping::squeeze, "ops.Squeeze(x)", "tf.squeeze(input, axis)", "raw.Squeeze(input)");
    table.put(
        Reshaping::broadcast,
        "ops.BroadcastTo(x)",
        "tf.broadcast_to(input, shape)",
        "raw.BroadcastTo(input, shape)");
    table.put(Reshaping::flattenImages, "tf.batch_flatten(x)");
    table.put(Reshaping::repeatVector, "tf.keras.backend.repeat(x, n)");
    table.put(Reshaping::rotate, "ops.Rot90(array)");
    table.put(Reshaping::flattenAll, "ops.Ravel(x)");
  }

  private static LaidOut reshape(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    List<Size> target =
        call.sizes("shape", "newshape").orElseThrow(() -> new Unsupported("it has no shape."));
    return to(g, call, x, target);
  }

  /** The value in a shape of which one length may be open, as −1. */
  private static LaidOut to(GraphBuilder g, Call call, LaidOut x, List<Size> asked) {
    Shape shape = target(call, x.shape(), asked);
    return shape.equals(x.shape()) ? x : LaidOut.asIs(g.reshape(x.logical(g), shape));
  }

  private static Shape target(Call call, Shape from, List<Size> asked) {
    long total = from.sizeAsDimension();
    List<Size> sizes = withBatch(call, total, asked);
    Size known = Size.of(1);
    for (Size size : sizes) {
      if (!size.equals(OPEN)) {
        known = SizeArithmetic.multiply(known, size).orElseThrow(() -> misfit(from, asked));
      }
    }
    long open = sizes.stream().filter(OPEN::equals).count();
    Size all = Size.ofDimension(total);
    boolean divides = known.number() > 0 && all.number() % known.number() == 0;
    if (open > 1 || !divides || (open == 0 && !known.equals(all))) {
      throw misfit(from, asked);
    }
    Size rest = SizeArithmetic.divide(all, known).orElseThrow(() -> misfit(from, asked));
    return Shape.of(
        sizes.stream()
            .map(s -> s.equals(OPEN) ? rest : s)
            .mapToLong(s -> s.perImage() ? -s.number() : s.number())
            .toArray());
  }

  /** A file made for batches of one size has this size in place of the batch. */
  private static List<Size> withBatch(Call call, long total, List<Size> asked) {
    boolean fixed = asked.stream().allMatch(s -> !s.perImage() && s.number() > 0);
    if (total >= 0 || !fixed || asked.isEmpty()) {
      return asked;
    }
    long rest = asked.stream().skip(1).mapToLong(Size::number).reduce(1, Math::multiplyExact);
    if (rest != -total) {
      return asked;
    }
    call.site().note("The file computes batches of " + asked.get(0) + " only; here any.");
    List<Size> sizes = new ArrayList<>(asked);
    sizes.set(0, new Size(1, true));
    return sizes;
  }

  private static Unsupported misfit(Shape from, List<Size> asked) {
    return new Unsupported("its input of shape " + from + " does not fit " + asked + ".");
  }

  // -------------------------------------------------------------------- order

  private static LaidOut transpose(GraphBuilder g, Call call) {
    call.ignore("conjugate");
    LaidOut x = call.x(g);
    long[] reversed = LongStream.iterate(x.rank() - 1L, i -> i - 1).limit(x.rank()).toArray();
    return ordered(g, x, call.integers("perm", "axes").orElse(reversed));
  }

  private static LaidOut permute(GraphBuilder g, Call call) {
    return ordered(g, call.x(g), call.integers("pattern").orElse(new long[0]));
  }

  /** Axis i of the result is the axis {@code order[i]} of x. */
  private static LaidOut ordered(GraphBuilder g, LaidOut x, long[] order) {
    int rank = x.rank();
    int[] axes = Arrays.stream(order).mapToInt(a -> (int) (a < 0 ? a + rank : a)).toArray();
    if (!Arrays.equals(
        Arrays.stream(axes).sorted().toArray(), IntStream.range(0, rank).toArray())) {
      throw new Unsupported(
          "the order " + Arrays.toString(order) + " does not fit the shape " + x.shape() + ".");
    }
    if (IntStream.range(0, rank).allMatch(i -> axes[i] == i)) {
      return x;
    }
    boolean toChannelsLast =
        !x.channelsMoved()
            && rank > 2
            && IntStream.range(0, rank)
                .allMatch(i -> axes[i] == (i == 0 ? 0 : i == rank - 1 ? 1 : i + 1));
    return toChannelsLast
        ? LaidOut.moved(x.stored())
        : LaidOut.asIs(g.transpose(x.stored(), Arrays.stream(axes).map(x::storedAxis).toArray()));
  }

  private static LaidOut moveAxis(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] from = call.axes(x, "source").orElse(new long[0]);
    long[] to = call.axes(x, "destination").orElse(new long[0]);
    if (from.length != to.length) {
      throw new Unsupported("source and destination differ in length.");
    }
    long[] order = new long[x.rank()];
    Arrays.fill(order, -1);
    for (int i = 0; i < from.length; i++) {
      order[(int) to[i]] = from[i];
    }
    List<Long> others = new ArrayList<>();
    LongStream.range(0, x.rank())
        .filter(a -> Arrays.stream(from).noneMatch(f -> f == a))
        .forEach(others::add);
    for (int i = 0; i < order.length; i++) {
      order[i] = order[i] >= 0 ? order[i] : others.remove(0);
    }
    return ordered(g, x, order);
  }

  private static LaidOut swapAxes(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] order = LongStream.range(0, x.rank()).toArray();
    int a = call.axis(x.rank(), 0, "axis1");
    int b = call.axis(x.rank(), 0, "axis2");
    order[a] = b;
    order[b] = a;
    return ordered(g, x, order);
  }

  /** k quarter turns from the first towards the second of two axes. */
  private static LaidOut rotate(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] axes = call.axes(x, "axes").orElse(new long[] {0, 1});
    if (axes.length != 2 || axes[0] == axes[1]) {
      throw new Unsupported("axes must be two different axes.");
    }
    long[] order = LongStream.range(0, x.rank()).toArray();
    order[(int) axes[0]] = axes[1];
    order[(int) axes[1]] = axes[0];
    LaidOut y = x;
    for (int k = Math.floorMod(call.integer(1, "k"), 4); k > 0; k--) {
      y = ordered(g, Slicing.reversed(g, y, (int) axes[1]), order);
    }
    return y;
  }

  // -------------------------------------------------------------- axes of one

  private static LaidOut expandDims(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] axes = call.integers("axis", "dim").orElse(new long[] {-1});
    int rank = x.rank() + axes.length;
    LaidOut y = x;
    for (long axis : Arrays.stream(axes).map(a -> a < 0 ? a + rank : a).sorted().toArray()) {
      y = expanded(g, y, axis);
    }
    return x.sizes().isPresent() ? y.holding(x.sizes().get()) : y;
  }

  /** With an axis of length one at a place. */
  static LaidOut expanded(GraphBuilder g, LaidOut x, long place) {
    if (place < 0 || place > x.rank()) {
      throw new Unsupported("axis is " + place + "; the value has " + x.rank() + " axes.");
    }
    boolean between = x.channelsMoved() && place > 0 && place < x.rank();
    return between
        ? LaidOut.moved(g.unsqueeze(x.stored(), place + 1))
        : LaidOut.asIs(g.unsqueeze(x.logical(g), place));
  }

  private static LaidOut squeeze(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] axes =
        call.axes(x, "axis", "squeeze_dims")
            .filter(a -> a.length > 0)
            .orElseGet(
                () ->
                    LongStream.range(0, x.rank())
                        .filter(a -> x.shape().dim((int) a) == 1)
                        .toArray());
    for (long axis : axes) {
      if (x.shape().dim((int) axis) != 1) {
        throw new Unsupported("the axis " + axis + " of " + x.shape() + " is not of length one.");
      }
    }
    LaidOut y = Layouts.removing(g, x, axes, (v, a) -> g.squeeze(v, a));
    return x.sizes().isPresent() ? y.holding(x.sizes().get()) : y;
  }

  /** Stretched to a shape; the batch stays what it is. */
  private static LaidOut broadcast(GraphBuilder g, Call call) {
    Value x = call.x(g).logical(g);
    List<Size> target = call.sizes("shape").orElseThrow(() -> new Unsupported("it has no shape."));
    long[] dims = target.stream().mapToLong(Size::number).toArray();
    int added = dims.length - x.rank();
    if (added >= 0 && repeatsForImages(x, target)) {
      return LaidOut.asIs(Filling.stretched(g, x, call.operand("shape").orElseThrow(), target));
    }
    for (int i = 0; i < dims.length; i++) {
      boolean batch = i >= added && x.dim(i - added) < 0;
      if (batch || (dims[i] == -1 && i >= added)) {
        dims[i] = 1;
      } else if (target.get(i).perImage()) {
        throw new Unsupported("it repeats " + x.shape() + " for each image.");
      }
    }
    if (added < 0 || Arrays.stream(dims).anyMatch(d -> d < 1)) {
      throw misfit(x.shape(), target);
    }
    Limits.check(dims);
    return LaidOut.asIs(g.expand(x, dims));
  }

  /** Whether a value that is the same for all images shall be one for each. */
  private static boolean repeatsForImages(Value x, List<Size> target) {
    return x.shape().isStatic() && target.stream().anyMatch(Size::perImage);
  }

  private static LaidOut flattenImages(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    return to(g, call, x, List.of(Size.ofDimension(x.shape().dim(0)), OPEN));
  }

  private static LaidOut flattenAll(GraphBuilder g, Call call) {
    return to(g, call, call.x(g), Collections.singletonList(OPEN));
  }

  /** [N, features] to [N, n, features]. */
  private static LaidOut repeatVector(GraphBuilder g, Call call) {
    Value x = call.x(g).logical(g);
    long n = call.integer(1, "n");
    Limits.check(n);
    return LaidOut.asIs(g.tile(g.unsqueeze(x, 1), 1, n, 1));
  }
}
