package dev.picasso.format;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** What a Lambda layer computes, as the configuration says; code in a file is never run. */
public sealed interface LambdaMeaning {
  /** y = x. */
  record Identity() implements LambdaMeaning {}

  /** y = scale · x + offset. */
  record Affine(double scale, double offset) implements LambdaMeaning {}

  /** A class of the user's. */
  record Custom(Function function) implements LambdaMeaning {}

  /**
   * Emits the operations of a Lambda layer. A class of the user's has a public constructor without
   * arguments.
   */
  @FunctionalInterface
  interface Function {
    /** The layer's output; x has the layout that the layer sees in its own framework. */
    Value emit(GraphBuilder g, Value x);
  }
}
