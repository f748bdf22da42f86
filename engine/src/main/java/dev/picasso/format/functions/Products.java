package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sums of products: matrices, tensors, Einstein's notation, attention. */
final class Products {
  private static final String ELLIPSIS = "...";

  private Products() {}

  static void addTo(FunctionTable table) {
    table.put(
        Products::matMul,
        "ops.Matmul(x1, x2)",
        "tf.matmul(a, b, transpose_a, transpose_b)",
        "raw.MatMul(a, b)",
        "raw.BatchMatMul(x, y)",
        "raw.BatchMatMulV2(x, y)",
        "raw.BatchMatMulV3(x, y)");
    table.put(Products::dot, "ops.Dot(x1, x2)", "tf.keras.backend.dot(x, y)");
    table.put(Products::tensorDot, "ops.Tensordot(x1, x2)", "tf.tensordot(a, b, axes)");
    table.put(
        Products::einsum,
        "ops.Einsum(*operands)",
        "tf.einsum(equation, *inputs)",
        "raw.Einsum(*inputs)");
    table.put(Products::attention, "ops.DotProductAttention(query, key, value, bias, mask, scale)");
  }

  private static List<Value> both(GraphBuilder g, Call call) {
    return Types.common(g, List.of(call.operand(0), call.operand(1))).stream()
        .map(o -> Types.floating(g, o.value(g)).logical(g))
        .toList();
  }

  static LaidOut matMul(GraphBuilder g, Call call) {
    List<Value> both = both(g, call);
    boolean turnA = call.flag(false, "transpose_a", "adj_x", "adjoint_a");
    boolean turnB = call.flag(false, "transpose_b", "adj_y", "adjoint_b");
    call.ignore("a_is_sparse", "b_is_sparse", "grad_x", "grad_y", "grad_a", "grad_b");
    return LaidOut.asIs(
        g.matMul(
            turnA ? turned(g, both.get(0)) : both.get(0),
            turnB ? turned(g, both.get(1)) : both.get(1)));
  }

  /** The last two axes swapped. */
  private static Value turned(GraphBuilder g, Value x) {
    int[] order = IntStream.range(0, x.rank()).toArray();
    order[x.rank() - 1] = x.rank() - 2;
    order[x.rank() - 2] = x.rank() - 1;
    return g.transpose(x, order);
  }

  /** The last axis of a against the one before the last of b. */
  private static LaidOut dot(GraphBuilder g, Call call) {
    List<Value> both = both(g, call);
    if (both.get(1).rank() > 2) {
      throw new Unsupported("a dot product with " + both.get(1).shape() + " is not supported.");
    }
    return LaidOut.asIs(g.matMul(both.get(0), both.get(1)));
  }

  /** The last n axes of a against the first n of b, or axes of both that are told. */
  private static LaidOut tensorDot(GraphBuilder g, Call call) {
    List<Value> both = both(g, call);
    Value a = both.get(0);
    Value b = both.get(1);
    long[] left;
    long[] right;
    var axes = call.plain("axes").orElseThrow(() -> new Unsupported("it does not tell its axes."));
    if (axes.isNumber()) {
      int n = call.integer(0, "axes");
      left = LongStream.range(a.rank() - (long) n, a.rank()).toArray();
      right = LongStream.range(0, n).toArray();
    } else {
      long[] all = Literals.tensor(axes).longs();
      left = Arrays.copyOf(all, all.length / 2);
      right = Arrays.copyOfRange(all, all.length / 2, all.length);
    }
    int[] contractedA = Arrays.stream(left).mapToInt(i -> a.shape().axis((int) i)).toArray();
    int[] contractedB = Arrays.stream(right).mapToInt(i -> b.shape().axis((int) i)).toArray();
    int[] freeA = others(a.rank(), contractedA);
    int[] freeB = others(b.rank(), contractedB);
    Shape outer = dims(a, freeA);
    Shape inner = dims(a, contractedA);
    Shape last = dims(b, freeB);
    Value rows =
        g.reshape(
            g.transpose(a, joined(freeA, contractedA)),
            Shape.of(outer.sizeAsDimension(), inner.sizeAsDimension()));
    Value columns =
        g.reshape(
            g.transpose(b, joined(contractedB, freeB)),
            Shape.of(inner.sizeAsDimension(), last.sizeAsDimension()));
    long[] result =
        LongStream.concat(Arrays.stream(outer.dims()), Arrays.stream(last.dims())).toArray();
    return LaidOut.asIs(g.reshape(g.matMul(rows, columns), Shape.of(result)));
  }

  private static Shape dims(Value x, int[] axes) {
    return Shape.of(Arrays.stream(axes).mapToLong(x::dim).toArray());
  }

  private static int[] others(int rank, int[] axes) {
    return IntStream.range(0, rank)
        .filter(i -> Arrays.stream(axes).noneMatch(a -> a == i))
        .toArray();
  }

  private static int[] joined(int[] a, int[] b) {
    return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }

  private static LaidOut einsum(GraphBuilder g, Call call) {
    String equation = call.text("", "equation", "subscripts").replace(" ", "");
    if (call.argument("inputs", "operands").isEmpty()) {
      throw new Unsupported(
          "the file has only its equation "
              + equation
              + ": Keras 2 does not save what it is"
              + " called with.");
    }
    call.ignore("optimize");
    boolean second = call.function().startsWith("tf.");
    List<Value> all =
        Types.common(g, call.operands(second ? 1 : 0)).stream()
            .map(o -> Types.floating(g, o.value(g)).logical(g))
            .toList();
    String full = explicit(equation, all);
    return LaidOut.asIs(g.op("Einsum", Attributes.of("equation", full), all.toArray(Value[]::new)));
  }

  /** With an arrow, and with letters for what an ellipsis stands for. */
  private static String explicit(String equation, List<Value> all) {
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (sides.length > 2 || terms.length != all.size()) {
      throw new Unsupported(
          "the equation " + equation + " does not fit " + all.size() + " inputs.");
    }
    int most = 0;
    for (int i = 0; i < terms.length; i++) {
      boolean open = terms[i].contains(ELLIPSIS);
      int free = all.get(i).rank() - terms[i].replace(ELLIPSIS, "").length();
      if (free < 0 || (free > 0 && !open)) {
        throw new Unsupported("the equation " + equation + " does not fit " + all.get(i).shape());
      }
      most = Math.max(most, open ? free : 0);
    }
    String letters =
        IntStream.rangeClosed('A', 'Z')
            .filter(c -> equation.indexOf(c) < 0)
            .limit(most)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    StringBuilder full = new StringBuilder();
    for (int i = 0; i < terms.length; i++) {
      int free = all.get(i).rank() - terms[i].replace(ELLIPSIS, "").length();
      String own = letters.substring(letters.length() - Math.max(free, 0));
      full.append(i == 0 ? "" : ",").append(terms[i].replace(ELLIPSIS, own));
    }
    String result = sides.length == 2 ? sides[1] : ELLIPSIS + implied(sides[0]);
    return full + "->" + result.replace(ELLIPSIS, letters);
  }

  /** Without an arrow: the letters that occur once, in the order of the alphabet. */
  private static String implied(String terms) {
    String letters = terms.replace(",", "").replace(".", "");
    return letters
        .chars()
        .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** softmax(q·kᵀ / √size)·v for each head; all are [N, steps, heads, size]. */
  private static LaidOut attention(GraphBuilder g, Call call) {
    if (call.argument("bias").isPresent()
        || call.argument("mask").isPresent()
        || call.flag(false, "is_causal")
        || call.number("attn_logits_soft_cap").isPresent()) {
      throw new Unsupported("bias, mask, is_causal and a soft cap are not supported.");
    }
    Value q = call.operand(0).value(g).logical(g);
    Value k = call.operand(1).value(g).logical(g);
    Value v = call.operand(2).value(g).logical(g);
    if (q.rank() != 4 || k.dim(2) != q.dim(2)) {
      throw new Unsupported("its query of shape " + q.shape() + " does not fit " + k.shape() + ".");
    }
    double scale = call.number(1 / Math.sqrt((double) q.dim(3)), "scale");
    Value scores = g.matMul(g.transpose(q, 0, 2, 1, 3), g.transpose(k, 0, 2, 3, 1));
    Value weights = g.softmax(g.mul(scores, scale), 3);
    Value heads = g.matMul(weights, g.transpose(v, 0, 2, 1, 3));
    return LaidOut.asIs(g.transpose(heads, 0, 2, 1, 3));
  }
}
