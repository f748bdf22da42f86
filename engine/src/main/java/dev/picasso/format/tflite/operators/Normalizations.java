package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.GraphBuilder;
import java.util.List;
import java.util.Map;

/** Values brought to a length, by themselves or by their neighbours. */
final class Normalizations {
  private static final int L2_OPTIONS = 12;
  private static final int LOCAL_RESPONSE_OPTIONS = 13;

  /** The square of the least length by which is divided. */
  private static final double LEAST = 1e-12;

  private Normalizations() {}

  static void addTo(OperatorTable table) {
    table.put("L2_NORMALIZATION", Normalizations::unit);
    table.put("LOCAL_RESPONSE_NORMALIZATION", Normalizations::localResponse);
  }

  /** Along the last axis. */
  private static LaidOut unit(GraphBuilder g, Operation op) {
    LaidOut y =
        op.one(
            g,
            "tf.l2_normalize",
            List.of(
                op.argument(0),
                Operation.plain(Operation.json(-1L)),
                Operation.plain(Operation.json(LEAST))),
            Map.of());
    return FusedActivation.apply(g, op, y, op.options(L2_OPTIONS).int8(0, 0));
  }

  private static LaidOut localResponse(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(LOCAL_RESPONSE_OPTIONS);
    return op.one(
        g,
        "raw.LRN",
        op.arguments(),
        Map.of(
            "depth_radius", Operation.json(options.int32(0, 0)),
            "bias", Operation.json(options.float32(1, 0)),
            "alpha", Operation.json(options.float32(2, 0)),
            "beta", Operation.json(options.float32(3, 0))));
  }
}
