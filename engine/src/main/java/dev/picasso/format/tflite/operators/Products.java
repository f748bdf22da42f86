package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Map;
import java.util.Optional;

/** Products with matrices. */
final class Products {
  private static final int FULLY_CONNECTED_OPTIONS = 8;
  private static final int ACTIVATION = 0;
  private static final int WEIGHTS_FORMAT = 1;
  private static final int KEEP_RANK = 2;
  private static final int BATCH_MATMUL_OPTIONS = 101;

  private Products() {}

  static void addTo(OperatorTable table) {
    table.put("FULLY_CONNECTED", Products::fullyConnected);
    table.put(
        "BATCH_MATMUL",
        (g, op) -> {
          OperatorOptions options = op.options(BATCH_MATMUL_OPTIONS);
          return op.one(
              g,
              "raw.BatchMatMulV2",
              op.arguments(),
              Map.of(
                  "adj_x", Operation.json(options.flag(0)),
                  "adj_y", Operation.json(options.flag(1))));
        });
  }

  /** y = f(x·Wᵀ + b); x of any rank in rows of as many as W [units, in] has. */
  private static LaidOut fullyConnected(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(FULLY_CONNECTED_OPTIONS);
    if (options.int8(WEIGHTS_FORMAT, 0) != 0) {
      throw new Unsupported("its weights are shuffled for one kind of processor.");
    }
    LaidOut x = op.value(g, 0);
    boolean keep = options.flag(KEEP_RANK);
    Optional<LaidOut> image = op.rows().image(x).filter(i -> pixelwise(op, i));
    if (image.isPresent()) {
      Tensor weights = op.weights(1, "weights", 2);
      Optional<Tensor> bias = Biases.of(op, 2, 0, weights.shape().dim(0));
      LaidOut y = pointwise(g, op, image.get(), weights, bias);
      int activation = options.int8(ACTIVATION, 0);
      return op.rows().of(g, FusedActivation.apply(g, op, y, activation));
    }
    LaidOut y =
        op.numbers(1).isPresent()
            ? weighted(g, op, x, keep)
            : LaidOut.asIs(g.matMul(rows(g, op.value(g, 1), x, keep), turned(g, op)));
    return FusedActivation.apply(g, op, y, options.int8(ACTIVATION, 0));
  }

  /** Whether weights that stand in the file are for the channels of each pixel. */
  private static boolean pixelwise(Operation op, LaidOut image) {
    return op.numbers(1)
        .filter(w -> w.shape().rank() == 2 && w.shape().dim(1) == image.shape().dim(-1))
        .isPresent();
  }

  private static LaidOut weighted(GraphBuilder g, Operation op, LaidOut x, boolean keep) {
    Tensor weights = op.weights(1, "weights", 2);
    long units = weights.shape().dim(0);
    long inputs = weights.shape().dim(1);
    Optional<Tensor> bias = Biases.of(op, 2, 0, units);
    if (keep && x.channelsMoved() && x.shape().dim(-1) == inputs) {
      return pointwise(g, op, x, weights, bias);
    }
    Value w = op.weight(g, "kernel", Kernels.permuted(weights, 1, 0));
    Value y = g.matMul(rows(x, g, inputs, keep), w);
    return LaidOut.asIs(bias.isPresent() ? g.add(y, op.weight(g, "bias", bias.get())) : y);
  }

  /** On images it is a convolution with kernels of one pixel; the channels stay where they are. */
  private static LaidOut pointwise(
      GraphBuilder g, Operation op, LaidOut x, Tensor weights, Optional<Tensor> bias) {
    long[] dims = Spatial.ones(x.rank());
    dims[0] = weights.shape().dim(0);
    dims[1] = weights.shape().dim(1);
    Value w = op.weight(g, "kernel", weights.reshaped(dims));
    Optional<Value> b = bias.map(t -> op.weight(g, "bias", t));
    return LaidOut.moved(g.conv(x.stored(), w, b, Attributes.none()));
  }

  private static Value rows(GraphBuilder g, LaidOut weights, LaidOut x, boolean keep) {
    return rows(x, g, weights.shape().dim(-1), keep);
  }

  /** x in rows of so many. */
  private static Value rows(LaidOut x, GraphBuilder g, long inputs, boolean keep) {
    long last = x.rank() == 0 ? 1 : x.shape().dim(-1);
    if (keep && last == inputs) {
      return x.logical(g);
    }
    long all = x.shape().sizeAsDimension();
    if (keep || inputs < 1 || all % inputs != 0) {
      throw new Unsupported(
          "its input of shape " + x.shape() + " does not fall into rows of " + inputs + ".");
    }
    return g.reshape(x.logical(g), Shape.of(all / inputs, inputs));
  }

  /** Weights that the model computes, with their axes changed over. */
  private static Value turned(GraphBuilder g, Operation op) {
    Value weights = op.value(g, 1).logical(g);
    if (weights.rank() != 2 || op.optional(2).isPresent()) {
      throw new Unsupported("its weights are computed by the model.");
    }
    return g.transpose(weights, 1, 0);
  }
}
