package dev.picasso.format.tflite.operators;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.GraphBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operators that take some elements, with options of their own. */
final class Slicing {
  private static final int STRIDED_SLICE_OPTIONS = 32;
  private static final int GATHER_OPTIONS = 23;
  private static final int ONE_HOT_OPTIONS = 61;

  /** In the order of the fields. */
  private static final List<String> MASKS =
      List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask");

  private Slicing() {}

  static void addTo(OperatorTable table) {
    table.put("STRIDED_SLICE", Slicing::stridedSlice);
    table.put("GATHER", Slicing::gather);
    table.put(
        "EMBEDDING_LOOKUP",
        (g, op) ->
            op.one(
                g,
                "raw.GatherV2",
                List.of(op.argument(1), op.argument(0), Operation.plain(Operation.json(0L))),
                Map.of()));
    table.put(
        "ONE_HOT",
        (g, op) ->
            op.one(
                g,
                "raw.OneHot",
                op.arguments(),
                Map.of("axis", Operation.json(op.options(ONE_HOT_OPTIONS).int32(0, 0)))));
  }

  private static LaidOut stridedSlice(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(STRIDED_SLICE_OPTIONS);
    if (options.flag(5)) {
      throw new Unsupported("its ends are told as lengths, which is not supported.");
    }
    Map<String, JsonNode> masks = new LinkedHashMap<>();
    for (int i = 0; i < MASKS.size(); i++) {
      masks.put(MASKS.get(i), Operation.json(options.int32(i, 0)));
    }
    return op.one(g, "raw.StridedSlice", op.arguments(), masks);
  }

  private static LaidOut gather(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(GATHER_OPTIONS);
    Argument axis = Operation.plain(Operation.json(options.int32(0, 0)));
    return op.one(
        g,
        "raw.GatherV2",
        List.of(op.argument(0), op.argument(1), axis),
        Map.of("batch_dims", Operation.json(options.int32(1, 0))));
  }
}
