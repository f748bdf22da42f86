package dev.picasso.format.keras.walk;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import java.util.List;

/** Emits what a layer computes when it is called. */
@FunctionalInterface
public interface LayerHandler {
  /**
   * The outputs of one call.
   *
   * @throws Unsupported if the layer asks for something that cannot be done
   */
  List<LaidOut> emit(GraphBuilder g, Layer layer, Inputs inputs);

  /**
   * Looks at a layer whose inputs could not be made, so that all problems of a file are told at
   * once.
   *
   * @throws Unsupported if it could not be imported whatever its inputs
   */
  default void check(Layer layer) {}

  /** A layer with a single output. */
  @FunctionalInterface
  interface Single {
    LaidOut emit(GraphBuilder g, Layer layer, Inputs inputs);
  }
}
