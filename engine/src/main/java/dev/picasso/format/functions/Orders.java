package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
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

/** Rows of numbers that tell the order of axes, or the lengths of axes in some order. */
final class Orders {
  private Orders() {}

  static void addTo(FunctionTable table) {
    table.put(Orders::inverse, "raw.InvertPermutation(x)", "tf.invert_permutation(x)");
    table.put(Orders::broadcast, "raw.BroadcastArgs(s0, s1)");
    table.put(Orders::permuted, "raw.DataFormatVecPermute(x)");
    table.put(Orders::mapped, "raw.DataFormatDimMap(x)");
  }

  /** Place j holds where j stands in the order: of numbers in the file, or of computed ones. */
  private static LaidOut inverse(GraphBuilder g, Call call) {
    Operand given = call.operand(0);
    if (given.sizes().isEmpty() && given instanceof Operand.Given computed) {
      return inverse(g, computed.x().logical(g));
    }
    long[] order = call.integers("x").orElse(new long[0]);
    long[] inverse = new long[order.length];
    boolean[] seen = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      if (order[i] < 0 || order[i] >= order.length || seen[(int) order[i]]) {
        throw new Unsupported(Arrays.toString(order) + " is no order of axes.");
      }
      seen[(int) order[i]] = true;
      inverse[(int) order[i]] = i;
    }
    return row(g, inverse);
  }

  private static LaidOut inverse(GraphBuilder g, Value order) {
    if (order.rank() != 1 || order.dim(0) < 1) {
      throw new Unsupported("its input has the shape " + order.shape() + "; it must be a row.");
    }
    long n = order.dim(0);
    Limits.check(n, n);
    Value places = g.cast(g.longs(LongStream.range(0, n).toArray()), order.type());
    Value stands = g.equal(g.unsqueeze(order, 1), g.unsqueeze(places, 0)); // [place, number]
    Value found = g.mul(g.cast(stands, order.type()), g.unsqueeze(places, 1));
    return LaidOut.asIs(g.sum(found, false, 0));
  }

  private static LaidOut row(GraphBuilder g, long[] numbers) {
    return LaidOut.asIs(g.longs(numbers))
        .holding(Arrays.stream(numbers).mapToObj(Size::of).toList());
  }

  /** The shape that two shapes have together, of which an axis may be as long as the batch. */
  private static LaidOut broadcast(GraphBuilder g, Call call) {
    List<Size> a = call.sizes("s0").orElse(List.of());
    List<Size> b = call.sizes("s1").orElse(List.of());
    int rank = Math.max(a.size(), b.size());
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Size one = at(a, i - rank + a.size());
      Size other = at(b, i - rank + b.size());
      Size together = one.equals(Size.of(1)) ? other : one;
      if (!other.equals(Size.of(1)) && !other.equals(together)) {
        throw new Unsupported("the shapes " + a + " and " + b + " do not broadcast.");
      }
      sizes.add(together);
    }
    if (sizes.stream().noneMatch(Size::perImage)) {
      return row(g, sizes.stream().mapToLong(Size::number).toArray());
    }
    Value longest = g.max(withOnes(g, call.operand(0), rank), withOnes(g, call.operand(1), rank));
    return LaidOut.asIs(longest).holding(sizes);
  }

  private static Size at(List<Size> sizes, int i) {
    return i < 0 ? Size.of(1) : sizes.get(i);
  }

  private static Value withOnes(GraphBuilder g, Operand row, int rank) {
    Value x = g.cast(row.value(g).logical(g), DataType.INT64);
    long[] ones = LongStream.generate(() -> 1).limit(rank - x.dim(0)).toArray();
    return ones.length == 0 ? x : g.concat(0, List.of(g.longs(ones), x));
  }

  /** Numbers for the axes of one layout in the order of another; four of them, or two places. */
  private static LaidOut permuted(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    boolean places = x.rank() > 0 && x.shape().dim(0) == formats(call)[0].length() - 2L;
    String[] formats = formats(call);
    if (places) {
      formats = Arrays.stream(formats).map(f -> f.replaceAll("[NC]", "")).toArray(String[]::new);
    }
    String from = formats[0];
    int[] order = formats[1].chars().map(from::indexOf).toArray();
    if (x.rank() < 1 || x.shape().dim(0) != order.length) {
      throw new Unsupported("its input has the shape " + x.shape() + ".");
    }
    Tensor indices = Tensor.longs(Arrays.stream(order).asLongStream().toArray());
    LaidOut y = LaidOut.asIs(g.gather(x.logical(g), g.constant(indices), 0));
    Optional<List<Size>> known = call.operand(0).sizes();
    return known.isPresent()
        ? y.holding(IntStream.of(order).mapToObj(known.get()::get).toList())
        : y;
  }

  /** The axes of one layout as those of another. */
  private static LaidOut mapped(GraphBuilder g, Call call) {
    String[] formats = formats(call);
    int rank = formats[0].length();
    long[] axes = call.integers("x").orElse(new long[0]);
    long[] mapped =
        Arrays.stream(axes)
            .map(a -> formats[1].indexOf(formats[0].charAt((int) Math.floorMod(a, (long) rank))))
            .toArray();
    return call.operand(0).rank() == 0
        ? LaidOut.asIs(g.constant(Tensor.scalar(mapped[0]))).holding(List.of(Size.of(mapped[0])))
        : row(g, mapped);
  }

  private static String[] formats(Call call) {
    String from = call.text("NHWC", "src_format");
    String to = call.text("NCHW", "dst_format");
    boolean fits =
        from.length() > 2
            && from.chars().distinct().count() == from.length()
            && Arrays.equals(from.chars().sorted().toArray(), to.chars().sorted().toArray());
    if (!fits) {
      throw new Unsupported("the layouts " + from + " and " + to + " do not belong together.");
    }
    return new String[] {from, to};
  }
}
