package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;

/** Functions that bring values to a length, or to a mean and a variance. */
final class Normalizations {
  private Normalizations() {}

  static void addTo(FunctionTable table) {
    table.put(Normalizations::unit, "tf.l2_normalize(x, axis, epsilon)", "ops.Normalize(x)");
    table.put(
        Normalizations::batch,
        "ops.BatchNorm(x, mean, variance, offset, scale)",
        "tf.batch_normalization(x, mean, variance, offset, scale, variance_epsilon)");
    table.put(Normalizations::layer, "ops.LayerNorm(x, gamma, beta)");
    table.put(Normalizations::rootMeanSquare, "ops.RMSNorm(x, scale)");
  }

  /** x / √(the sum of x² along axes, or epsilon if that is more). */
  private static LaidOut unit(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    boolean keras = call.function().startsWith("ops.");
    if (call.number(2, "order") != 2) {
      throw new Unsupported("the order " + call.number(2, "order") + " is not supported.");
    }
    long[] axes =
        call.axes(x, "axis", "dim").orElseGet(() -> LongStream.range(0, x.rank()).toArray());
    double epsilon = call.number(keras ? 1e-7 : 1e-12, "epsilon");
    double least = keras ? epsilon * epsilon : epsilon;
    return Layouts.keeping(
        x,
        axes,
        (v, a) -> {
          Value sum = g.sum(g.square(v), true, a);
          return g.div(v, g.sqrt(g.max(sum, g.scalarLike(sum, least))));
        });
  }

  /** scale · (x − mean) / √(variance + epsilon) + offset. */
  private static LaidOut batch(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    int axis = call.axis(x.rank(), -1, "axis");
    double epsilon = call.number(1e-3, "epsilon", "variance_epsilon");
    LaidOut centred = along(g, x, axis, call.operand(1), g::sub);
    LaidOut y =
        along(g, centred, axis, call.operand(2), (v, w) -> g.div(v, g.sqrt(g.add(w, epsilon))));
    return moved(g, call, y, axis, "scale", "offset");
  }

  private static LaidOut moved(
      GraphBuilder g, Call call, LaidOut x, int axis, String scale, String offset) {
    Optional<Operand> factor = call.operand(scale);
    Optional<Operand> addend = call.operand(offset);
    LaidOut y = factor.isPresent() ? along(g, x, axis, factor.get(), g::mul) : x;
    return addend.isPresent() ? along(g, y, axis, addend.get(), g::add) : y;
  }

  /** A function of a value and of one number per place of an axis, or of what broadcasts anyway. */
  static LaidOut along(
      GraphBuilder g, LaidOut x, int axis, Operand numbers, BinaryOperator<Value> function) {
    Operand floats = numbers.as(g, x.stored().type());
    if (floats instanceof Operand.Literal literal && floats.rank() == 1) {
      long[] shape = new long[x.rank() - axis];
      Arrays.fill(shape, 1);
      Tensor tensor = literal.tensor();
      shape[0] = tensor.size();
      return Arithmetic.of(g, x, new Operand.Literal(tensor.reshaped(shape)), function);
    }
    if (axis != x.rank() - 1 && floats.rank() == 1) {
      throw new Unsupported("numbers that the model computes for the axis " + axis + ".");
    }
    return Arithmetic.of(g, x, floats, function);
  }

  /** As batch normalization, with the mean and the variance along axes of each image. */
  private static LaidOut layer(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    if (call.flag(false, "rms_scaling")) {
      throw new Unsupported("rms_scaling is not supported.");
    }
    int axis = call.axis(x.rank(), -1, "axis");
    double epsilon = call.number(1e-7, "epsilon");
    LaidOut y =
        Layouts.keeping(
            x,
            new long[] {axis},
            (v, a) -> {
              Value centred = g.sub(v, g.mean(v, true, a));
              Value variance = g.mean(g.square(centred), true, a);
              return g.div(centred, g.sqrt(g.add(variance, epsilon)));
            });
    return moved(g, call, y, axis, "gamma", "beta");
  }

  /** scale · x / √(mean of x² + epsilon). */
  private static LaidOut rootMeanSquare(GraphBuilder g, Call call) {
    LaidOut x = Types.floating(g, call.x(g));
    int axis = call.axis(x.rank(), -1, "axis");
    double epsilon = call.number(1e-7, "epsilon");
    LaidOut y =
        Layouts.keeping(
            x,
            new long[] {axis},
            (v, a) -> g.div(v, g.sqrt(g.add(g.mean(g.square(v), true, a), epsilon))));
    return moved(g, call, y, axis, "scale", "none");
  }
}
