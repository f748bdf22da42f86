package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Functions of two values, element by element, with broadcasting. */
final class Arithmetic {
  /** A function of two values of one type that broadcast. */
  @FunctionalInterface
  private interface Binary {
    Value emit(GraphBuilder g, Value a, Value b);
  }

  private Arithmetic() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> sized(g, call, (h, a, b) -> h.add(a, b), SizeArithmetic::add),
        "ops.Add(x1, x2)",
        "tf.add(x, y)",
        "raw.Add(x, y)",
        "raw.AddV2(x, y)");
    table.put(
        (g, call) -> sized(g, call, (h, a, b) -> h.sub(a, b), SizeArithmetic::subtract),
        "ops.Subtract(x1, x2)",
        "tf.subtract(x, y)",
        "tf.sub(x, y)",
        "raw.Sub(x, y)");
    table.put(
        (g, call) -> sized(g, call, (h, a, b) -> h.mul(a, b), SizeArithmetic::multiply),
        "ops.Multiply(x1, x2)",
        "tf.multiply(x, y)",
        "tf.mul(x, y)",
        "tf.scalar_mul(scalar, x)",
        "raw.Mul(x, y)");
    table.put(
        (g, call) -> sized(g, call, Arithmetic::floorDivide, SizeArithmetic::divide),
        "ops.FloorDivide(x1, x2)",
        "tf.floordiv(x, y)",
        "tf.floor_div(x, y)",
        "tf.floor_divide(x, y)",
        "raw.FloorDiv(x, y)",
        "raw.FloorDivV2(x, y)");
    table.put(
        Arithmetic::divide,
        "ops.Divide(x1, x2)",
        "ops.TrueDivide(x1, x2)",
        "tf.divide(x, y)",
        "tf.truediv(x, y)",
        "tf.div(x, y)",
        "tf.realdiv(x, y)",
        "raw.RealDiv(x, y)");
    table.put(
        (g, call) -> sized(g, call, (h, a, b) -> h.div(a, b), SizeArithmetic::truncate),
        "tf.truncatediv(x, y)",
        "raw.TruncateDiv(x, y)",
        "raw.Div(x, y)");
    binary(table, (g, a, b) -> timesLog(g, a, b), "tf.xlogy(x, y)", "raw.Xlogy(x, y)");
    binary(
        table, (g, a, b) -> timesLog(g, a, g.add(b, 1)), "tf.xlog1py(x, y)", "raw.Xlog1py(x, y)");
    binary(
        table,
        (g, a, b) -> zeroWhere(g, a, g.div(a, notZeroWhere(g, a, b))),
        "tf.xdivy(x, y)",
        "raw.Xdivy(x, y)");
    binary(
        table,
        (g, a, b) -> zeroWhere(g, b, g.mul(a, b)),
        "tf.multiply_no_nan(x, y)",
        "tf.mul_no_nan(x, y)",
        "raw.MulNoNan(x, y)");
    binary(
        table,
        Arithmetic::divideNoNan,
        "ops.DivideNoNan(x1, x2)",
        "tf.divide_no_nan(x, y)",
        "tf.div_no_nan(x, y)",
        "raw.DivNoNan(x, y)");
    binary(
        table,
        Arithmetic::floorMod,
        "ops.Mod(x1, x2)",
        "tf.floormod(x, y)",
        "tf.mod(x, y)",
        "raw.FloorMod(x, y)");
    binary(
        table,
        (g, a, b) -> g.op("Mod", Attributes.of("fmod", 1), a, b),
        "ops.Fmod(x1, x2)",
        "tf.truncatemod(x, y)",
        "raw.TruncateMod(x, y)");
    binary(
        table,
        (g, a, b) -> g.op("Pow", a, b),
        "ops.Power(x1, x2)",
        "tf.pow(x, y)",
        "raw.Pow(x, y)");
    binary(
        table,
        (g, a, b) -> g.max(a, b),
        "ops.Maximum(x1, x2)",
        "ops.Fmax(x1, x2)",
        "tf.maximum(x, y)",
        "raw.Maximum(x, y)");
    binary(
        table,
        (g, a, b) -> g.min(a, b),
        "ops.Minimum(x1, x2)",
        "ops.Fmin(x1, x2)",
        "tf.minimum(x, y)",
        "raw.Minimum(x, y)");
    binary(
        table,
        (g, a, b) -> g.square(g.sub(a, b)),
        "tf.squared_difference(x, y)",
        "raw.SquaredDifference(x, y)");
    binary(table, Arithmetic::angle, "ops.Arctan2(x1, x2)", "tf.atan2(y, x)", "raw.Atan2(y, x)");
    binary(table, (g, a, b) -> g.sqrt(g.add(g.square(a), g.square(b))), "ops.Hypot(x1, x2)");
    binary(table, Arithmetic::logAddExp, "ops.Logaddexp(x1, x2)");
    table.put(
        Arithmetic::sum,
        "tf.add_n(inputs)",
        "tf.accumulate_n(inputs)",
        "raw.AddN(*inputs)",
        "raw.AccumulateNV2(*inputs)");
  }

  private static void binary(FunctionTable table, Binary function, String... signatures) {
    table.put((g, call) -> apply(g, call.operand(0), call.operand(1), function), signatures);
  }

  /** The function of two operands that need not be of one type, layout or rank. */
  private static LaidOut apply(GraphBuilder g, Operand a, Operand b, Binary function) {
    var aligned = Layouts.broadcasting(g, Types.common(g, List.of(a, b)));
    return aligned.close(function.emit(g, aligned.get(0), aligned.get(1)));
  }

  /** The same for a value of this room and another. */
  static LaidOut of(GraphBuilder g, LaidOut a, Operand b, BinaryOperator<Value> function) {
    return apply(g, new Operand.Given(a), b, (h, x, y) -> function.apply(x, y));
  }

  /** A function whose result is known while the graph is built if the operands are. */
  private static LaidOut sized(
      GraphBuilder g, Call call, Binary function, SizeArithmetic.Operation known) {
    Operand a = call.operand(0);
    Operand b = call.operand(1);
    LaidOut y = apply(g, a, b, function);
    return a.sizes()
        .flatMap(left -> b.sizes().flatMap(right -> SizeArithmetic.apply(known, left, right)))
        .map(y::holding)
        .orElse(y);
  }

  /** Of whole numbers too the result has a fraction. */
  private static LaidOut divide(GraphBuilder g, Call call) {
    Operand a = call.operand(0);
    Operand b = call.operand(1);
    boolean whole = !a.type().isFloating() && !b.type().isFloating();
    return apply(g, whole ? a.as(g, DataType.FLOAT) : a, b, (h, x, y) -> h.div(x, y));
  }

  /** ⌊a / b⌋; integers are divided towards zero by the runtime, so that what remains goes first. */
  private static Value floorDivide(GraphBuilder g, Value a, Value b) {
    return a.type().isFloating()
        ? g.op("Floor", g.div(a, b))
        : g.div(g.sub(a, g.op("Mod", a, b)), b);
  }

  /** a − b·⌊a / b⌋. */
  private static Value floorMod(GraphBuilder g, Value a, Value b) {
    return a.type().isFloating()
        ? g.sub(a, g.mul(b, g.op("Floor", g.div(a, b))))
        : g.op("Mod", a, b);
  }

  /** a / b, and zero where b is zero. */
  private static Value divideNoNan(GraphBuilder g, Value a, Value b) {
    Value zero = g.equal(b, g.scalarLike(b, 0));
    Value safe = g.where(zero, g.scalarLike(b, 1), b);
    return g.where(zero, g.scalarLike(a, 0), g.div(a, safe));
  }

  /** a · log b, and zero where a is zero. */
  private static Value timesLog(GraphBuilder g, Value a, Value b) {
    return zeroWhere(g, a, g.mul(a, g.log(notZeroWhere(g, a, b))));
  }

  /** Zero where the first is zero, else the second. */
  private static Value zeroWhere(GraphBuilder g, Value a, Value y) {
    return g.where(g.equal(a, g.scalarLike(a, 0)), g.scalarLike(y, 0), y);
  }

  /** One where the first is zero, else the second. */
  private static Value notZeroWhere(GraphBuilder g, Value a, Value y) {
    return g.where(g.equal(a, g.scalarLike(a, 0)), g.scalarLike(y, 1), y);
  }

  /**
   * The angle of the point (b, a): the arctangent of a / b, and half a turn more where {@code b <
   * 0}.
   */
  private static Value angle(GraphBuilder g, Value a, Value b) {
    Value zero = g.scalarLike(a, 0);
    Value half = g.where(g.less(a, zero), g.scalarLike(a, -Math.PI), g.scalarLike(a, Math.PI));
    return g.add(g.op("Atan", g.div(a, b)), g.where(g.less(b, zero), half, zero));
  }

  /** log(exp a + exp b) without large powers. */
  private static Value logAddExp(GraphBuilder g, Value a, Value b) {
    return g.add(g.max(a, b), g.op("Softplus", g.neg(g.abs(g.sub(a, b)))));
  }

  private static LaidOut sum(GraphBuilder g, Call call) {
    var aligned = Layouts.broadcasting(g, Types.common(g, call.operands(0)));
    Optional<Value> sum = aligned.values().stream().reduce(g::add);
    return aligned.close(sum.orElseThrow());
  }
}
