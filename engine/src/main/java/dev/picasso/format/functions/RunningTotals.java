package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sums and products of all elements up to each place of an axis. */
final class RunningTotals {
  /** A running product is written out factor by factor, up to this many. */
  private static final long MOST_FACTORS = 256;

  private RunningTotals() {}

  static void addTo(FunctionTable table) {
    table.put(
        RunningTotals::cumulativeSum,
        "ops.Cumsum(x)",
        "tf.cumsum(x, axis, exclusive, reverse)",
        "raw.Cumsum(x, axis)");
    table.put(
        RunningTotals::cumulativeProduct,
        "raw.Cumprod(x, axis)",
        "tf.cumprod(x, axis, exclusive, reverse)");
  }

  private static LaidOut cumulativeSum(GraphBuilder g, Call call) {
    LaidOut x = Types.numeric(g, call.x(g));
    call.ignore("dtype");
    long axis = x.storedAxis(call.axis(x.rank(), 0, "axis"));
    Attributes attributes =
        Attributes.of("exclusive", call.flag(false, "exclusive"))
            .with("reverse", call.flag(false, "reverse"));
    return x.with(g.op("CumSum", attributes, x.stored(), g.constant(Tensor.scalar(axis))));
  }

  private static LaidOut cumulativeProduct(GraphBuilder g, Call call) {
    LaidOut x = Types.numeric(g, call.x(g));
    int axis = x.storedAxis(call.axis(x.rank(), 0, "axis"));
    boolean exclusive = call.flag(false, "exclusive");
    boolean reverse = call.flag(false, "reverse");
    long n = x.stored().dim(axis);
    if (n < 1 || n > MOST_FACTORS) {
      throw new Unsupported("it multiplies along an axis of " + n + "; up to 256 are supported.");
    }
    List<Value> factors = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      long place = reverse ? n - 1 - i : i;
      factors.add(g.slice(x.stored(), axis, place, place + 1));
    }
    List<Value> products = new ArrayList<>();
    Value product = factors.get(0);
    if (exclusive) {
      products.add(g.add(g.mul(product, 0), 1));
    }
    products.add(product);
    for (int i = 1; i < n; i++) {
      product = g.mul(product, factors.get(i));
      products.add(product);
    }
    List<Value> wanted = new ArrayList<>(products.subList(0, (int) n));
    if (reverse) {
      Collections.reverse(wanted);
    }
    return x.with(g.concat(axis, wanted));
  }
}
