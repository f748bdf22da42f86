package dev.picasso.format.keras.layers;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Which steps may look at which: truths that fit scores […, T, S]. */
final class AttentionMasks {
  /** What is taken off the scores of hidden steps. */
  private static final double FAR = 1e9;

  /** Whether step t may look at step s. */
  @FunctionalInterface
  interface Pair {
    boolean isAllowed(int t, int s);
  }

  private AttentionMasks() {}

  /** Each step looks at itself and those before. */
  static Value causal(GraphBuilder g, Value scores) {
    return of(g, scores, (t, s) -> s <= t);
  }

  /** The same for all images. */
  static Value of(GraphBuilder g, Value scores, Pair pair) {
    int steps = Math.toIntExact(scores.dim(-2));
    int sources = Math.toIntExact(scores.dim(-1));
    boolean[] allowed = new boolean[Math.multiplyExact(steps, sources)];
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = pair.isAllowed(i / sources, i % sources);
    }
    return g.constant(Tensor.of(allowed, steps, sources));
  }

  /** What both allow. */
  static Optional<Value> both(GraphBuilder g, Optional<Value> a, Optional<Value> b) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(g.op("And", a.get(), b.get()))
        : a.or(() -> b);
  }

  /** The scores, those of hidden steps so low that they get no weight. */
  static Value hide(GraphBuilder g, Value scores, Optional<Value> mask) {
    return mask.map(m -> g.where(m, scores, g.add(scores, -FAR))).orElse(scores);
  }
}
