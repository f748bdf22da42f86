package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** Functions whose elements are all alike, in even steps, or one of two numbers. */
final class Filling {
  private Filling() {}

  static void addTo(FunctionTable table) {
    table.put(Filling::fill, "raw.Fill(dims, value)", "tf.fill(dims, value)");
    table.put(
        Filling::oneHot,
        "raw.OneHot(indices, depth, on_value, off_value)",
        "tf.one_hot(indices, depth, on_value, off_value, axis, dtype)");
    table.put(Filling::linSpace, "raw.LinSpace(start, stop, num)", "tf.linspace(start, stop, num)");
    table.put(Filling::bucketize, "raw.Bucketize(input)");
  }

  private static LaidOut fill(GraphBuilder g, Call call) {
    List<Size> sizes = call.sizes("dims").orElseThrow(() -> new Unsupported("it has no shape."));
    Operand value = call.operand("value").orElseThrow(() -> new Unsupported("it has no value."));
    if (value.rank() != 0) {
      throw new Unsupported("its value has the shape " + value.shape() + "; it must be a number.");
    }
    call.ignore("index_type");
    Value number = value.value(g).stored();
    LaidOut y = LaidOut.asIs(stretched(g, number, call.operand(0), sizes));
    boolean row = sizes.size() == 1 && !sizes.get(0).perImage() && sizes.get(0).number() <= 64;
    return row && value.sizes().isPresent()
        ? y.holding(Collections.nCopies((int) sizes.get(0).number(), value.sizes().get().get(0)))
        : y;
  }

  /**
   * A value stretched to a shape that is known while the graph is built, but perhaps for one axis
   * as long as the batch, whose length the model itself computes.
   */
  static Value stretched(GraphBuilder g, Value x, Operand dims, List<Size> sizes) {
    long[] target =
        sizes.stream().mapToLong(s -> s.perImage() ? -s.number() : s.number()).toArray();
    Limits.check(LongStream.of(target).map(Math::abs).map(d -> Math.max(d, 1)).toArray());
    boolean whole = sizes.stream().noneMatch(Size::perImage);
    if (whole && LongStream.of(target).allMatch(d -> d >= 0)) {
      return target.length == 0 ? x : g.expand(x, target);
    }
    boolean fits =
        sizes.stream().filter(Size::perImage).count() == 1
            && sizes.stream().allMatch(s -> s.number() >= 0);
    if (!fits) {
      throw new Unsupported("the shape " + sizes + " is not supported.");
    }
    Value row = g.cast(dims.value(g).logical(g), DataType.INT64);
    return g.shaped("Expand", Attributes.none(), x.type(), Shape.of(target), x, row);
  }

  /** One number at the places that the indices tell, along a new axis, another elsewhere. */
  private static LaidOut oneHot(GraphBuilder g, Call call) {
    Operand indices = call.operand(0);
    int depth = call.integer(0, "depth");
    Limits.checkPlaces(depth);
    int rank = indices.rank() + 1;
    int axis = call.axis(rank, -1, "axis");
    Operand one = call.operand("on_value").orElse(new Operand.Literal(Tensor.scalar(1f)));
    Operand none = call.operand("off_value").orElse(new Operand.Literal(Tensor.scalar(0f)));
    List<Operand> both = Types.common(g, List.of(one, none));
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    dims[axis] = depth;
    Value places = indices.as(g, DataType.INT64).value(g).logical(g);
    long[] counted = LongStream.range(0, depth).toArray();
    Value hit = g.equal(g.unsqueeze(places, axis), g.constant(Tensor.of(counted, dims)));
    Value y = g.where(hit, both.get(0).value(g).stored(), both.get(1).value(g).stored());
    return LaidOut.asIs(call.plain("dtype").map(t -> g.cast(y, Types.named(t.asText()))).orElse(y));
  }

  private static LaidOut linSpace(GraphBuilder g, Call call) {
    double start = call.number(0, "start");
    double stop = call.number(0, "stop");
    int count = call.integer(50, "num");
    Limits.checkPlaces(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          i == 0 ? (float) start : (float) (start + i * (stop - start) / (double) (count - 1));
    }
    return LaidOut.asIs(g.constant(Tensor.of(numbers, count)));
  }

  /** How many of some boundaries each element is not below. */
  private static LaidOut bucketize(GraphBuilder g, Call call) {
    Value x = Types.floating(g, call.x(g)).logical(g);
    float[] boundaries =
        call.operand("boundaries")
            .filter(Operand.Literal.class::isInstance)
            .map(o -> ((Operand.Literal) o).tensor().as(DataType.FLOAT).floats())
            .orElse(new float[0]);
    if (boundaries.length == 0) {
      throw new Unsupported("it has no boundaries.");
    }
    Value bounds = g.constant(Tensor.of(boundaries, boundaries.length));
    Value above = g.op("GreaterOrEqual", g.unsqueeze(x, x.rank()), bounds);
    return LaidOut.asIs(g.sum(g.cast(above, DataType.INT32), false, x.rank()));
  }
}
