package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;

/**
 * Numbers rounded to few bits and back, as models hold them that were trained for small devices.
 * Rounding is flat, so that its gradient is taken to be that of no rounding, as in training.
 */
final class Quantization {
  private Quantization() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) ->
            fake(
                g,
                call,
                Tensor.of(new float[] {(float) call.number(-6, "min")}),
                Tensor.of(new float[] {(float) call.number(6, "max")})),
        "raw.FakeQuantWithMinMaxArgs(inputs)",
        "tf.quantization.fake_quant_with_min_max_args(inputs, min, max, num_bits, narrow_range)");
    table.put(
        (g, call) -> fake(g, call, known(g, call, "min"), known(g, call, "max")),
        "raw.FakeQuantWithMinMaxVars(inputs, min, max)",
        "raw.FakeQuantWithMinMaxVarsPerChannel(inputs, min, max)",
        "tf.quantization.fake_quant_with_min_max_vars(inputs, min, max, num_bits, narrow_range)",
        "tf.quantization.fake_quant_with_min_max_vars_per_channel(inputs, min, max, num_bits,"
            + " narrow_range)");
    table.put(
        (g, call) -> backAndForth(g, call, call.function().endsWith("V4")),
        "raw.QuantizeAndDequantizeV2(input, input_min, input_max)",
        "raw.QuantizeAndDequantizeV3(input, input_min, input_max, num_bits)",
        "raw.QuantizeAndDequantizeV4(input, input_min, input_max)");
    table.put(Quantization::decoded, "raw.Dequantize(input, min_range, max_range)");
  }

  /** Numbers that stand in the file, or in a constant made of such. */
  private static Tensor known(GraphBuilder g, Call call, String name) {
    Operand operand =
        call.operand(name).orElseThrow(() -> new Unsupported("it is called without " + name + "."));
    if (operand instanceof Operand.Literal literal) {
      return literal.tensor().as(DataType.FLOAT);
    }
    return g.constantOf(operand.value(g).stored())
        .orElseThrow(() -> new Unsupported("its range is computed by the model."))
        .as(DataType.FLOAT);
  }

  /** One range for all, or one for each place of the last axis. */
  private static LaidOut fake(GraphBuilder g, Call call, Tensor min, Tensor max) {
    LaidOut x = Types.floating(g, call.x(g));
    int bits = call.integer(8, "num_bits");
    boolean narrow = call.flag(false, "narrow_range");
    float[] low = min.floats();
    float[] high = max.floats();
    long channels = x.rank() == 0 ? 1 : x.shape().dim(-1);
    if (bits < 2
        || bits > 16
        || low.length != high.length
        || (low.length != 1 && low.length != channels)) {
      throw new Unsupported(
          bits + " bits and ranges of " + low.length + " places are not supported.");
    }
    float most = (1 << bits) - 1;
    float least = narrow ? 1 : 0;
    float[] scale = new float[low.length];
    float[] inverse = new float[low.length];
    float[] zeros = new float[low.length];
    float[] empty = new float[low.length];
    for (int i = 0; i < low.length; i++) {
      if (low[i] == 0 && high[i] == 0) {
        scale[i] = 1;
        empty[i] = 1;
        continue;
      }
      if (!(low[i] < high[i])) {
        throw new Unsupported("its range is " + low[i] + " to " + high[i] + ".");
      }
      // Zero must be one of the steps, so that both ends are moved: a little where zero is within,
      // by the whole distance from zero where it is not.
      scale[i] = (high[i] - low[i]) / (most - least);
      inverse[i] = (most - least) / (high[i] - low[i]);
      float zero = Math.min(most, Math.max(least, (float) Math.round(least - low[i] / scale[i])));
      low[i] = (least - zero) * scale[i];
      high[i] = (most - zero) * scale[i];
      zeros[i] = (float) Math.floor(-low[i] * inverse[i] + 0.5f);
    }
    Value from = perChannel(g, x, low);
    Value step = perChannel(g, x, scale);
    Value inside = g.min(g.max(x.stored(), from), perChannel(g, x, high));
    // In TensorFlow's order, so that halves between steps go the same way.
    Value places = g.mul(g.sub(inside, from), perChannel(g, x, inverse));
    Value steps = g.op("Floor", g.add(g.sub(places, perChannel(g, x, zeros)), 0.5));
    Value rounded = g.mul(steps, step);
    if (Arrays.equals(empty, new float[empty.length])) {
      return x.with(straightThrough(g, inside, rounded));
    }
    // In a range that nothing was counted for all becomes zero, and gradients pass.
    Value none = g.cast(perChannel(g, x, empty), DataType.BOOL);
    Value smooth = g.where(none, x.stored(), inside);
    return x.with(straightThrough(g, smooth, g.where(none, g.scalarLike(rounded, 0), rounded)));
  }

  /** The numbers along what the file has as its last axis. */
  private static Value perChannel(GraphBuilder g, LaidOut x, float[] numbers) {
    if (numbers.length == 1) {
      return g.constant(Tensor.scalar(numbers[0]));
    }
    long[] dims = new long[x.rank()];
    Arrays.fill(dims, 1);
    dims[x.storedAxis(-1)] = numbers.length;
    return g.constant(Tensor.of(numbers, dims));
  }

  /** The value of one, with the gradient of the other. */
  private static Value straightThrough(GraphBuilder g, Value smooth, Value rounded) {
    return g.add(smooth, g.op("StopGradient", g.sub(rounded, smooth)));
  }

  /** Steps of one size around zero, so that the ends of the range are steps or lie outside. */
  private static LaidOut backAndForth(GraphBuilder g, Call call, boolean masked) {
    LaidOut x = Types.floating(g, call.x(g));
    boolean signed = call.flag(true, "signed_input");
    boolean narrow = call.flag(false, "narrow_range");
    int bits = call.integer(8, "num_bits");
    if (!call.flag(false, "range_given")
        || call.integer(-1, "axis") != -1
        || bits < 2
        || bits > 16) {
      throw new Unsupported("only one range that stands in the file is supported, up to 16 bits.");
    }
    float min = known(g, call, "input_min").floats()[0];
    float max = known(g, call, "input_max").floats()[0];
    long least = signed ? -(1L << (bits - 1)) + (narrow ? 1 : 0) : 0;
    long most = signed ? (1L << (bits - 1)) - 1 : (1L << bits) - 1;
    float bySmall = least * min > 0 ? least / min : Float.MAX_VALUE;
    float byLarge = most * max > 0 ? most / max : Float.MAX_VALUE;
    boolean small = bySmall < byLarge;
    float scale = small ? bySmall : byLarge;
    float step = small ? min / least : max / most;
    if (!(step > 0) || !Float.isFinite(step)) {
      throw new Unsupported("its range is " + min + " to " + max + ".");
    }
    Value inside = g.clip(x.stored(), small ? min : least * step, small ? most * step : max);
    Value steps = g.mul(inside, scale);
    boolean up = call.text("HALF_TO_EVEN", "round_mode").equals("HALF_UP");
    Value whole = up ? g.op("Floor", g.add(steps, 0.5)) : g.op("Round", steps);
    Value rounded = g.mul(whole, step);
    // Only the newest of these operators lets no gradient through outside of the range.
    Value smooth = masked ? g.clip(x.stored(), min, max) : x.stored();
    return x.with(straightThrough(g, smooth, rounded));
  }

  /**
   * The numbers that codes of 8 or 16 bits stand for, of which the smallest and largest are told.
   */
  private static LaidOut decoded(GraphBuilder g, Call call) {
    LaidOut codes = call.x(g);
    String type = call.text("", "T");
    int bits = type.endsWith("16") ? 16 : 8;
    long least = type.startsWith("DT_QU") ? 0 : -(1L << (bits - 1));
    long most = least + (1L << bits) - 1;
    call.ignore("dtype", "narrow_range");
    String mode = call.text("MIN_COMBINED", "mode");
    boolean known = type.matches("DT_QU?INT(8|16)") && (mode.equals("SCALED") || bits == 8);
    if (!known || call.integer(-1, "axis") != -1) {
      throw new Unsupported("codes of the type " + type + " in the mode " + mode + ".");
    }
    float min = known(g, call, "min_range").floats()[0];
    float max = known(g, call, "max_range").floats()[0];
    double step = ((double) max - min) / (double) (most - least);
    double start =
        switch (mode) {
          case "MIN_COMBINED" -> min + (least < 0 ? (1L << (bits - 1)) * step : 0);
          case "MIN_FIRST" -> step == 0 ? min : (Math.rint(min / step) - least) * step;
          case "SCALED" -> 0;
          default -> throw new Unsupported("the mode " + mode + " is not known.");
        };
    if (mode.equals("SCALED")) {
      boolean narrow = call.flag(false, "narrow_range");
      double below = least == 0 ? 0 : min / (double) (least + (narrow ? 1 : 0));
      step = Math.max(below, max / (double) most);
    }
    Value numbers = g.cast(codes.stored(), DataType.FLOAT);
    return codes.with(g.add(g.mul(numbers, step), start));
  }
}
