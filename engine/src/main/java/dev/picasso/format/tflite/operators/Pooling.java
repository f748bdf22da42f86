package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** Averages, maxima and root mean squares in windows; padding is no part of any. */
final class Pooling {
  private static final int OPTIONS = 5;
  private static final int WIDTH = 3;
  private static final int HEIGHT = 4;
  private static final int ACTIVATION = 5;

  private Pooling() {}

  static void addTo(OperatorTable table) {
    table.put("AVERAGE_POOL_2D", (g, op) -> pool(g, op, "AveragePool"));
    table.put("MAX_POOL_2D", (g, op) -> pool(g, op, "MaxPool"));
    table.put("L2_POOL_2D", (g, op) -> pool(g, op, ""));
  }

  /**
   * One kind of pooling.
   *
   * @param operator ONNX's; empty for the root of the average of squares
   */
  private static LaidOut pool(GraphBuilder g, Operation op, String operator) {
    OperatorOptions options = op.options(OPTIONS);
    Value x = Convolutions.open(g, op, 0);
    long[] size = {options.int32(HEIGHT, 0), options.int32(WIDTH, 0)};
    Attributes windows = Convolutions.windows(options, x, size, Spatial.ones(2));
    Value y =
        operator.isEmpty()
            ? g.sqrt(g.op("AveragePool", windows, g.square(x)))
            : g.op(operator, windows, x);
    return FusedActivation.apply(g, op, LaidOut.moved(y), options.int8(ACTIVATION, 0));
  }
}
