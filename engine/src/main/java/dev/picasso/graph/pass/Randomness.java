package dev.picasso.graph.pass;

import dev.picasso.graph.Node;
import java.util.Set;

/** Operators whose results are drawn at random, so that each run has others. */
public final class Randomness {
  private static final Set<String> DRAWING =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  private Randomness() {}

  /** Whether the node draws what it makes. */
  public static boolean draws(Node node) {
    return DRAWING.contains(node.op());
  }
}
