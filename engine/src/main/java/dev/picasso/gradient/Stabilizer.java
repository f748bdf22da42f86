package dev.picasso.gradient;

import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** Denominators kept from zero: z + ε·sign(z), where sign(0) = +1. */
final class Stabilizer {
  static final double EPSILON = 1e-6;

  private Stabilizer() {}

  /**
   * The denominator.
   *
   * @param notNegative whether z is known not to be negative, which makes it one addition
   */
  static Value stabilized(GraphBuilder g, Value z, double epsilon, boolean notNegative) {
    if (notNegative) {
      return g.add(z, epsilon);
    }
    if (z.type() != DataType.FLOAT) {
      Value negative = g.less(z, g.scalarLike(z, 0));
      return g.where(negative, g.add(z, -epsilon), g.add(z, epsilon));
    }
    Value sign = g.add(g.mul(Gates.notBelowZero(g, z), 2 * epsilon), -epsilon);
    return g.add(z, sign);
  }
}
