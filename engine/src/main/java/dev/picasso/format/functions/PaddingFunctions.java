package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions that put something around a value: a number, or what is mirrored at its border. */
final class PaddingFunctions {
  /** The most that a border may grow by. */
  private static final long MOST = 1 << 16;

  private PaddingFunctions() {}

  static void addTo(FunctionTable table) {
    table.put(
        PaddingFunctions::pad,
        "ops.Pad(x, constant_values)",
        "tf.pad(tensor, paddings, mode, constant_values)",
        "raw.Pad(tensor, paddings)",
        "raw.PadV2(tensor, paddings, constant_values)",
        "raw.MirrorPad(tensor, paddings)");
    table.put(PaddingFunctions::images, "tf.spatial_2d_padding(x, padding, data_format)");
  }

  private static LaidOut pad(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[][] sides = sides(call, x.rank(), "paddings", "pad_width");
    String mode = call.text("constant", "mode").toLowerCase(Locale.ROOT);
    double fill = call.number(0, "constant_values");
    return switch (mode) {
      case "constant" -> constant(g, x, sides, fill);
      case "reflect" -> mirrored(g, x, sides, "reflect");
      case "edge" -> mirrored(g, x, sides, "edge");
      case "symmetric" -> symmetric(g, x, sides);
      default -> throw new Unsupported("the padding " + mode + " is not supported.");
    };
  }

  private static LaidOut images(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    long[] all = call.integers("padding").orElse(new long[] {1, 1, 1, 1});
    if (all.length != 4 || x.rank() != 4) {
      throw new Unsupported("padding must be two pairs, for images.");
    }
    long[] rows = {all[0], all[1]};
    long[] columns = {all[2], all[3]};
    long[] none = {0, 0};
    return constant(
        g,
        x,
        call.channelsLast()
            ? new long[][] {none, rows, columns, none}
            : new long[][] {none, none, rows, columns},
        0);
  }

  /** The amounts before and after each axis. */
  private static long[][] sides(Call call, int rank, String... names) {
    Operand given =
        call.operand(names).orElseThrow(() -> new Unsupported("it does not tell its padding."));
    if (!(given instanceof Operand.Literal literal)) {
      throw new Unsupported("its padding is computed by the model.");
    }
    Tensor amounts = literal.tensor();
    long[] all = amounts.longs();
    boolean perAxis = amounts.shape().rank() == 2 && all.length == 2 * rank;
    if (!perAxis && all.length > 2) {
      throw new Unsupported(
          names[0] + " has the shape " + amounts.shape() + "; the value has " + rank + " axes.");
    }
    long[][] sides = new long[rank][2];
    for (int i = 0; i < 2 * rank; i++) {
      long amount = all[perAxis ? i : i % all.length];
      if (amount < 0 || amount > MOST) {
        throw new Unsupported(
            names[0] + " has " + amount + "; amounts from 0 to " + MOST + " are possible.");
      }
      sides[i / 2][i % 2] = amount;
    }
    return sides;
  }

  /** First the amounts before each stored axis, then those after. */
  private static long[] stored(LaidOut x, long[][] sides) {
    int rank = x.rank();
    long[] pads = new long[2 * rank];
    for (int i = 0; i < rank; i++) {
      pads[x.storedAxis(i)] = sides[i][0];
      pads[x.storedAxis(i) + rank] = sides[i][1];
    }
    if (x.shape().dim(0) < 0 && sides[0][0] + sides[0][1] > 0) {
      throw new Unsupported("it adds images to the batch.");
    }
    return pads;
  }

  static LaidOut constant(GraphBuilder g, LaidOut x, long[][] sides, double fill) {
    long[] pads = stored(x, sides);
    return x.with(
        fill == 0
            ? g.pad(x.stored(), pads)
            : g.op("Pad", x.stored(), g.longs(pads), g.scalarLike(x.stored(), fill)));
  }

  private static LaidOut mirrored(GraphBuilder g, LaidOut x, long[][] sides, String mode) {
    for (int i = 0; i < sides.length; i++) {
      long most = x.shape().dim(i) - 1;
      boolean fits = mode.equals("edge") || Math.max(sides[i][0], sides[i][1]) <= Math.max(most, 0);
      if (!fits) {
        throw new Unsupported("it mirrors more than the axis " + i + " of " + x.shape() + " has.");
      }
    }
    long[] pads = stored(x, sides);
    return x.with(g.op("Pad", Attributes.of("mode", mode), x.stored(), g.longs(pads)));
  }

  /** Mirrored with the border itself repeated. */
  private static LaidOut symmetric(GraphBuilder g, LaidOut x, long[][] sides) {
    stored(x, sides);
    Value y = x.stored();
    for (int i = 0; i < sides.length; i++) {
      int axis = x.storedAxis(i);
      long n = y.dim(axis);
      if (Math.max(sides[i][0], sides[i][1]) > Math.max(n, 0)) {
        throw new Unsupported("it mirrors more than the axis " + i + " of " + x.shape() + " has.");
      }
      List<Value> parts = new ArrayList<>();
      if (sides[i][0] > 0) {
        parts.add(reversed(g, g.slice(y, axis, 0, sides[i][0]), axis));
      }
      parts.add(y);
      if (sides[i][1] > 0) {
        parts.add(reversed(g, g.slice(y, axis, n - sides[i][1], n), axis));
      }
      y = g.concat(axis, parts);
    }
    return x.with(y);
  }

  private static Value reversed(GraphBuilder g, Value x, int axis) {
    return g.slice(x, axis, -1, Integer.MIN_VALUE, -1);
  }
}
