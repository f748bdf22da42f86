package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Activation functions by Keras's names for them, with the constants that the names stand for. */
public final class Activations {
  /** One function. */
  @FunctionalInterface
  interface Function {
    LaidOut emit(GraphBuilder g, LaidOut x);
  }

  /** A function of each element. */
  @FunctionalInterface
  private interface Elementwise {
    Value emit(GraphBuilder g, Value x);
  }

  private static final Map<String, Function> FUNCTIONS = functions();

  private Activations() {}

  private static Map<String, Function> functions() {
    Map<String, Function> table = new HashMap<>();
    put(table, "linear", (g, x) -> x);
    put(table, "relu", (g, x) -> g.relu(x));
    put(table, "relu6", (g, x) -> g.clip(x, 0, 6));
    put(table, "sigmoid", (g, x) -> g.sigmoid(x));
    put(table, "tanh", (g, x) -> g.tanh(x));
    put(table, "exponential", (g, x) -> g.exp(x));
    put(table, "elu", (g, x) -> elu(g, x, 1));
    put(table, "celu", (g, x) -> g.op("Celu", Attributes.of("alpha", 1.0), x));
    put(table, "selu", (g, x) -> selu(g, x));
    put(table, "leaky_relu", (g, x) -> leakyRelu(g, x, 0.2));
    put(table, "softplus", (g, x) -> g.op("Softplus", x));
    put(table, "softsign", (g, x) -> g.op("Softsign", x));
    put(table, "silu", (g, x) -> silu(g, x));
    put(table, "swish", (g, x) -> silu(g, x));
    put(table, "mish", (g, x) -> g.mul(x, g.tanh(g.op("Softplus", x))));
    put(table, "gelu", (g, x) -> gelu(g, x, false));
    put(table, "log_sigmoid", (g, x) -> g.neg(g.op("Softplus", g.neg(x))));
    put(table, "hard_silu", (g, x) -> g.mul(x, hardSigmoid(g, x)));
    put(table, "hard_swish", (g, x) -> g.mul(x, hardSigmoid(g, x)));
    put(table, "hard_tanh", (g, x) -> g.clip(x, -1, 1));
    put(table, "hard_shrink", (g, x) -> shrink(g, x, 0));
    put(table, "soft_shrink", (g, x) -> shrink(g, x, 0.5));
    put(table, "tanh_shrink", (g, x) -> g.sub(x, g.tanh(x)));
    put(table, "squareplus", (g, x) -> g.mul(g.add(x, g.sqrt(g.add(g.square(x), 4))), 0.5));
    put(table, "sparse_sigmoid", (g, x) -> g.clip(g.mul(g.add(x, 1), 0.5), 0, 1));
    put(table, "sparse_plus", (g, x) -> sparsePlus(g, x));
    table.put("softmax", (g, x) -> x.with(g.softmax(x.stored(), x.storedAxis(-1))));
    table.put(
        "log_softmax",
        (g, x) -> x.with(g.op("LogSoftmax", Attributes.of("axis", x.storedAxis(-1)), x.stored())));
    table.put("glu", Activations::glu);
    table.put("sparsemax", (g, x) -> LaidOut.asIs(sparsemax(g, x.logical(g))));
    return table;
  }

  private static void put(Map<String, Function> table, String name, Elementwise function) {
    table.put(name, (g, x) -> x.with(function.emit(g, x.stored())));
  }

  /** The names, in no order. */
  public static Set<String> names() {
    return FUNCTIONS.keySet();
  }

  /**
   * Applies a function by its name, which may have a package before it.
   *
   * @param kerasVersion the version of Keras whose function is meant, where they differ
   */
  public static LaidOut byName(GraphBuilder g, int kerasVersion, LaidOut x, String name) {
    String plain = name.substring(Math.max(name.lastIndexOf('>'), name.lastIndexOf('.')) + 1);
    if (plain.equals("hard_sigmoid")) {
      boolean newer = kerasVersion >= 3;
      return x.with(newer ? hardSigmoid(g, x.stored()) : oldHardSigmoid(g, x.stored()));
    }
    return Optional.ofNullable(FUNCTIONS.get(plain)).orElseThrow(() -> unknown(name)).emit(g, x);
  }

  /** The words for a function that is none of these. */
  public static Unsupported unknown(String name) {
    return new Unsupported("the activation " + name + " is not known.");
  }

  /** max_value ≥ x ≥ threshold: x; below: slope · (x − threshold); above: max_value. */
  public static Value relu(
      GraphBuilder g, Value x, double slope, Optional<Double> most, double threshold) {
    if (threshold == 0) {
      if (slope == 0 && most.isPresent()) {
        return g.clip(x, 0, most.get());
      }
      Value y = slope == 0 ? g.relu(x) : leakyRelu(g, x, slope);
      return most.isPresent() ? g.min(y, g.scalarLike(x, most.get())) : y;
    }
    Value low = g.mul(g.add(x, -threshold), slope);
    Value y = g.where(g.less(x, g.scalarLike(x, threshold)), low, x);
    return most.isPresent() ? g.min(y, g.scalarLike(y, most.get())) : y;
  }

  public static Value elu(GraphBuilder g, Value x, double alpha) {
    return g.op("Elu", Attributes.of("alpha", alpha), x);
  }

  public static Value leakyRelu(GraphBuilder g, Value x, double slope) {
    return g.op("LeakyRelu", Attributes.of("alpha", slope), x);
  }

  private static Value selu(GraphBuilder g, Value x) {
    return g.op(
        "Selu", Attributes.of("alpha", 1.6732632423543772).with("gamma", 1.0507009873554805), x);
  }

  public static Value silu(GraphBuilder g, Value x) {
    return g.mul(x, g.sigmoid(x));
  }

  public static Value gelu(GraphBuilder g, Value x, boolean approximate) {
    return g.op("Gelu", Attributes.of("approximate", approximate ? "tanh" : "none"), x);
  }

  /** max(0, min(1, x / 6 + 1/2)), as Keras 3 has it. */
  public static Value hardSigmoid(GraphBuilder g, Value x) {
    return g.op("HardSigmoid", Attributes.of("alpha", 1.0 / 6).with("beta", 0.5), x);
  }

  /** max(0, min(1, 0.2 x + 1/2)), as Keras had it before version 3. */
  private static Value oldHardSigmoid(GraphBuilder g, Value x) {
    return g.op("HardSigmoid", Attributes.of("alpha", 0.2).with("beta", 0.5), x);
  }

  private static Value shrink(GraphBuilder g, Value x, double bias) {
    return g.op("Shrink", Attributes.of("lambd", 0.5).with("bias", bias), x);
  }

  /**
   * 0 below −1, x above 1, (x + 1)² / 4 between: half the sum of clipped x, its square, and so on.
   */
  private static Value sparsePlus(GraphBuilder g, Value x) {
    Value middle = g.mul(g.square(g.add(g.clip(x, -1, 1), 1)), 0.25);
    return g.add(middle, g.relu(g.add(x, -1)));
  }

  /** The first half of the channels times the sigmoid of the second. */
  private static LaidOut glu(GraphBuilder g, LaidOut x) {
    int axis = x.storedAxis(-1);
    long half = x.stored().dim(axis) / 2;
    Value a = g.slice(x.stored(), axis, 0, half);
    Value b = g.slice(x.stored(), axis, half, 2 * half);
    return x.with(g.mul(a, g.sigmoid(b)));
  }

  /** What Keras computes for the projection onto the simplex of Martins and Astudillo 2016. */
  private static Value sparsemax(GraphBuilder g, Value x) {
    int axis = x.rank() - 1;
    long n = x.dim(axis);
    List<Value> top =
        g.emit(
            "TopK",
            Attributes.of("axis", axis),
            2,
            List.of(Optional.of(x), Optional.of(g.longs(n))));
    float[] ranks = new float[(int) n];
    for (int i = 0; i < n; i++) {
      ranks[i] = i + 1;
    }
    Value k = g.constant(dev.picasso.graph.Tensor.of(ranks, n));
    Value sums =
        g.op("CumSum", top.get(0), g.constant(dev.picasso.graph.Tensor.scalar((long) axis)));
    Value support = g.cast(g.less(sums, g.add(g.mul(top.get(0), k), 1)), DataType.FLOAT);
    Value size = g.sum(support, true, axis);
    // The paper sums the supported values here, Keras (to 3.15) their running sums.
    Value tau = g.div(g.add(g.sum(g.mul(sums, support), true, axis), -1), size);
    return g.relu(g.sub(x, tau));
  }
}
