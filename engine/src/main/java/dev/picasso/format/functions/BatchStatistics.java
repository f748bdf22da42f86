package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Batch normalization as the operators of TensorFlow's graphs that do all of it at once. */
final class BatchStatistics {
  private static final List<String> ROLES = List.of("scale", "offset", "mean", "variance");

  private BatchStatistics() {}

  static void addTo(FunctionTable table) {
    table.putMany(
        BatchStatistics::fused,
        "raw.FusedBatchNorm(x, scale, offset, mean, variance)",
        "raw.FusedBatchNormV2(x, scale, offset, mean, variance)",
        "raw.FusedBatchNormV3(x, scale, offset, mean, variance)",
        "raw._FusedBatchNormEx(x, scale, offset, mean, variance, *side_input)");
    table.put(
        BatchStatistics::withGlobalNormalization,
        "raw.BatchNormWithGlobalNormalization(t, m, v, beta, gamma)");
  }

  /** scale · (x − mean) / √(variance + epsilon) + offset for N×C×…, all vectors over C. */
  static Value normalized(GraphBuilder g, Value x, List<Value> vectors, double epsilon) {
    for (Value vector : vectors) {
      if (vector.rank() != 1 || vector.dim(0) != x.dim(1)) {
        throw new Unsupported(
            "it has " + vector.shape() + " numbers for " + x.dim(1) + " channels.");
      }
    }
    return g.op(
        "BatchNormalization",
        Attributes.of("epsilon", epsilon),
        x,
        vectors.get(0),
        vectors.get(1),
        vectors.get(2),
        vectors.get(3));
  }

  /** Numbers of the file under the layer's name, or what is computed from such. */
  static Value vector(GraphBuilder g, Call call, Operand operand, String role) {
    Operand floats = operand.as(g, DataType.FLOAT);
    if (floats.rank() != 1) {
      throw new Unsupported("its " + role + " has the shape " + floats.shape() + ".");
    }
    return floats instanceof Operand.Literal literal
        ? call.site().constant(g, role, literal.tensor())
        : floats.value(g).logical(g);
  }

  /** The value, then the mean and the variance of which it was freed, twice. */
  private static List<LaidOut> fused(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    call.ignore("U", "exponential_avg_factor", "num_side_inputs");
    double epsilon = call.number(1e-4, "epsilon");
    boolean training = call.flag(true, "is_training");
    call.ignore(ROLES.toArray(String[]::new));
    List<LaidOut> all = training ? ofTheBatch(g, call, x, epsilon) : ofTheFile(g, call, x, epsilon);
    Value y = activated(g, call, all.get(0).stored());
    return List.of(Windows.close(call, y), all.get(1), all.get(2), all.get(3), all.get(4));
  }

  private static List<LaidOut> ofTheFile(GraphBuilder g, Call call, Value x, double epsilon) {
    List<Value> vectors =
        IntStream.range(0, 4)
            .mapToObj(i -> vector(g, call, call.operand(i + 1), ROLES.get(i)))
            .toList();
    LaidOut mean = LaidOut.asIs(vectors.get(2));
    LaidOut variance = LaidOut.asIs(vectors.get(3));
    LaidOut y = LaidOut.asIs(normalized(g, x, vectors, epsilon));
    return List.of(y, mean, variance, mean, variance);
  }

  /** The variance that is told to others is that of a sample: the sum over n − 1. */
  private static List<LaidOut> ofTheBatch(GraphBuilder g, Call call, Value x, double epsilon) {
    call.site()
        .note(
            call.site().path()
                + " was saved for training: it normalizes with the mean and the variance of the"
                + " batch, so that the result for one image depends on the others.");
    long[] axes = LongStream.range(0, x.rank()).filter(axis -> axis != 1).toArray();
    Value mean = g.mean(x, true, axes);
    Value centred = g.sub(x, mean);
    Value variance = g.mean(g.square(centred), true, axes);
    Value count = g.div(g.cast(g.op("Size", x), DataType.FLOAT), (double) x.dim(1));
    Value unbiased = g.mul(variance, g.div(count, g.max(g.add(count, -1), g.scalarLike(count, 1))));
    Value unit = g.div(centred, g.sqrt(g.add(variance, epsilon)));
    var channels = Spatial.channelShape(x.rank(), x.dim(1));
    Value scale = g.reshape(vector(g, call, call.operand(1), "scale"), channels);
    Value offset = g.reshape(vector(g, call, call.operand(2), "offset"), channels);
    long n = x.dim(1);
    return List.of(
        LaidOut.asIs(g.add(g.mul(unit, scale), offset)),
        LaidOut.asIs(running(g, call, "mean", g.reshape(mean, n))),
        LaidOut.asIs(running(g, call, "variance", g.reshape(unbiased, n))),
        LaidOut.asIs(g.reshape(mean, n)),
        LaidOut.asIs(g.reshape(variance, n)));
  }

  /** What training would keep: so much of the new number, the rest of the one before. */
  private static Value running(GraphBuilder g, Call call, String role, Value now) {
    double share = call.number(1, "exponential_avg_factor");
    if (share == 1) {
      return now;
    }
    Operand before =
        call.operand(role).orElseThrow(() -> new Unsupported("it is called without " + role + "."));
    return g.add(g.mul(now, share), g.mul(vector(g, call, before, role), 1 - share));
  }

  private static Value activated(GraphBuilder g, Call call, Value x) {
    Value y = x;
    if (call.function().equals("raw._FusedBatchNormEx")
        && call.argument("side_input").isPresent()) {
      LaidOut side = call.operands(5).get(0).as(g, DataType.FLOAT).value(g);
      y = g.add(y, call.channelsLast() ? side.channelsFirst(g) : side.logical(g));
    }
    String mode = call.text("Identity", "activation_mode");
    return switch (mode) {
      case "Identity" -> y;
      case "Relu" -> g.relu(y);
      default -> throw new Unsupported("the activation_mode " + mode + " is not known.");
    };
  }

  /** TensorFlow's first operator of the kind, with its scale last and perhaps unused. */
  private static LaidOut withGlobalNormalization(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 4);
    Value mean = vector(g, call, call.operand(1), "mean");
    Value variance = vector(g, call, call.operand(2), "variance");
    Value offset = vector(g, call, call.operand(3), "offset");
    boolean scaled = call.flag(true, "scale_after_normalization");
    call.ignore("gamma");
    Value scale =
        scaled ? vector(g, call, call.operand(4), "scale") : g.expand(g.scalarLike(x, 1), x.dim(1));
    return Windows.close(
        call,
        normalized(
            g, x, List.of(scale, offset, mean, variance), call.number(1e-4, "variance_epsilon")));
  }
}
