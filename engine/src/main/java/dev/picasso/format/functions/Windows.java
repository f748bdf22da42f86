package dev.picasso.format.functions;

import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Functions that work in windows over the places of images, or on the channels of each place. */
final class Windows {
  private Windows() {}

  static void addTo(FunctionTable table) {
    table.put(
        Windows::convolution,
        "ops.Conv(inputs, kernel)",
        "tf.conv1d(input, filters, stride, padding)",
        "tf.conv2d(input, filters, strides, padding)",
        "tf.conv3d(input, filters, strides, padding)",
        "tf.convolution(input, filters, strides, padding)",
        "tf.compat.v1.nn.conv2d(input, filter, strides, padding)",
        "tf.compat.v1.nn.conv1d(value, filters, stride, padding)",
        "raw.Conv2D(input, filter)",
        "raw.Conv3D(input, filter)");
    table.put(
        Windows::depthwise,
        "ops.DepthwiseConv(inputs, kernel)",
        "tf.depthwise_conv2d(input, filter, strides, padding)",
        "raw.DepthwiseConv2dNative(input, filter)");
    table.put(
        (g, call) -> pool(g, call, "MaxPool"),
        "ops.MaxPool(inputs)",
        "tf.max_pool(input, ksize, strides, padding)",
        "tf.max_pool1d(input, ksize, strides, padding)",
        "tf.max_pool2d(input, ksize, strides, padding)",
        "tf.max_pool3d(input, ksize, strides, padding)",
        "raw.MaxPool(input)");
    table.put(
        (g, call) -> pool(g, call, "AveragePool"),
        "ops.AveragePool(inputs)",
        "tf.avg_pool(input, ksize, strides, padding)",
        "tf.avg_pool1d(input, ksize, strides, padding)",
        "tf.avg_pool2d(input, ksize, strides, padding)",
        "tf.avg_pool3d(input, ksize, strides, padding)",
        "raw.AvgPool(value)");
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

  private static LaidOut convolution(GraphBuilder g, Call call) {
    Value x = open(g, call, 3);
    Tensor kernel = kernel(call, x.rank());
    long channels = kernel.shape().dim(-2);
    if (channels < 1 || x.dim(1) % channels != 0) {
      throw new Unsupported(
          "its kernel " + kernel.shape() + " does not fit " + x.dim(1) + " channels.");
    }
    Value w = call.site().constant(g, "kernel", Kernels.outputsFirst(kernel));
    Attributes attributes =
        windows(call, x, kernelSize(kernel), true).with("group", x.dim(1) / channels);
    return close(call, g.conv(x, w, Optional.empty(), attributes));
  }

  /** Each channel by itself; kernel [k…, in, multiplier]. */
  private static LaidOut depthwise(GraphBuilder g, Call call) {
    Value x = open(g, call, 3);
    Tensor kernel = kernel(call, x.rank());
    int axes = x.rank() - 2;
    int[] order =
        IntStream.concat(IntStream.of(axes, axes + 1), IntStream.range(0, axes)).toArray();
    Tensor first = Kernels.permuted(kernel, order);
    long[] dims = first.shape().dims();
    dims[0] = dims[0] * dims[1];
    dims[1] = 1;
    Value w = call.site().constant(g, "kernel", first.reshaped(dims));
    Attributes attributes = windows(call, x, kernelSize(kernel), true).with("group", x.dim(1));
    return close(call, g.conv(x, w, Optional.empty(), attributes));
  }

  private static Tensor kernel(Call call, int rank) {
    Operand kernel =
        call.operand("filters", "filter", "kernel")
            .orElseThrow(() -> new Unsupported("it is called without a kernel."));
    if (!(kernel instanceof Operand.Literal literal) || kernel.rank() != rank) {
      throw new Unsupported("its kernel must stand in the file, with " + rank + " axes.");
    }
    return literal.tensor().as(DataType.FLOAT);
  }

  private static long[] kernelSize(Tensor kernel) {
    return Arrays.copyOf(kernel.shape().dims(), kernel.shape().rank() - 2);
  }

  private static LaidOut pool(GraphBuilder g, Call call, String op) {
    Value x = open(g, call, 3);
    long[] window = perAxis(call, x, 2, "ksize", "pool_size");
    return close(call, g.op(op, windows(call, x, window, false), x));
  }

  /** Windows of pooling lie side by side where no strides are told, those of kernels do not. */
  private static Attributes windows(Call call, Value x, long[] window, boolean kernel) {
    long[] strides =
        call.argument("strides", "stride").isPresent()
            ? perAxis(call, x, 1, "strides", "stride")
            : kernel ? Spatial.ones(window.length) : window;
    return of(call, x, window, strides, kernel);
  }

  /** Windows of a size, with what the call says of padding and dilation. */
  static Attributes of(Call call, Value x, long[] window, long[] strides, boolean dilated) {
    int axes = window.length;
    long[] dilations =
        dilated
            ? perAxis(call, x, 1, "dilations", "dilation_rate", "rates", "rate")
            : Spatial.ones(axes);
    call.ignore("explicit_paddings", "strides", "stride");
    String padding = call.text("valid", "padding").toLowerCase(Locale.ROOT);
    long[] pads =
        switch (padding) {
          case "same" -> Spatial.samePads(Spatial.sizes(x), window, strides, dilations);
          case "valid" -> new long[2 * axes];
          default -> throw new Unsupported("padding is " + padding + "; it must be same or valid.");
        };
    Attributes attributes =
        Attributes.of("kernel_shape", window).with("strides", strides).with("pads", pads);
    return dilated ? attributes.with("dilations", dilations) : attributes;
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
    if (numbers.length != axes || Arrays.stream(numbers).anyMatch(n -> n < 1 || n > 1 << 16)) {
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
