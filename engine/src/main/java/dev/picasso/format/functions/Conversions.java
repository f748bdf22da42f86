package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Functions that change the type of elements only, or nothing, or tell of a value's shape. */
final class Conversions {
  private Conversions() {}

  static void addTo(FunctionTable table) {
    table.put(
        Conversions::cast,
        "ops.Cast(x)",
        "ops.ConvertToTensor(x)",
        "tf.cast(x, dtype)",
        "tf.convert_to_tensor(value, dtype)",
        "tf.convert_image_dtype(image, dtype, saturate)",
        "raw.Cast(x)");
    table.put((g, call) -> cast(g, call.x(g), DataType.FLOAT), "tf.to_float(x)");
    table.put((g, call) -> cast(g, call.x(g), DataType.INT32), "tf.to_int32(x)");
    table.put(
        (g, call) -> {
          call.ignore("shape", "message", "dtype");
          return call.x(g);
        },
        "ops.Copy(x)",
        "tf.identity(input)",
        "tf.ensure_shape(x, shape)",
        "tf.check_numerics(tensor, message)",
        "raw.Identity(input)",
        "raw.Snapshot(input)",
        "raw.DebugGradientIdentity(input)",
        "raw.EnsureShape(input)",
        "raw.CheckNumerics(tensor)");
    table.putMany(
        (g, call) -> call.operands(0).stream().map(o -> o.value(g)).toList(),
        "tf.identity_n(input)",
        "raw.IdentityN(*input)");
    table.put(
        Conversions::stopped,
        "ops.StopGradient(variable)",
        "tf.stop_gradient(input)",
        "raw.StopGradient(input)",
        "raw.PreventGradient(input)");
    table.put(
        Conversions::shape,
        "tf.shape(input, out_type)",
        "tf.shape_v2(input, out_type)",
        "raw.Shape(input)");
    table.putMany(
        (g, call) -> call.operands(0).stream().map(o -> shape(g, call, o.value(g))).toList(),
        "raw.ShapeN(*input)");
    table.put(Conversions::size, "tf.size(input, out_type)", "ops.Size(x)", "raw.Size(input)");
    table.put(Conversions::rank, "tf.rank(input)", "ops.Ndim(x)", "raw.Rank(input)");
    table.put(
        Conversions::range, "tf.range(start, limit, delta)", "raw.Range(start, limit, delta)");
    table.put((g, call) -> filled(g, call, 0), "ops.ZerosLike(x)", "tf.zeros_like(input, dtype)");
    table.put((g, call) -> filled(g, call, 1), "ops.OnesLike(x)", "tf.ones_like(input, dtype)");
    table.put((g, call) -> filled(g, call, 0), "raw.ZerosLike(x)");
    table.put((g, call) -> filled(g, call, 1), "raw.OnesLike(x)");
    table.put(
        (g, call) -> filled(g, call, call.number(0, "fill_value")), "ops.FullLike(x, fill_value)");
  }

  private static LaidOut cast(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    Optional<DataType> type = type(call);
    boolean scales =
        call.function().endsWith("convert_image_dtype")
            && type.filter(t -> t.isFloating() != x.stored().type().isFloating()).isPresent();
    if (scales) {
      throw new Unsupported("images of whole numbers are not supported.");
    }
    call.ignore(
        "saturate", "sparse", "ragged", "dtype_hint", "SrcT", "Truncate", "preferred_dtype");
    return type.isPresent() ? cast(g, x, type.get()) : x;
  }

  private static Optional<DataType> type(Call call) {
    Optional<JsonNode> node = call.plain("dtype", "DstT");
    if (node.isPresent() && !node.get().isTextual()) {
      JsonNode name = node.get().path("config").path("name");
      return Optional.of(Types.named(name.asText(Literals.shortened(node.get()))));
    }
    return node.map(n -> Types.named(n.textValue()));
  }

  /** Fractions are cut off; numbers that are known while the graph is built stay so. */
  private static LaidOut cast(GraphBuilder g, LaidOut x, DataType type) {
    LaidOut y = x.with(g.cast(x.stored(), type));
    boolean whole = !type.isFloating() && type != DataType.BOOL;
    return whole && x.sizes().isPresent() ? y.holding(x.sizes().get()) : y;
  }

  /** The same value, through which no gradient passes. */
  private static LaidOut stopped(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    LaidOut y = x.with(g.op("StopGradient", x.stored()));
    return x.sizes().isPresent() ? y.holding(x.sizes().get()) : y;
  }

  private static LaidOut shape(GraphBuilder g, Call call) {
    return shape(g, call, call.x(g));
  }

  private static LaidOut shape(GraphBuilder g, Call call, LaidOut x) {
    call.ignore("out_type", "optimize");
    List<Size> sizes = Arrays.stream(x.shape().dims()).mapToObj(Size::ofDimension).toList();
    Value dims = x.shape().isStatic() ? g.longs(x.shape().dims()) : g.op("Shape", x.logical(g));
    return LaidOut.asIs(dims).holding(sizes);
  }

  private static LaidOut size(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    call.ignore("out_type", "optimize");
    Size size = Size.ofDimension(x.shape().sizeAsDimension());
    return LaidOut.asIs(g.op("Size", x.stored())).holding(List.of(size));
  }

  private static LaidOut rank(GraphBuilder g, Call call) {
    long rank = call.x(g).rank();
    return LaidOut.asIs(g.constant(Tensor.scalar(rank))).holding(List.of(Size.of(rank)));
  }

  /** Numbers in even steps; with a single number, from zero up to it. */
  private static LaidOut range(GraphBuilder g, Call call) {
    if (Stream.of("start", "limit", "delta").anyMatch(name -> isFraction(call, name))) {
      return fractions(g, call);
    }
    long start = call.integer(0, "start");
    boolean single = call.argument("limit").isEmpty();
    long first = single ? 0 : start;
    long limit = single ? start : call.integer(0, "limit");
    long step = call.integer(1, "delta");
    long count = step == 0 ? 0 : -Math.floorDiv(first - limit, step);
    Limits.checkPlaces((double) count);
    long[] numbers = LongStream.range(0, count).map(i -> first + i * step).toArray();
    LaidOut all = LaidOut.asIs(g.longs(numbers));
    Optional<DataType> type = type(call);
    return type.isPresent()
        ? cast(g, all, type.get())
        : all.holding(Arrays.stream(numbers).mapToObj(Size::of).toList());
  }

  private static boolean isFraction(Call call, String name) {
    return call.operand(name)
        .filter(o -> o instanceof Operand.Literal && o.type().isFloating())
        .isPresent();
  }

  private static LaidOut fractions(GraphBuilder g, Call call) {
    double start = call.number(0, "start");
    boolean single = call.argument("limit").isEmpty();
    double first = single ? 0 : start;
    double step = call.number(1, "delta");
    double count = Math.ceil(((single ? start : call.number(0, "limit")) - first) / step);
    Limits.checkPlaces(count);
    float[] numbers = new float[(int) count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (first + i * step);
    }
    LaidOut all = LaidOut.asIs(g.constant(Tensor.of(numbers, numbers.length)));
    return type(call).map(t -> cast(g, all, t)).orElse(all);
  }

  /** One number everywhere, in the shape of a value. */
  private static LaidOut filled(GraphBuilder g, Call call, double number) {
    LaidOut x = call.x(g);
    call.ignore("optimize");
    LaidOut like = Types.numeric(g, type(call).map(t -> cast(g, x, t)).orElse(x));
    Value zeros = g.mul(like.stored(), 0);
    return like.with(number == 0 ? zeros : g.add(zeros, number));
  }
}
