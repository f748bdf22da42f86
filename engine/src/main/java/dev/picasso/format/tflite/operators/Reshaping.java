package dev.picasso.format.tflite.operators;

import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that give elements other axes, with options or inputs of their own. */
final class Reshaping {
  private static final int RESHAPE_OPTIONS = 17;
  private static final int SQUEEZE_OPTIONS = 30;
  private static final int MIRROR_PAD_OPTIONS = 77;

  private Reshaping() {}

  static void addTo(OperatorTable table) {
    table.put("RESHAPE", Reshaping::reshape);
    table.put(
        "SQUEEZE",
        (g, op) ->
            op.one(
                g,
                "raw.Squeeze",
                op.arguments(),
                Map.of("squeeze_dims", Operation.json(op.options(SQUEEZE_OPTIONS).ints(0)))));
    table.put(
        "MIRROR_PAD",
        (g, op) -> {
          int mode = op.options(MIRROR_PAD_OPTIONS).int8(0, 0);
          String word = mode == 0 ? "REFLECT" : "SYMMETRIC";
          return op.one(g, "raw.MirrorPad", op.arguments(), Map.of("mode", Operation.json(word)));
        });
    table.put("BROADCAST_ARGS", Reshaping::broadcastArgs);
  }

  /** The shape is an input, or in old files an option. */
  private static LaidOut reshape(GraphBuilder g, Operation op) {
    List<Integer> option = op.options(RESHAPE_OPTIONS).ints(0);
    Argument shape = op.optional(1).orElseGet(() -> Operation.plain(Operation.json(option)));
    LaidOut y = op.one(g, "raw.Reshape", List.of(op.argument(0), shape), Map.of());
    LaidOut x = op.value(g, 0);
    if (Rows.fits(x, y.shape())) {
      return op.rows().of(g, x);
    }
    Optional<LaidOut> image = op.rows().image(x);
    return image.filter(i -> i.shape().equals(y.shape())).orElse(y);
  }

  /** The shape that two shapes broadcast to. */
  private static LaidOut broadcastArgs(GraphBuilder g, Operation op) {
    List<Size> a = sizes(op, 0);
    List<Size> b = sizes(op, 1);
    List<Size> both = new ArrayList<>();
    int rank = Math.max(a.size(), b.size());
    for (int i = 0; i < rank; i++) {
      Size one = fromEnd(a, rank - i);
      Size other = fromEnd(b, rank - i);
      both.add(one.equals(Size.of(1)) ? other : one);
    }
    long[] numbers = both.stream().mapToLong(Size::number).toArray();
    return LaidOut.asIs(g.constant(Tensor.longs(numbers))).holding(both);
  }

  private static Size fromEnd(List<Size> sizes, int i) {
    return i > sizes.size() ? Size.of(1) : sizes.get(sizes.size() - i);
  }

  private static List<Size> sizes(Operation op, int input) {
    Optional<List<Size>> sizes =
        op.argument(input) instanceof Argument.Tensor tensor
            ? tensor.value().sizes()
            : op.numbers(input).map(t -> Arrays.stream(t.longs()).mapToObj(Size::of).toList());
    return sizes.orElseThrow(() -> new Unsupported("it joins shapes that are not known before."));
  }
}
