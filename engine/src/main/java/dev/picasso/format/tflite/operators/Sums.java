package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;

/** Sums, differences, products and quotients, with an activation at their end. */
final class Sums {
  /** In each of the four tables of options. */
  private static final int ACTIVATION = 0;

  private Sums() {}

  static void addTo(OperatorTable table) {
    put(table, "ADD", "raw.AddV2", 11);
    put(table, "SUB", "raw.Sub", 28);
    put(table, "MUL", "raw.Mul", 21);
    put(table, "DIV", "raw.RealDiv", 29);
  }

  private static void put(OperatorTable table, String kind, String function, int options) {
    table.put(
        kind,
        (g, op) -> {
          int activation = op.options(options).int8(ACTIVATION, 0);
          return FusedActivation.apply(g, op, emit(g, op, function), activation);
        });
  }

  /** Whole numbers divided by whole numbers stay such. */
  private static LaidOut emit(GraphBuilder g, Operation op, String function) {
    boolean whole = op.kind().equals("DIV") && op.arguments().stream().noneMatch(Sums::isFloating);
    return op.one(g, whole ? "raw.TruncateDiv" : function);
  }

  private static boolean isFloating(Argument argument) {
    DataType type =
        argument instanceof Argument.Tensor tensor
            ? tensor.value().stored().type()
            : ((Argument.Numbers) argument).tensor().type();
    return type.isFloating();
  }
}
