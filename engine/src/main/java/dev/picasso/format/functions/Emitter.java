package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.GraphBuilder;
import java.util.List;

/** Emits what a function computes. */
@FunctionalInterface
interface Emitter {
  List<LaidOut> emit(GraphBuilder g, Call call);

  /** A function with a single result. */
  @FunctionalInterface
  interface Single {
    LaidOut emit(GraphBuilder g, Call call);
  }
}
