package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/** Functions that work in windows over the places of images, or on the channels of each place. */
final class Windows {
  /** The most that a window or a border may measure. */
  private static final long MOST = 1 << 16;

  private Windows() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> pool(g, call, "MaxPool"),
        "ops.MaxPool(inputs)",
        "tf.max_pool(input, ksize, strides, padding)",
        "tf.max_pool1d(input, ksize, strides, padding)",
        "tf.max_pool2d(input, ksize, strides, padding)",
        "tf.max_pool3d(input, ksize, strides, padding)",
        "raw.MaxPool(input)",
        "raw.MaxPoolV2(input, ksize, strides)",
        "raw.MaxPool3D(input)");
    table.putMany(
        Windows::poolWithPlaces,
        "raw.MaxPoolWithArgmax(input)",
        "tf.max_pool_with_argmax(input, ksize, strides, padding)");
    table.put(
        (g, call) -> pool(g, call, "AveragePool"),
        "ops.AveragePool(inputs)",
        "tf.avg_pool(input, ksize, strides, padding)",
        "tf.avg_pool1d(input, ksize, strides, padding)",
        "tf.avg_pool2d(input, ksize, strides, padding)",
        "tf.avg_pool3d(input, ksize, strides, padding)",
        "raw.AvgPool(value)",
        "raw.AvgPool3D(input)");
    table.put(
        (g, call) -> blocks(g, call, "SpaceToDepth"),
        "ops.SpaceToDepth(x)",
        "tf.space_to_depth(input, block_size)",
        "raw.SpaceToDepth(input)");
    table.put(
        (g, call) -> blocks(g, call, "DepthToSpace"),
        "ops.DepthToSpace(x)",
        "tf.depth_to_space(input, block_size)",
        "raw.DepthToSpace(input)");
    table.put(
        Windows::bias,
        "tf.bias_add(value, bias)",
        "raw.BiasAdd(value, bias)",
        "raw.BiasAddV1(value, bias)",
        "tf.bias_add_v1(value, bias)");
    table.put(
        Windows::localResponse,
        "tf.local_response_normalization(input, depth_radius, bias, alpha, beta)",
        "tf.lrn(input, depth_radius, bias, alpha, beta)",
        "raw.LRN(input)");
  }

  /** The images with their channels at axis 1. */
  static Value open(GraphBuilder g, Call call, int least) {
    LaidOut x = Types.floating(g, call.x(g));
    if (x.rank() < least || x.rank() > 5) {
      throw new Unsupported(
          "its input has the shape " + x.shape() + ", which is no batch of images.");
    }
    return call.channelsLast() ? x.channelsFirst(g) : x.logical(g);
  }

  /** The result in the layout that the call asks for. */
  static LaidOut close(Call call, Value y) {
    return call.channelsLast() ? LaidOut.moved(y) : LaidOut.asIs(y);
  }

  private static LaidOut pool(GraphBuilder g, Call call, String op) {
    Value x = open(g, call, 3);
    return close(call, g.op(op, pooling(call, x), x));
  }

  private static Attributes pooling(Call call, Value x) {
    long[] window = perAxis(call, x, 2, "ksize", "pool_size");
    return windows(call, x, window, window, false);
  }

  /**
   * The largest numbers, and where each stands: TensorFlow counts (y · width + x) · channels + c,
   * where ONNX counts (c · height + y) · width + x, and through all images of the batch.
   */
  private static List<LaidOut> poolWithPlaces(GraphBuilder g, Call call) {
    Value x = open(g, call, 4);
    boolean wholeBatch = call.flag(false, "include_batch_in_index");
    call.ignore("Targmax", "output_dtype");
    Attributes windows = pooling(call, x);
    Value largest = g.op("MaxPool", windows, x);
    // A pooling of its own, which goes where nobody reads the places.
    Value index = g.emit("MaxPool", windows, 2, List.of(Optional.of(x))).get(1);
    long channels = x.dim(1);
    double places = (double) (x.dim(2) * x.dim(3));
    Value place = g.sub(index, g.mul(g.div(index, places), places));
    Value channel =
        g.constant(
            Tensor.longs(LongStream.range(0, channels).toArray()).reshaped(1, channels, 1, 1));
    Value count = g.add(g.mul(place, (double) channels), channel);
    if (wholeBatch) {
      double image = places * channels;
      count = g.add(count, g.mul(g.div(index, image), image));
    }
    return List.of(close(call, largest), close(call, count));
  }

  /** The windows of a kernel, whose strides are one where none are told. */
  static Attributes ofKernel(Call call, Value x, long[] window) {
    return windows(call, x, window, Spatial.ones(window.length), true);
  }

  private static Attributes windows(
      Call call, Value x, long[] window, long[] untold, boolean dilated) {
    long[] strides =
        call.argument("strides", "stride").isPresent()
            ? perAxis(call, x, 1, "strides", "stride")
            : untold;
    return of(call, x, window, strides, dilated);
  }

  /** Windows of a size, with what the call says of padding and dilation. */
  static Attributes of(Call call, Value x, long[] window, long[] strides, boolean dilated) {
    int axes = window.length;
    long[] dilations =
        dilated
            ? perAxis(call, x, 1, "dilations", "dilation_rate", "rates", "rate")
            : Spatial.ones(axes);
    call.ignore("strides", "stride");
    long[] pads = pads(call, x.rank(), Spatial.sizes(x), window, strides, dilations);
    Attributes attributes =
        Attributes.of("kernel_shape", window).with("strides", strides).with("pads", pads);
    return dilated ? attributes.with("dilations", dilations) : attributes;
  }

  /**
   * First the amounts before each spatial axis, then those after: told by a word, or one by one.
   */
  static long[] pads(
      Call call, int rank, long[] sizes, long[] window, long[] strides, long[] dilations) {
    call.ignore("explicit_paddings");
    if (call.argument("padding").filter(a -> !isWord(a)).isPresent()) {
      return explicitPads(call, rank, call.operand("padding"));
    }
    String padding = call.text("valid", "padding").toLowerCase(Locale.ROOT);
    return switch (padding) {
      case "same" -> Spatial.samePads(sizes, window, strides, dilations);
      case "valid" -> new long[2 * window.length];
      case "explicit" -> explicitPads(call, rank, call.operand("explicit_paddings"));
      default -> throw new Unsupported("padding is " + padding + "; it must be same or valid.");
    };
  }

  private static boolean isWord(Argument argument) {
    return argument instanceof Argument.Plain plain && plain.value().isTextual();
  }

  /** A pair for each axis of the file, those of the batch and the channels being zeros. */
  private static long[] explicitPads(Call call, int rank, Optional<Operand> pairs) {
    int axes = rank - 2;
    long[] all =
        pairs
            .filter(Operand.Literal.class::isInstance)
            .map(o -> ((Operand.Literal) o).tensor().longs())
            .orElse(new long[0]);
    int first = call.channelsLast() ? 1 : 2;
    long[] pads = new long[2 * axes];
    boolean fits = all.length == 2 * rank;
    for (int i = 0; fits && i < all.length; i++) {
      int axis = i / 2 - first;
      boolean spatial = axis >= 0 && axis < axes;
      fits = all[i] >= 0 && all[i] <= (spatial ? MOST : 0);
      if (fits && spatial) {
        pads[axis + axes * (i % 2)] = all[i];
      }
    }
    if (!fits) {
      throw new Unsupported(
          "its padding is " + Arrays.toString(all) + ", which does not fit " + axes + " axes.");
    }
    return pads;
  }

  /** One number per spatial axis, of one for all, of those alone, or of those for all axes. */
  static long[] perAxis(Call call, Value x, long whenAbsent, String... names) {
    int axes = x.rank() - 2;
    long[] given = call.integers(names).orElse(new long[] {whenAbsent});
    long[] numbers = given;
    if (given.length == 1) {
      numbers = new long[axes];
      Arrays.fill(numbers, given[0]);
    } else if (given.length == axes + 2) {
      int first = call.channelsLast() ? 1 : 2;
      numbers = Arrays.copyOfRange(given, first, first + axes);
    }
    if (numbers.length != axes || Arrays.stream(numbers).anyMatch(n -> n < 1 || n > MOST)) {
      throw new Unsupported(
          names[0] + " is " + Arrays.toString(given) + ", which does not fit " + axes + " axes.");
    }
    return numbers;
  }

  private static LaidOut blocks(GraphBuilder g, Call call, String op) {
    Value x = open(g, call, 4);
    long size = call.integer(1, "block_size");
    boolean fits =
        size >= 1
            && (op.equals("SpaceToDepth")
                ? x.dim(2) % size == 0 && x.dim(3) % size == 0
                : x.dim(1) % (size * size) == 0);
    if (!fits) {
      throw new Unsupported("block_size is " + size + ", which does not fit its input.");
    }
    return close(call, g.op(op, Attributes.of("blocksize", size), x));
  }

  private static LaidOut bias(GraphBuilder g, Call call) {
    LaidOut x = call.x(g);
    int axis = call.channelsLast() ? x.rank() - 1 : 1;
    return Normalizations.along(g, x, axis, call.operand(1), g::add);
  }

  /** x / (bias + alpha · the sum of squares of the channels within the radius) ^ beta. */
  private static LaidOut localResponse(GraphBuilder g, Call call) {
    Value x = open(g, call, 4);
    long size = 2L * call.integer(5, "depth_radius") + 1;
    if (size < 1 || size > 1 << 16) {
      throw new Unsupported("depth_radius is " + (size - 1) / 2 + ".");
    }
    Attributes attributes =
        Attributes.of("size", size)
            .with("alpha", call.number(1, "alpha") * size)
            .with("beta", call.number(0.5, "beta"))
            .with("bias", call.number(1, "bias"));
    return close(call, g.op("LRN", attributes, x));
  }
}
