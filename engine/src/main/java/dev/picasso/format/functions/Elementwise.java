package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions of each element by itself. */
final class Elementwise {
  @FunctionalInterface
  private interface Unary {
    Value emit(GraphBuilder g, Value x);
  }

  /** Functions that are an operator: by its name, those of Keras 3 and TensorFlow. */
  private static final Map<String, List<String>> OPERATORS =
      Map.ofEntries(
          Map.entry("Sqrt", List.of("ops.Sqrt", "tf.sqrt", "raw.Sqrt")),
          Map.entry("Exp", List.of("ops.Exp", "tf.exp", "raw.Exp")),
          Map.entry("Log", List.of("ops.Log", "tf.log", "raw.Log")),
          Map.entry("Sin", List.of("ops.Sin", "tf.sin", "raw.Sin")),
          Map.entry("Cos", List.of("ops.Cos", "tf.cos", "raw.Cos")),
          Map.entry("Tan", List.of("ops.Tan", "tf.tan", "raw.Tan")),
          Map.entry("Sinh", List.of("ops.Sinh", "tf.sinh", "raw.Sinh")),
          Map.entry("Cosh", List.of("ops.Cosh", "tf.cosh", "raw.Cosh")),
          Map.entry("Asin", List.of("ops.Arcsin", "tf.asin", "raw.Asin")),
          Map.entry("Acos", List.of("ops.Arccos", "tf.acos", "raw.Acos")),
          Map.entry("Atan", List.of("ops.Arctan", "tf.atan", "raw.Atan")),
          Map.entry("Asinh", List.of("ops.Arcsinh", "tf.asinh", "raw.Asinh")),
          Map.entry("Acosh", List.of("ops.Arccosh", "tf.acosh", "raw.Acosh")),
          Map.entry("Atanh", List.of("ops.Arctanh", "tf.atanh", "raw.Atanh")),
          Map.entry("Erf", List.of("ops.Erf", "tf.erf", "raw.Erf")),
          Map.entry("Floor", List.of("ops.Floor", "tf.floor", "raw.Floor")),
          Map.entry("Ceil", List.of("ops.Ceil", "tf.ceil", "raw.Ceil")),
          Map.entry(
              "Reciprocal",
              List.of("ops.Reciprocal", "tf.reciprocal", "raw.Reciprocal", "raw.Inv")));

  private Elementwise() {}

  static void addTo(FunctionTable table) {
    OPERATORS.forEach(
        (op, names) ->
            unary(
                table,
                (g, x) -> g.op(op, x),
                names.stream().map(n -> n + "(x)").toArray(String[]::new)));
    unary(table, (g, x) -> g.reciprocal(g.sqrt(x)), "ops.Rsqrt(x)", "tf.rsqrt(x)", "raw.Rsqrt(x)");
    unary(table, (g, x) -> g.log(g.add(x, 1)), "ops.Log1p(x)", "tf.log1p(x)", "raw.Log1p(x)");
    unary(table, (g, x) -> g.add(g.exp(x), -1), "ops.Expm1(x)", "tf.expm1(x)", "raw.Expm1(x)");
    unary(table, (g, x) -> g.div(g.log(x), Math.log(2)), "ops.Log2(x)");
    unary(table, (g, x) -> g.div(g.log(x), Math.log(10)), "ops.Log10(x)");
    unary(table, (g, x) -> g.exp(g.mul(x, Math.log(2))), "ops.Exp2(x)");
    unary(table, (g, x) -> g.oneMinus(g.op("Erf", x)), "ops.Erfc(x)", "tf.erfc(x)", "raw.Erfc(x)");
    unary(table, (g, x) -> g.mul(x, Math.PI / 180), "ops.Deg2rad(x)");
    unary(table, (g, x) -> g.mul(x, 180 / Math.PI), "ops.Rad2deg(x)");
    unary(table, (g, x) -> g.mul(g.sign(x), g.op("Floor", g.abs(x))), "ops.Trunc(x)");
    whole(
        table, (g, x) -> g.neg(x), "ops.Negative(x)", "tf.negative(x)", "tf.neg(x)", "raw.Neg(x)");
    whole(table, (g, x) -> g.abs(x), "ops.Absolute(x)", "ops.Abs(x)", "ops.Fabs(x)");
    whole(table, (g, x) -> g.abs(x), "tf.abs(x)", "raw.Abs(x)");
    whole(table, (g, x) -> g.sign(x), "ops.Sign(x)", "tf.sign(x)", "raw.Sign(x)");
    whole(table, (g, x) -> g.square(x), "ops.Square(x)", "tf.square(x)", "raw.Square(x)");
    table.put(
        Elementwise::round,
        "ops.Round(x)",
        "tf.round(x)",
        "tf.rint(x)",
        "raw.Round(x)",
        "raw.Rint(x)");
    table.put(
        Elementwise::clip,
        "ops.Clip(x)",
        "tf.clip_by_value(t, clip_value_min, clip_value_max)",
        "tf.clip(x, min_value, max_value)",
        "raw.ClipByValue(t, clip_value_min, clip_value_max)");
    table.put(Elementwise::nanToNum, "ops.NanToNum(x)");
  }

  /** Functions of floating-point numbers. */
  private static void unary(FunctionTable table, Unary function, String... signatures) {
    table.put(
        (g, call) -> {
          LaidOut x = Types.floating(g, call.x(g));
          return x.with(function.emit(g, x.stored()));
        },
        signatures);
  }

  /** Functions of whole numbers too. */
  private static void whole(FunctionTable table, Unary function, String... signatures) {
    table.put(
        (g, call) -> {
          LaidOut x = Types.numeric(g, call.x(g));
          return x.with(function.emit(g, x.stored()));
        },
        signatures);
  }

  /** To the nearest number with so many decimals; halves to the even one. */
  private static LaidOut round(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    double scale = Math.pow(10, call.integer(0, "decimals"));
    return x.with(
        scale == 1
            ? g.op("Round", x.stored())
            : g.div(g.op("Round", g.mul(x.stored(), scale)), scale));
  }

  private static LaidOut clip(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    Optional<Double> low = bound(call, "clip_value_min", "x_min", "min_value");
    Optional<Double> high = bound(call, "clip_value_max", "x_max", "max_value");
    if (!x.stored().type().isFloating() && (isFraction(low) || isFraction(high))) {
      x = Types.floating(g, x);
    }
    Value y = x.stored();
    if (low.isPresent() && high.isPresent()) {
      return x.with(g.clip(y, low.get(), high.get()));
    }
    y = low.isPresent() ? g.max(y, g.scalarLike(y, low.get())) : y;
    return x.with(high.isPresent() ? g.min(y, g.scalarLike(y, high.get())) : y);
  }

  private static Optional<Double> bound(Call call, String... names) {
    return call.operand(names)
        .map(
            bound -> {
              if (bound instanceof Operand.Literal literal && literal.tensor().size() == 1) {
                return (double) literal.tensor().floats()[0];
              }
              throw new Unsupported(names[0] + " must be one number.");
            });
  }

  private static boolean isFraction(Optional<Double> number) {
    return number.filter(n -> n != Math.rint(n)).isPresent();
  }

  /** Numbers in place of what is none, and of infinities: as given, or the largest there are. */
  private static LaidOut nanToNum(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    double most = call.number(Float.MAX_VALUE, "posinf");
    double least = call.number(-Float.MAX_VALUE, "neginf");
    Value y = x.stored();
    Value numbers = g.where(g.op("IsNaN", y), g.scalarLike(y, call.number(0, "nan")), y);
    Value infinite = g.op("IsInf", y);
    Value bound =
        g.where(g.less(y, g.scalarLike(y, 0)), g.scalarLike(y, least), g.scalarLike(y, most));
    return x.with(g.where(infinite, bound, numbers));
  }
}
