package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Map;
import java.util.Optional;

/** Activation functions that were called as functions. */
final class ActivationFunctions {
  /** Without arguments: Keras's word for the function, by those of Keras 3's operations. */
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("ops.Relu", "relu"),
          Map.entry("ops.Relu6", "relu6"),
          Map.entry("ops.Sigmoid", "sigmoid"),
          Map.entry("ops.Tanh", "tanh"),
          Map.entry("ops.Softplus", "softplus"),
          Map.entry("ops.Softsign", "softsign"),
          Map.entry("ops.Silu", "silu"),
          Map.entry("ops.Mish", "mish"),
          Map.entry("ops.Selu", "selu"),
          Map.entry("ops.HardSigmoid", "hard_sigmoid"),
          Map.entry("ops.HardSilu", "hard_silu"),
          Map.entry("ops.HardTanh", "hard_tanh"),
          Map.entry("ops.LogSigmoid", "log_sigmoid"),
          Map.entry("ops.TanhShrink", "tanh_shrink"),
          Map.entry("ops.SparsePlus", "sparse_plus"),
          Map.entry("ops.SparseSigmoid", "sparse_sigmoid"),
          Map.entry("tf.relu6", "relu6"),
          Map.entry("tf.sigmoid", "sigmoid"),
          Map.entry("tf.tanh", "tanh"),
          Map.entry("tf.softplus", "softplus"),
          Map.entry("tf.softsign", "softsign"),
          Map.entry("tf.selu", "selu"),
          Map.entry("tf.mish", "mish"),
          Map.entry("tf.exponential", "exponential"),
          Map.entry("tf.linear", "linear"),
          Map.entry("tf.log_sigmoid", "log_sigmoid"),
          Map.entry("tf.hard_sigmoid", "hard_sigmoid"),
          Map.entry("raw.Relu", "relu"),
          Map.entry("raw.Relu6", "relu6"),
          Map.entry("raw.Sigmoid", "sigmoid"),
          Map.entry("raw.Tanh", "tanh"),
          Map.entry("raw.Softplus", "softplus"),
          Map.entry("raw.Softsign", "softsign"),
          Map.entry("raw.Selu", "selu"),
          Map.entry("raw.Elu", "elu"));

  private ActivationFunctions() {}

  static void addTo(FunctionTable table) {
    PLAIN.forEach(
        (name, word) ->
            table.put(
                (g, call) ->
                    Activations.byName(g, kerasVersion(name), Types.floating(g, call.x(g)), word),
                name + "(features)"));
    table.put(
        ActivationFunctions::relu, "ops.ReLU(x)", "tf.relu(features, alpha, max_value, threshold)");
    table.put(
        (g, call) -> each(g, call, x -> Activations.elu(g, x, call.number(1, "alpha"))),
        "ops.Elu(x)",
        "tf.elu(features, alpha)");
    table.put(
        (g, call) ->
            each(g, call, x -> g.op("Celu", Attributes.of("alpha", call.number(1, "alpha")), x)),
        "ops.Celu(x)");
    table.put(
        (g, call) ->
            each(
                g,
                call,
                x -> Activations.leakyRelu(g, x, call.number(0.2, "alpha", "negative_slope"))),
        "ops.LeakyRelu(x)",
        "tf.leaky_relu(features, alpha)",
        "raw.LeakyRelu(features)");
    table.put(
        (g, call) -> each(g, call, x -> Activations.gelu(g, x, call.flag(false, "approximate"))),
        "tf.gelu(features, approximate)");
    table.put(
        (g, call) -> each(g, call, x -> Activations.gelu(g, x, call.flag(true, "approximate"))),
        "ops.Gelu(x)");
    table.put(
        (g, call) -> each(g, call, x -> g.mul(x, g.sigmoid(scaled(g, x, call.number(1, "beta"))))),
        "tf.silu(features, beta)",
        "tf.swish(features, beta)");
    table.put(
        (g, call) -> each(g, call, x -> shrink(g, x, call.number(0.5, "threshold"), false)),
        "ops.HardShrink(x)");
    table.put(
        (g, call) -> each(g, call, x -> shrink(g, x, call.number(0.5, "threshold"), true)),
        "ops.SoftShrink(x)");
    table.put((g, call) -> each(g, call, x -> threshold(g, x, call)), "ops.Threshold(x)");
    table.put(
        (g, call) ->
            each(
                g,
                call,
                x -> g.mul(g.add(x, g.sqrt(g.add(g.square(x), call.number(4, "b")))), 0.5)),
        "ops.Squareplus(x)");
    table.put(ActivationFunctions::glu, "ops.Glu(x)");
    table.put(
        ActivationFunctions::softmax,
        "ops.Softmax(x)",
        "tf.softmax(logits, axis)",
        "raw.Softmax(logits)");
    table.put(
        (g, call) -> {
          LaidOut x = Types.floating(g, call.x(g));
          int axis = call.axis(x.rank(), -1, "axis", "dim");
          return x.with(g.op("LogSoftmax", Attributes.of("axis", x.storedAxis(axis)), x.stored()));
        },
        "ops.LogSoftmax(x)",
        "tf.log_softmax(logits, axis)",
        "raw.LogSoftmax(logits)");
    table.put(
        (g, call) -> {
          call.axis(call.x(g).rank(), -1, "axis");
          return Activations.byName(g, 3, call.x(g), "sparsemax");
        },
        "ops.Sparsemax(x)");
  }

  /** Operations are Keras 3's; what Keras 2 recorded were functions of its own or TensorFlow's. */
  private static int kerasVersion(String function) {
    return function.startsWith("ops.") ? 3 : 2;
  }

  private static LaidOut each(
      GraphBuilder g, Call call, java.util.function.UnaryOperator<Value> function) {
    LaidOut x = Types.floating(g, call.x(g));
    return x.with(function.apply(x.stored()));
  }

  private static Value scaled(GraphBuilder g, Value x, double factor) {
    return factor == 1 ? x : g.mul(x, factor);
  }

  private static LaidOut relu(GraphBuilder g, Call call) {
    double slope = call.number(0, "alpha", "negative_slope");
    Optional<Double> most = call.number("max_value");
    double threshold = call.number(0, "threshold");
    return each(g, call, x -> Activations.relu(g, x, slope, most, threshold));
  }

  /** x where it is farther than the threshold from zero, or by how much; else 0. */
  private static Value shrink(GraphBuilder g, Value x, double threshold, boolean soft) {
    return g.op(
        "Shrink", Attributes.of("lambd", threshold).with("bias", soft ? threshold : 0.0), x);
  }

  private static Value threshold(GraphBuilder g, Value x, Call call) {
    Value above = g.greater(x, g.scalarLike(x, call.number(0, "threshold")));
    return g.where(above, x, g.scalarLike(x, call.number(0, "default_value")));
  }

  /** The first half along an axis times the sigmoid of the second. */
  private static LaidOut glu(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    int axis = x.storedAxis(call.axis(x.rank(), -1, "axis"));
    long half = x.stored().dim(axis) / 2;
    Value a = g.slice(x.stored(), axis, 0, half);
    Value b = g.slice(x.stored(), axis, half, 2 * half);
    return x.with(g.mul(a, g.sigmoid(b)));
  }

  private static LaidOut softmax(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    long[] axes = call.axes(x, "axis", "dim").orElse(new long[] {x.rank() - 1L});
    if (axes.length == 1) {
      return x.with(g.softmax(x.stored(), x.storedAxis((int) axes[0])));
    }
    long[] stored = Layouts.stored(x, axes);
    Value exp = g.exp(g.sub(x.stored(), g.reduce("ReduceMax", x.stored(), true, stored)));
    return x.with(g.div(exp, g.sum(exp, true, stored)));
  }
}
