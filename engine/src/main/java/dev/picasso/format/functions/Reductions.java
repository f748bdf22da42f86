package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Sums, means, extremes and norms along axes, and the places of extremes. */
final class Reductions {
  /** Reduces axes of a stored value, which stay as ones or go. */
  @FunctionalInterface
  private interface Reduction {
    Value emit(GraphBuilder g, Value x, boolean keep, long[] axes);
  }

  private Reductions() {}

  static void addTo(FunctionTable table) {
    floats(
        table,
        plain("ReduceMean"),
        "ops.Mean(x)",
        "tf.reduce_mean(input_tensor, axis, keepdims)",
        "tf.mean(x, axis, keepdims)");
    numbers(
        table,
        plain("ReduceSum"),
        "ops.Sum(x)",
        "tf.reduce_sum(input_tensor, axis, keepdims)",
        "tf.sum(x, axis, keepdims)",
        "raw.Sum(input, axis)");
    numbers(
        table,
        plain("ReduceMax"),
        "ops.Max(x)",
        "ops.Amax(x)",
        "tf.reduce_max(input_tensor, axis, keepdims)",
        "tf.max(x, axis, keepdims)",
        "raw.Max(input, axis)");
    numbers(
        table,
        plain("ReduceMin"),
        "ops.Min(x)",
        "ops.Amin(x)",
        "tf.reduce_min(input_tensor, axis, keepdims)",
        "tf.min(x, axis, keepdims)",
        "raw.Min(input, axis)");
    table.put(
        Reductions::product,
        "ops.Prod(x)",
        "tf.reduce_prod(input_tensor, axis, keepdims)",
        "tf.prod(x, axis, keepdims)",
        "raw.Prod(input, axis)");
    floats(
        table,
        plain("ReduceLogSumExp"),
        "ops.Logsumexp(x)",
        "tf.reduce_logsumexp(input_tensor, axis, keepdims)",
        "tf.logsumexp(x, axis, keepdims)");
    floats(
        table,
        Reductions::variance,
        "ops.Var(x)",
        "tf.reduce_variance(input_tensor, axis, keepdims)",
        "tf.var(x, axis, keepdims)");
    floats(
        table,
        (g, x, keep, axes) -> g.sqrt(variance(g, x, keep, axes)),
        "ops.Std(x)",
        "tf.reduce_std(input_tensor, axis, keepdims)",
        "tf.std(x, axis, keepdims)");
    floats(
        table,
        plain("ReduceL2"),
        "tf.reduce_euclidean_norm(input_tensor, axis, keepdims)",
        "raw.EuclideanNorm(input, axis)");
    truths(
        table,
        "ReduceMin",
        "ops.All(x)",
        "tf.reduce_all(input_tensor, axis, keepdims)",
        "raw.All(input, axis)");
    truths(
        table,
        "ReduceMax",
        "ops.Any(x)",
        "tf.reduce_any(input_tensor, axis, keepdims)",
        "raw.Any(input, axis)");
    table.put(Reductions::count, "ops.CountNonzero(x)", "tf.count_nonzero(input, axis, keepdims)");
    table.put(Reductions::norm, "ops.Norm(x)", "tf.norm(tensor, ord, axis, keepdims)");
    table.putMany(Reductions::moments, "ops.Moments(x)", "tf.moments(x, axes, shift, keepdims)");
    place(table, "ArgMax", "ops.Argmax(x)", "tf.argmax(input, axis)", "raw.ArgMax(input, axis)");
    place(table, "ArgMin", "ops.Argmin(x)", "tf.argmin(input, axis)", "raw.ArgMin(input, axis)");
    table.putMany(Reductions::top, "ops.TopK(x)", "tf.top_k(input, k)", "raw.TopKV2(input, k)");
    table.putMany(Reductions::top, "raw.TopK(input)");
    table.put(Reductions::halfOfSquares, "raw.L2Loss(t)", "tf.l2_loss(t)");
    table.put(Reductions::mean, "raw.Mean(input, axis)");
  }

  private static Reduction plain(String op) {
    return (g, x, keep, axes) -> g.reduce(op, x, keep, axes);
  }

  private static void floats(FunctionTable table, Reduction reduction, String... signatures) {
    table.put((g, call) -> reduce(g, call, Types.floating(g, call.x(g)), reduction), signatures);
  }

  private static void numbers(FunctionTable table, Reduction reduction, String... signatures) {
    table.put((g, call) -> reduce(g, call, Types.numeric(g, call.x(g)), reduction), signatures);
  }

  /** Truths are reduced as zeros and ones. */
  private static void truths(FunctionTable table, String op, String... signatures) {
    table.put(
        (g, call) -> {
          LaidOut x = call.x(g).with(g.cast(call.x(g).stored(), DataType.INT32));
          LaidOut y = reduce(g, call, x, plain(op));
          return y.with(g.cast(y.stored(), DataType.BOOL));
        },
        signatures);
  }

  private static LaidOut reduce(GraphBuilder g, Call call, LaidOut x, Reduction reduction) {
    if (call.argument("initial", "weights").isPresent()) {
      throw new Unsupported("a value to begin with is not supported.");
    }
    boolean keep = call.flag(false, "keepdims", "keep_dims");
    return reduce(g, x, axes(call, x), keep, reduction);
  }

  /** The axes that are asked for, all of them where none is. */
  private static long[] axes(Call call, LaidOut x) {
    long[] axes =
        call.axes(x, "axis", "axes", "reduction_indices")
            .orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    if (LongStream.of(axes).anyMatch(a -> x.shape().dim((int) a) < 0)) {
      call.site()
          .note(
              call.site().path()
                  + " computes over all images of a batch at once, so that the result for one"
                  + " depends on the others.");
    }
    return axes;
  }

  private static LaidOut reduce(
      GraphBuilder g, LaidOut x, long[] axes, boolean keep, Reduction reduction) {
    if (axes.length == 0 && x.rank() > 0) {
      return x; // TensorFlow's empty list of axes means none, not all
    }
    if (axes.length == 0) {
      return x.with(reduction.emit(g, x.stored(), true, new long[0]));
    }
    return keep
        ? Layouts.keeping(x, axes, (v, a) -> reduction.emit(g, v, true, a))
        : Layouts.removing(g, x, axes, (v, a) -> reduction.emit(g, v, false, a));
  }

  /** Of whole numbers a whole number, rounded towards zero. */
  private static LaidOut mean(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    boolean whole = !x.stored().type().isFloating() && x.stored().type() != DataType.BOOL;
    return whole
        ? reduce(
            g,
            call,
            x,
            (h, v, keep, axes) -> {
              long count = Arrays.stream(axes).map(a -> v.dim((int) a)).reduce(1, (a, b) -> a * b);
              if (count < 1) {
                throw new Unsupported("it takes the mean of whole numbers over the batch.");
              }
              return h.div(h.sum(v, keep, axes), h.constant(Tensor.scalar(count).as(v.type())));
            })
        : reduce(g, call, Types.floating(g, x), plain("ReduceMean"));
  }

  private static LaidOut halfOfSquares(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    return reduce(
        g, x, axes(call, x), false, (h, v, keep, a) -> h.mul(h.sum(h.square(v), keep, a), 0.5));
  }

  /** The mean of the squares of what deviates from the mean. */
  private static Value variance(GraphBuilder g, Value x, boolean keep, long[] axes) {
    return g.mean(g.square(g.sub(x, g.mean(x, true, axes))), keep, axes);
  }

  /** Of the lengths of axes too, whose product is known while the graph is built. */
  private static LaidOut product(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    LaidOut y = reduce(g, call, Types.numeric(g, x), plain("ReduceProd"));
    return x.sizes()
        .flatMap(
            all ->
                all.stream()
                    .map(Optional::of)
                    .reduce(
                        Optional.of(Size.of(1)),
                        (a, b) -> a.flatMap(p -> b.flatMap(q -> SizeArithmetic.multiply(p, q)))))
        .map(size -> y.holding(List.of(size)))
        .orElse(y);
  }

  private static LaidOut count(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    Value zero = g.scalarLike(x.stored(), 0);
    boolean truth = x.stored().type() == DataType.BOOL;
    Value hits = truth ? x.stored() : g.op("Not", g.equal(x.stored(), zero));
    return reduce(g, call, x.with(g.cast(hits, DataType.INT32)), plain("ReduceSum"));
  }

  /** The Euclidean norm, the sum or the largest of magnitudes; along two axes the first only. */
  private static LaidOut norm(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    long[] axes = axes(call, x);
    boolean named = call.plain("ord").filter(o -> o.isTextual()).isPresent();
    String word = named ? call.text("", "ord") : "";
    double order = named ? 2 : call.number(2, "ord");
    boolean euclidean = word.equals("euclidean") || word.equals("fro") || word.isEmpty();
    boolean vector = axes.length == 1;
    boolean plainOrder = order == 2 && (vector || call.plain("ord").isEmpty() || named);
    if (!euclidean
        || !(plainOrder || (vector && (order == 1 || order == Double.POSITIVE_INFINITY)))) {
      throw new Unsupported(
          "the norm of order "
              + (word.isEmpty() ? order : word)
              + " along "
              + axes.length
              + " axes is not supported.");
    }
    Reduction reduction =
        order == 2
            ? plain("ReduceL2")
            : order == 1
                ? plain("ReduceL1")
                : (h, v, keep, a) -> h.reduce("ReduceMax", h.abs(v), keep, a);
    return reduce(g, x, axes, call.flag(false, "keepdims", "keep_dims"), reduction);
  }

  private static List<LaidOut> moments(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    call.ignore("shift", "synchronized");
    boolean keep = call.flag(false, "keepdims", "keep_dims");
    long[] axes = axes(call, x);
    return List.of(
        reduce(g, x, axes, keep, plain("ReduceMean")),
        reduce(g, x, axes, keep, Reductions::variance));
  }

  private static void place(FunctionTable table, String op, String... signatures) {
    table.put((g, call) -> place(g, call, op), signatures);
  }

  /** Where no axis is named: the first for TensorFlow, the place among all for Keras. */
  private static LaidOut place(GraphBuilder g, Call call, String op) {
    LaidOut x = Types.numeric(g, call.x(g));
    call.ignore("output_type", "dimension");
    boolean keep = call.flag(false, "keepdims");
    boolean keras = call.plain("axis").isEmpty() && call.function().startsWith("ops.");
    if (keras) {
      throw new Unsupported("the place among all elements is not supported; an axis is needed.");
    }
    long[] axis = {call.axis(x.rank(), 0, "axis", "dimension")};
    Layouts.Along operator =
        (v, a) -> g.op(op, Attributes.of("axis", a[0]).with("keepdims", keep), v);
    return keep ? Layouts.keeping(x, axis, operator) : Layouts.removing(g, x, axis, operator);
  }

  /** The largest along the last axis, and where they are. */
  private static List<LaidOut> top(GraphBuilder g, Call call) {
    LaidOut x = Types.numeric(g, call.x(g));
    call.ignore("index_type");
    int axis = x.storedAxis(-1);
    long k = call.integer(1, "k");
    if (k < 1 || k > x.stored().dim(axis)) {
      throw new Unsupported("k is " + k + "; there are " + x.stored().dim(axis) + " elements.");
    }
    List<Value> both =
        g.emit(
            "TopK",
            Attributes.of("axis", axis),
            2,
            List.of(Optional.of(x.stored()), Optional.of(g.longs(k))));
    return both.stream().map(x::with).toList();
  }
}
