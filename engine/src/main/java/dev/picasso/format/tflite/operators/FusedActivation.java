package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.Quantization;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Set;

/** What an operator does to its result: the schema's {@code ActivationFunctionType}. */
final class FusedActivation {
  private static final int NONE = 0;
  private static final int RELU = 1;
  private static final int RELU6 = 3;

  /** Operators whose results may be below zero or above six though none of their inputs is. */
  private static final Set<String> HIDING =
      Set.of(
          "ADD", "SUB", "MUL", "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED");

  private FusedActivation() {}

  /**
   * The result with its activation.
   *
   * @param code the schema's number for it
   */
  static LaidOut apply(GraphBuilder g, Operation op, LaidOut x, int code) {
    int known = code == NONE && HIDING.contains(op.kind()) ? hidden(op.output(0)) : code;
    return known == NONE ? x : x.with(apply(g, x.stored(), known));
  }

  /**
   * A rectifier that only the integers show: where the least of them stands for zero, nothing below
   * zero comes out, and where the greatest stands for six, nothing above.
   */
  private static int hidden(StoredTensor output) {
    if (!output.isQuantized() || !output.quantization().orElseThrow().isUniform()) {
      return NONE;
    }
    Quantization integers = output.quantization().orElseThrow();
    if (output.type().bits() > 8 || integers.zeroPoint() != output.type().least()) {
      return NONE;
    }
    double most = integers.real(output.type().greatest());
    return Math.abs(most - 6) <= integers.scale() ? RELU6 : RELU;
  }

  private static Value apply(GraphBuilder g, Value x, int code) {
    return switch (code) {
      case RELU -> g.relu(x);
      case 2 -> g.clip(x, -1, 1);
      case RELU6 -> g.clip(x, 0, 6);
      case 4 -> g.tanh(x);
      default -> throw new Unsupported("its activation has the unknown number " + code + ".");
    };
  }
}
