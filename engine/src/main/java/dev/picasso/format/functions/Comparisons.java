package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Truths: comparisons, what is made of truths, and choices by them. */
final class Comparisons {
  private Comparisons() {}

  static void addTo(FunctionTable table) {
    compare(table, "Equal", "ops.Equal(x1, x2)", "tf.equal(x, y)", "raw.Equal(x, y)");
    compare(table, "Greater", "ops.Greater(x1, x2)", "tf.greater(x, y)", "raw.Greater(x, y)");
    compare(table, "Less", "ops.Less(x1, x2)", "tf.less(x, y)", "raw.Less(x, y)");
    compare(
        table,
        "GreaterOrEqual",
        "ops.GreaterEqual(x1, x2)",
        "tf.greater_equal(x, y)",
        "raw.GreaterEqual(x, y)");
    compare(
        table,
        "LessOrEqual",
        "ops.LessEqual(x1, x2)",
        "tf.less_equal(x, y)",
        "raw.LessEqual(x, y)");
    table.put(
        (g, call) -> not(g, compare(g, call, "Equal")),
        "ops.NotEqual(x1, x2)",
        "tf.not_equal(x, y)",
        "raw.NotEqual(x, y)");
    combine(table, "And", "ops.LogicalAnd(x1, x2)", "tf.logical_and(x, y)", "raw.LogicalAnd(x, y)");
    combine(table, "Or", "ops.LogicalOr(x1, x2)", "tf.logical_or(x, y)", "raw.LogicalOr(x, y)");
    combine(table, "Xor", "ops.LogicalXor(x1, x2)", "tf.logical_xor(x, y)");
    table.put(
        (g, call) -> not(g, truths(g, call.operand(0)).value(g)),
        "ops.LogicalNot(x)",
        "tf.logical_not(x)",
        "raw.LogicalNot(x)");
    test(table, "IsNaN", "ops.Isnan(x)", "tf.is_nan(x)", "raw.IsNan(x)");
    test(table, "IsInf", "ops.Isinf(x)", "tf.is_inf(x)", "raw.IsInf(x)");
    table.put(Comparisons::isFinite, "ops.Isfinite(x)", "tf.is_finite(x)", "raw.IsFinite(x)");
    table.put(
        Comparisons::where,
        "ops.Where(condition, x1, x2)",
        "tf.where(condition, x, y)",
        "tf.where_v2(condition, x, y)",
        "tf.switch(condition, then_expression, else_expression)",
        "raw.SelectV2(condition, t, e)",
        "raw.Select(condition, t, e)");
  }

  private static void compare(FunctionTable table, String op, String... signatures) {
    table.put((g, call) -> compare(g, call, op), signatures);
  }

  private static LaidOut compare(GraphBuilder g, Call call, String op) {
    var both = Layouts.broadcasting(g, Types.common(g, List.of(call.operand(0), call.operand(1))));
    call.ignore("incompatible_shape_error");
    return both.close(g.op(op, both.get(0), both.get(1)));
  }

  private static void combine(FunctionTable table, String op, String... signatures) {
    table.put(
        (g, call) -> {
          var both =
              Layouts.broadcasting(
                  g, Stream.of(0, 1).map(i -> truths(g, call.operand(i))).toList());
          return both.close(g.op(op, both.get(0), both.get(1)));
        },
        signatures);
  }

  private static void test(FunctionTable table, String op, String... signatures) {
    table.put((g, call) -> call.x(g).with(g.op(op, call.x(g).stored())), signatures);
  }

  private static LaidOut isFinite(GraphBuilder g, Call call) {
    Value x = call.x(g).stored();
    return call.x(g).with(g.op("Not", g.op("Or", g.op("IsNaN", x), g.op("IsInf", x))));
  }

  private static LaidOut not(GraphBuilder g, LaidOut x) {
    return x.with(g.op("Not", x.stored()));
  }

  private static Operand truths(GraphBuilder g, Operand x) {
    return x.as(g, DataType.BOOL);
  }

  private static LaidOut where(GraphBuilder g, Call call) {
    if (call.argument("x", "x1", "t", "then_expression").isEmpty()) {
      throw new Unsupported("it asks for the places of truths, whose number is not known.");
    }
    // TensorFlow 1 chose whole rows by a vector of truths, where NumPy's rule takes its columns.
    boolean rows = call.site().kind().matches("raw\\.Select|tf\\.compat\\.v1\\.where");
    Operand condition = truths(g, call.operand(0));
    int rank = call.operand(1).rank();
    List<Operand> choices = Types.common(g, List.of(call.operand(1), call.operand(2)));
    var all =
        Layouts.broadcasting(
            g,
            List.of(
                rows && condition.rank() == 1 ? perRow(g, condition, rank) : condition,
                choices.get(0),
                choices.get(1)));
    return all.close(g.where(all.get(0), all.get(1), all.get(2)));
  }

  /** A truth for each place of the first axis of what has some rank. */
  private static Operand perRow(GraphBuilder g, Operand condition, int rank) {
    long[] dims = new long[Math.max(1, rank)];
    Arrays.fill(dims, 1);
    dims[0] = condition.shape().dim(0);
    return condition instanceof Operand.Literal literal
        ? new Operand.Literal(literal.tensor().reshaped(dims))
        : new Operand.Given(LaidOut.asIs(g.reshape(condition.value(g).stored(), Shape.of(dims))));
  }
}
