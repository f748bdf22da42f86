package dev.picasso.model.output;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Optional;

/**
 * Products with a matrix that resizes one axis: each new element is an average of old ones, so that
 * its weights sum to one.
 *
 * @param input which of the node's inputs is resized
 * @param axis of it that gets another length, counted from the end: 1 for the last
 * @param positive whether no weight is negative, so that averages stay between what they are of
 */
record Interpolation(int input, int axis, boolean positive) {
  private static final int LARGEST = 1 << 20;
  private static final double TOLERANCE = 1e-3;

  /** What a product resizes; empty for products with weights that were learned. */
  static Optional<Interpolation> of(Lookup look, Node node) {
    boolean image =
        node.op().equals("MatMul")
            && look.shape(node.output()).filter(s -> s.rank() > 2).isPresent();
    if (!image) {
      return Optional.empty();
    }
    Optional<Boolean> right = look.constant(node, 1).flatMap(m -> averages(m, 0));
    return right.isPresent()
        ? right.map(p -> new Interpolation(0, 1, p))
        : look.constant(node, 0).flatMap(m -> averages(m, 1)).map(p -> new Interpolation(1, 2, p));
  }

  /** Whether a matrix sums to one along an axis; then whether nothing in it is negative. */
  private static Optional<Boolean> averages(Tensor matrix, int along) {
    Shape shape = matrix.shape();
    int rank = shape.rank();
    if (matrix.type() != DataType.FLOAT
        || rank < 2
        || matrix.size() > LARGEST
        || shape.dim(-1) * shape.dim(-2) != matrix.size()) {
      return Optional.empty();
    }
    int rows = (int) shape.dim(-2);
    int columns = (int) shape.dim(-1);
    float[] numbers = matrix.floats();
    boolean positive = true;
    for (int i = 0; i < (along == 0 ? columns : rows); i++) {
      double sum = 0;
      for (int k = 0; k < (along == 0 ? rows : columns); k++) {
        float weight = along == 0 ? numbers[k * columns + i] : numbers[i * columns + k];
        positive &= weight >= -1e-6f;
        sum += weight;
      }
      if (!(Math.abs(sum - 1) < TOLERANCE)) {
        return Optional.empty();
      }
    }
    return numbers.length == 0 ? Optional.empty() : Optional.of(positive);
  }
}
