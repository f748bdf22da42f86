package dev.picasso.graph.shape;

import dev.picasso.graph.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Matrix products. */
final class MatrixShapes {
  private MatrixShapes() {}

  static void addTo(Map<String, ShapeInference.Rule> rules) {
    rules.put("MatMul", MatrixShapes::matMul);
    rules.put("Gemm", MatrixShapes::gemm);
    rules.put("Einsum", MatrixShapes::einsum);
  }

  private static List<Shape> matMul(Operands in) {
    Shape a = in.shape(0);
    Shape b = in.shape(1);
    if (a.rank() == 0 || b.rank() == 0) {
      throw new IllegalArgumentException("MatMul takes no scalars");
    }
    Shape left = a.rank() == 1 ? Shape.of(1, a.dim(0)) : a;
    Shape right = b.rank() == 1 ? Shape.of(b.dim(0), 1) : b;
    if (left.dim(-1) != right.dim(-2)) {
      throw new IllegalArgumentException("MatMul: " + a + " and " + b + " do not fit together");
    }
    Shape batch = ElementwiseShapes.broadcast(leading(left), leading(right));
    long[] dims = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    dims[batch.rank()] = left.dim(-2);
    dims[batch.rank() + 1] = right.dim(-1);
    Shape y = Shape.of(dims);
    if (a.rank() == 1) {
      y = LayoutShapes.without(y, y.rank() - 2);
    }
    return List.of(b.rank() == 1 ? LayoutShapes.without(y, y.rank() - 1) : y);
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.dims(), shape.rank() - 2));
  }

  private static List<Shape> gemm(Operands in) {
    Shape a = in.shape(0);
    Shape b = in.shape(1);
    boolean transA = in.attributes().flag("transA", false);
    boolean transB = in.attributes().flag("transB", false);
    long inner = a.dim(transA ? 0 : 1);
    if (inner != b.dim(transB ? 1 : 0)) {
      throw new IllegalArgumentException("Gemm: " + a + " and " + b + " do not fit together");
    }
    return List.of(Shape.of(a.dim(transA ? 1 : 0), b.dim(transB ? 0 : 1)));
  }

  private static List<Shape> einsum(Operands in) {
    String equation = in.attributes().text("equation", "").replace(" ", "");
    if (equation.contains(".") || !equation.contains("->")) {
      throw new IllegalArgumentException("Einsum: the equation " + equation + " is not supported");
    }
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    Map<Character, Long> sizes = new HashMap<>();
    for (int t = 0; t < terms.length; t++) {
      for (int i = 0; i < terms[t].length(); i++) {
        sizes.merge(terms[t].charAt(i), in.shape(t).dim(i), (x, y) -> x == 1 ? y : x);
      }
    }
    return List.of(
        Shape.of(sides[1].chars().mapToLong(c -> sizes.getOrDefault((char) c, 1L)).toArray()));
  }
}
