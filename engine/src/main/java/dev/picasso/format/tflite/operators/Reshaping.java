package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.GraphBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that give elements other axes, with options or inputs of their own. */
final class Reshaping {
  private static final int RESHAPE_OPTIONS = 17;
  private static final int SQUEEZE_OPTIONS = 30;
  private static final int MIRROR_PAD_OPTIONS = 77;

  private Reshaping() {}

  static void addTo(OperatorTable table) {
    table.put("RESHAPE", Reshaping::reshape);
    table.put(
        "SQUEEZE",
        (g, op) ->
            op.one(
                g,
                "raw.Squeeze",
                op.arguments(),
                Map.of("squeeze_dims", Operation.json(op.options(SQUEEZE_OPTIONS).ints(0)))));
    table.put(
        "MIRROR_PAD",
        (g, op) -> {
          int mode = op.options(MIRROR_PAD_OPTIONS).int8(0, 0);
          String word = mode == 0 ? "REFLECT" : "SYMMETRIC";
          return op.one(g, "raw.MirrorPad", op.arguments(), Map.of("mode", Operation.json(word)));
        });
  }

  /** The shape is an input, or in old files an option. */
  private static LaidOut reshape(GraphBuilder g, Operation op) {
    List<Integer> option = op.options(RESHAPE_OPTIONS).ints(0);
    Argument shape = op.optional(1).orElseGet(() -> Operation.plain(Operation.json(option)));
    LaidOut y = op.one(g, "raw.Reshape", List.of(op.argument(0), shape), Map.of());
    LaidOut x = op.value(g, 0);
    if (Rows.fits(x, y.shape())) {
      return op.rows().of(g, x);
    }
    Optional<LaidOut> image = op.rows().image(x);
    return image.filter(i -> i.shape().equals(y.shape())).orElse(y);
  }
}
