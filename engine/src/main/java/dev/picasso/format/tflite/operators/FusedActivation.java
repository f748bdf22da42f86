package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** What an operator does to its result: the schema's {@code ActivationFunctionType}. */
final class FusedActivation {
  private FusedActivation() {}

  static LaidOut apply(GraphBuilder g, LaidOut x, int code) {
    return code == 0 ? x : x.with(apply(g, x.stored(), code));
  }

  static Value apply(GraphBuilder g, Value x, int code) {
    return switch (code) {
      case 0 -> x;
      case 1 -> g.relu(x);
      case 2 -> g.clip(x, -1, 1);
      case 3 -> g.clip(x, 0, 6);
      case 4 -> g.tanh(x);
      default -> throw new Unsupported("its activation has the unknown number " + code + ".");
    };
  }
}
