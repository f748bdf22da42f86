package dev.picasso.format.tflite.operators;

import dev.picasso.graph.DataType;
import java.util.Map;

/** Sums, means and extremes along axes, and the places of extremes. */
final class Reductions {
  private static final int REDUCER_OPTIONS = 27;
  private static final int KEEP_AXES = 0;
  private static final int CUMSUM_OPTIONS = 102;

  private Reductions() {}

  static void addTo(OperatorTable table) {
    Map.of(
            "MEAN", "raw.Mean",
            "SUM", "raw.Sum",
            "REDUCE_MAX", "raw.Max",
            "REDUCE_MIN", "raw.Min",
            "REDUCE_PROD", "raw.Prod",
            "REDUCE_ANY", "raw.Any",
            "REDUCE_ALL", "raw.All")
        .forEach((kind, function) -> reduction(table, kind, function));
    place(table, "ARG_MAX", "raw.ArgMax");
    place(table, "ARG_MIN", "raw.ArgMin");
    table.put(
        "CUMSUM",
        (g, op) -> {
          var options = op.options(CUMSUM_OPTIONS);
          return op.one(
              g,
              "raw.Cumsum",
              op.arguments(),
              Map.of(
                  "exclusive", Operation.json(options.flag(0)),
                  "reverse", Operation.json(options.flag(1))));
        });
  }

  private static void reduction(OperatorTable table, String kind, String function) {
    table.put(
        kind,
        (g, op) ->
            op.one(
                g,
                function,
                op.arguments(),
                Map.of("keep_dims", Operation.json(op.options(REDUCER_OPTIONS).flag(KEEP_AXES)))));
  }

  /** Places are counted as the file's type says. */
  private static void place(OperatorTable table, String kind, String function) {
    table.put(
        kind,
        (g, op) -> {
          var y = op.one(g, function);
          DataType type = Conversions.type(op.output(0));
          return y.with(g.cast(y.stored(), type));
        });
  }
}
