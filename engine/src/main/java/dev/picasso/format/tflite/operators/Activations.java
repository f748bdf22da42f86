package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.function.UnaryOperator;

/** Activations that stand alone, but for those that are TensorFlow's own. */
final class Activations {
  private static final int SOFTMAX_OPTIONS = 9;
  private static final int BETA = 0;
  private static final int LEAKY_RELU_OPTIONS = 75;
  private static final int ALPHA = 0;
  private static final int GELU_OPTIONS = 116;
  private static final int APPROXIMATE = 0;

  private Activations() {}

  static void addTo(OperatorTable table) {
    table.put("SOFTMAX", Activations::softmax);
    table.put("RELU_N1_TO_1", (g, op) -> each(g, op, x -> g.clip(x, -1, 1)));
    table.put("RELU_0_TO_1", (g, op) -> each(g, op, x -> g.clip(x, 0, 1)));
    table.put("LEAKY_RELU", Activations::leakyRelu);
    table.put("PRELU", Activations::pRelu);
    table.put("GELU", Activations::gelu);
    table.put("HARD_SWISH", (g, op) -> each(g, op, x -> g.mul(x, hardSigmoid(g, x))));
  }

  private static LaidOut each(GraphBuilder g, Operation op, UnaryOperator<Value> function) {
    LaidOut x = op.value(g, 0);
    return x.with(function.apply(x.stored()));
  }

  /** Of beta · x along the last axis. */
  private static LaidOut softmax(GraphBuilder g, Operation op) {
    float beta = op.options(SOFTMAX_OPTIONS).float32(BETA, 0);
    return each(
        g,
        op,
        x -> {
          int axis = op.value(g, 0).storedAxis(-1);
          return g.softmax(beta == 1 ? x : g.mul(x, beta), axis);
        });
  }

  private static LaidOut leakyRelu(GraphBuilder g, Operation op) {
    Attributes alpha = Attributes.of("alpha", op.options(LEAKY_RELU_OPTIONS).float32(ALPHA, 0));
    return each(g, op, x -> g.op("LeakyRelu", alpha, x));
  }

  /** Slopes for all elements, or with axes of one in the places of those that share a slope. */
  private static LaidOut pRelu(GraphBuilder g, Operation op) {
    LaidOut x = op.value(g, 0);
    Tensor slopes =
        op.numbers(1).orElseThrow(() -> new Unsupported("its slopes are computed by the model."));
    int rank = x.rank();
    if (slopes.shape().rank() > rank) {
      throw new Unsupported("its slopes " + slopes.shape() + " do not fit " + x.shape() + ".");
    }
    long[] dims = new long[rank];
    java.util.Arrays.fill(dims, 1);
    long[] own = slopes.shape().dims();
    System.arraycopy(own, 0, dims, rank - own.length, own.length);
    LaidOut full = LaidOut.asIs(op.weight(g, "slopes", slopes.as(DataType.FLOAT).reshaped(dims)));
    Value fitting = x.channelsMoved() ? full.channelsFirst(g) : full.stored();
    return x.with(g.op("PRelu", x.stored(), fitting));
  }

  private static LaidOut gelu(GraphBuilder g, Operation op) {
    boolean approximate = op.options(GELU_OPTIONS).flag(APPROXIMATE);
    Attributes kind = Attributes.of("approximate", approximate ? "tanh" : "none");
    return each(g, op, x -> g.op("Gelu", kind, x));
  }

  /** max(0, min(1, x / 6 + 1/2)). */
  private static Value hardSigmoid(GraphBuilder g, Value x) {
    return g.op("HardSigmoid", Attributes.of("alpha", 1.0 / 6).with("beta", 0.5), x);
  }
}
