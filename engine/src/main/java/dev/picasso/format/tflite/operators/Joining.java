package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that put values side by side, or part them. */
final class Joining {
  private static final int CONCATENATION_OPTIONS = 10;
  private static final int SPLIT_OPTIONS = 35;
  private static final int PACK_OPTIONS = 59;
  private static final int UNPACK_OPTIONS = 64;

  private Joining() {}

  static void addTo(OperatorTable table) {
    table.put("CONCATENATION", Joining::concatenation);
    table.putMany("SPLIT", Joining::split);
    table.putMany("SPLIT_V", (g, op) -> op.call(g, "raw.SplitV", Map.of()));
    table.put("PACK", Joining::pack);
    table.putMany("UNPACK", Joining::unpack);
  }

  private static List<LaidOut> split(GraphBuilder g, Operation op) {
    int parts = op.options(SPLIT_OPTIONS).int32(0, 0);
    op.requireOutputs(parts);
    return op.call(g, "raw.Split", Map.of("num_split", Operation.json(parts)));
  }

  private static LaidOut pack(GraphBuilder g, Operation op) {
    int axis = op.options(PACK_OPTIONS).int32(1, 0);
    return op.one(
        g, "raw.Pack", forEachImage(g, op.arguments()), Map.of("axis", Operation.json(axis)));
  }

  private static List<LaidOut> unpack(GraphBuilder g, Operation op) {
    int axis = op.options(UNPACK_OPTIONS).int32(1, 0);
    op.requireOutputs(op.value(g, 0).shape().dim(axis));
    return op.call(g, "raw.Unpack", Map.of("axis", Operation.json(axis)));
  }

  private static LaidOut concatenation(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(CONCATENATION_OPTIONS);
    int axis = options.int32(0, 0);
    List<Argument> parts = axis == 0 ? op.arguments() : forEachImage(g, op.arguments());
    Argument last = Operation.plain(Operation.json(axis));
    LaidOut y = op.one(g, "raw.ConcatV2", Operation.with(parts, last), Map.of());
    return FusedActivation.apply(g, op, y, options.int8(1, 0));
  }

  /** What is joined to a batch but was made for one image is repeated for each. */
  private static List<Argument> forEachImage(GraphBuilder g, List<Argument> parts) {
    Optional<LaidOut> batch =
        parts.stream()
            .flatMap(Argument::tensors)
            .filter(x -> x.rank() > 1 && x.shape().dim(0) == Shape.BATCH)
            .findFirst();
    return batch.isEmpty()
        ? parts
        : parts.stream().map(p -> forEachImage(g, p, batch.get().stored())).toList();
  }

  private static Argument forEachImage(GraphBuilder g, Argument part, Value batch) {
    LaidOut x = Operation.valueOf(g, part);
    if (x.rank() < 2 || x.shape().dim(0) != 1 || x.stored().type() != batch.type()) {
      return part;
    }
    Value zeros = batch;
    for (int axis = 1; axis < batch.rank(); axis++) {
      zeros = g.slice(zeros, axis, 0, 1);
    }
    long[] ones = Spatial.ones(x.rank());
    ones[0] = Shape.BATCH;
    Value none = g.mul(g.op("StopGradient", g.reshape(zeros, ones)), 0);
    return new Argument.Tensor(x.with(g.add(x.stored(), none)));
  }
}
