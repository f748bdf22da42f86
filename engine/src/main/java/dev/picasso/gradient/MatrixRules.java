package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Matrix products. */
final class MatrixRules {
  private MatrixRules() {}

  static void addTo(RuleTable rules) {
    rules.put("MatMul", MatrixRules::left, MatrixRules::right);
    rules.put("Gemm", MatrixRules::gemmA, MatrixRules::gemmB, MatrixRules::gemmC);
    rules.putForAll("Einsum", MatrixRules::einsum);
  }

  /** dA = dY·Bᵀ. */
  private static Value left(GraphBuilder g, NodeView node, Value dy) {
    Value a = node.input(0);
    Value b = node.input(1);
    Value rows = a.rank() == 1 ? g.unsqueeze(dy, b.rank() == 1 ? 0 : -2) : dy;
    if (b.rank() == 1) {
      return g.mul(g.unsqueeze(dy, -1), b);
    }
    if (b.rank() == 2 && g.constantOf(b).isPresent() && rows.rank() == 2) {
      return g.op("Gemm", Attributes.of("transB", 1), rows, b);
    }
    Value da = g.matMul(rows, swapped(g, b));
    return a.rank() == 1 ? g.squeeze(da, -2) : da;
  }

  /** dB = Aᵀ·dY. */
  private static Value right(GraphBuilder g, NodeView node, Value dy) {
    Value a = node.input(0);
    Value b = node.input(1);
    if (a.rank() == 1 && b.rank() == 1) {
      return g.mul(dy, a);
    }
    if (a.rank() == 1 || b.rank() == 1) {
      Value rows = a.rank() == 1 ? g.unsqueeze(a, 0) : a;
      Value dyRows = a.rank() == 1 ? g.unsqueeze(dy, -2) : dy;
      Value db = g.matMul(swapped(g, rows), b.rank() == 1 ? g.unsqueeze(dyRows, -1) : dyRows);
      return b.rank() == 1 ? g.squeeze(db, -1) : db;
    }
    return g.matMul(swapped(g, a), dy);
  }

  /** The last two axes exchanged. */
  private static Value swapped(GraphBuilder g, Value x) {
    int[] permutation = IntStream.range(0, x.rank()).toArray();
    permutation[x.rank() - 1] = x.rank() - 2;
    permutation[x.rank() - 2] = x.rank() - 1;
    return g.transpose(x, permutation);
  }

  /** Y = α·A′·B′ + β·C, where ′ is a transposition if asked for. */
  private static Value gemmA(GraphBuilder g, NodeView node, Value dy) {
    boolean transA = node.attributes().flag("transA", false);
    boolean transB = node.attributes().flag("transB", false);
    Value b = node.input(1);
    return transA ? product(g, node, b, transB, dy, true) : product(g, node, dy, false, b, !transB);
  }

  private static Value gemmB(GraphBuilder g, NodeView node, Value dy) {
    boolean transA = node.attributes().flag("transA", false);
    boolean transB = node.attributes().flag("transB", false);
    Value a = node.input(0);
    return transB ? product(g, node, dy, true, a, transA) : product(g, node, a, !transA, dy, false);
  }

  private static Value gemmC(GraphBuilder g, NodeView node, Value dy) {
    return g.mul(dy, node.attributes().real("beta", 1));
  }

  private static Value product(
      GraphBuilder g, NodeView node, Value a, boolean transA, Value b, boolean transB) {
    return g.op(
        "Gemm",
        Attributes.of("transA", transA)
            .with("transB", transB)
            .with("alpha", node.attributes().real("alpha", 1)),
        a,
        b);
  }

  /** The other terms against dY, for the letters of this one; what was summed is repeated. */
  private static Value einsum(GraphBuilder g, NodeView node, Value dy) {
    int i = node.place();
    String equation = node.attributes().text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    String term = terms[i];
    if (equation.contains(".") || term.chars().distinct().count() < term.length()) {
      throw new UnsupportedGradientException(
          "the equation " + equation + " has an ellipsis or an axis twice in one term");
    }
    String out = sides.length > 1 ? sides[1] : implicitOutput(sides[0]);
    List<String> letters = new ArrayList<>();
    List<Value> factors = new ArrayList<>();
    if (!out.isEmpty()) {
      letters.add(out);
      factors.add(dy);
    }
    for (int k = 0; k < terms.length; k++) {
      if (k != i) {
        letters.add(terms[k]);
        factors.add(node.input(k));
      }
    }
    String given = String.join("", letters);
    String kept =
        term.chars()
            .filter(c -> given.indexOf(c) >= 0)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (factors.isEmpty()) {
      return repeated(g, dy, term, kept, node.shape(i));
    }
    Value product =
        g.op(
            "Einsum",
            Attributes.of("equation", String.join(",", letters) + "->" + kept),
            factors.toArray(Value[]::new));
    return repeated(g, out.isEmpty() ? g.mul(product, dy) : product, term, kept, node.shape(i));
  }

  /** Without an arrow: the letters that occur once, in alphabetical order. */
  private static String implicitOutput(String terms) {
    String letters = terms.replace(",", "");
    return letters
        .chars()
        .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
        .sorted()
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Stretches a value over the letters of a term that it lacks. */
  private static Value repeated(GraphBuilder g, Value value, String term, String kept, Shape to) {
    if (kept.length() == term.length()) {
      return value;
    }
    long[] missing =
        IntStream.range(0, term.length())
            .filter(k -> kept.indexOf(term.charAt(k)) < 0)
            .mapToLong(k -> k)
            .toArray();
    long[] dims = new long[term.length()];
    Arrays.fill(dims, 1);
    for (long axis : missing) {
      dims[(int) axis] = to.dim((int) axis);
      if (dims[(int) axis] < 0) {
        throw new UnsupportedGradientException("it sums over the batch");
      }
    }
    return g.expand(g.unsqueeze(value, missing), dims);
  }
}
