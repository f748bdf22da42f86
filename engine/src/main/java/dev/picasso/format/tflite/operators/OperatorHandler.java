package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.GraphBuilder;
import java.util.List;

/** Emits what an operator computes. */
@FunctionalInterface
interface OperatorHandler {
  /**
   * The outputs of one operator: values, or numbers where they are known without running it.
   *
   * @throws dev.picasso.format.layout.Unsupported if the operator asks for something that cannot be
   *     done
   */
  List<Argument> emit(GraphBuilder g, Operation operation);

  /** An operator with a single output. */
  @FunctionalInterface
  interface Single {
    LaidOut emit(GraphBuilder g, Operation operation);
  }
}
