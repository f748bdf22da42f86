package dev.picasso.format.tflite.operators;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.OperatorOptions;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Convolutions of images: plain, grouped, dilated, depthwise and transposed. */
final class Convolutions {
  private static final int CONV_2D_OPTIONS = 1;
  private static final int DEPTHWISE_OPTIONS = 2;
  private static final int TRANSPOSE_OPTIONS = 49;
  private static final int CONV_3D_OPTIONS = 106;

  /** The first three fields of all three tables. */
  private static final int PADDING = 0;

  private static final int STRIDE_WIDTH = 1;
  private static final int STRIDE_HEIGHT = 2;

  private static final int LONGEST = 1 << 16;

  private Convolutions() {}

  static void addTo(OperatorTable table) {
    table.put("CONV_2D", Convolutions::plain);
    table.put("CONV_3D", Convolutions::volumes);
    table.put("DEPTHWISE_CONV_2D", Convolutions::depthwise);
    table.put("TRANSPOSE_CONV", Convolutions::transposed);
    table.put("custom Convolution2DTransposeBias", Convolutions::transposedWithBias);
  }

  /** The images with their channels at axis 1. */
  static Value open(GraphBuilder g, Operation op, int input) {
    LaidOut x = op.value(g, input);
    if (x.rank() != 4) {
      throw new Unsupported(
          "its input has the shape " + x.shape() + ", which is no batch of images.");
    }
    return x.channelsFirst(g);
  }

  /** y = f(x ∗ W + b); W [filters, height, width, channels / groups]. */
  private static LaidOut plain(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(CONV_2D_OPTIONS);
    Value x = open(g, op, 0);
    Tensor kernel = Kernels.permuted(op.weights(1, "kernels", 4), 0, 3, 1, 2);
    long channels = kernel.shape().dim(1);
    if (channels < 1 || x.dim(1) % channels != 0) {
      throw new Unsupported("its kernels do not fit " + x.dim(1) + " channels.");
    }
    Attributes windows = windows(options, x, kernel, options.int32(5, 1), options.int32(4, 1));
    Attributes grouped =
        channels == x.dim(1) ? windows : windows.with("group", x.dim(1) / channels);
    return emit(g, op, x, kernel, grouped, options.int8(3, 0));
  }

  /** The same over three axes; W [depth, height, width, channels, filters] as TensorFlow has it. */
  private static LaidOut volumes(GraphBuilder g, Operation op) {
    OperatorOptions o = op.options(CONV_3D_OPTIONS);
    Map<String, JsonNode> attributes =
        Map.of(
            "strides",
            Operation.json(List.of(1, o.int32(1, 0), o.int32(3, 0), o.int32(2, 0), 1)),
            "dilations",
            Operation.json(List.of(1, o.int32(5, 1), o.int32(7, 1), o.int32(6, 1), 1)),
            "padding",
            Operation.json(o.int8(PADDING, 0) == 0 ? "SAME" : "VALID"));
    List<Argument> arguments = List.of(op.argument(0), op.argument(1));
    LaidOut y = biased(g, op, op.one(g, "raw.Conv3D", arguments, attributes), 2, 0);
    return FusedActivation.apply(g, op, y, o.int8(4, 0));
  }

  /** Each channel by itself; W [1, height, width, channels · multiplier]. */
  private static LaidOut depthwise(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(DEPTHWISE_OPTIONS);
    Value x = open(g, op, 0);
    Tensor kernel = Kernels.permuted(op.weights(1, "kernels", 4), 3, 0, 1, 2);
    boolean fits = kernel.shape().dim(1) == 1 && kernel.shape().dim(0) % x.dim(1) == 0;
    if (!fits) {
      throw new Unsupported("its kernels do not fit " + x.dim(1) + " channels.");
    }
    Attributes windows = windows(options, x, kernel, options.int32(6, 1), options.int32(5, 1));
    return emit(g, op, x, kernel, windows.with("group", x.dim(1)), options.int8(4, 0));
  }

  private static LaidOut emit(
      GraphBuilder g, Operation op, Value x, Tensor kernel, Attributes windows, int activation) {
    Value w = op.weight(g, "kernel", kernel);
    Optional<Value> b =
        Biases.of(op, 2, 0, kernel.shape().dim(0)).map(t -> op.weight(g, "bias", t));
    return FusedActivation.apply(g, op, LaidOut.moved(g.conv(x, w, b, windows)), activation);
  }

  /**
   * Windows over the places of an image.
   *
   * @param kernel of which the last two axes are height and width
   */
  private static Attributes windows(
      OperatorOptions options, Value x, Tensor kernel, int rows, int columns) {
    long[] size = {kernel.shape().dim(2), kernel.shape().dim(3)};
    return windows(options, x, size, new long[] {rows, columns})
        .with("dilations", new long[] {rows, columns});
  }

  /** Size, strides and the padding that the options' word for it means here. */
  static Attributes windows(OperatorOptions options, Value x, long[] size, long[] dilations) {
    long[] strides = {options.int32(STRIDE_HEIGHT, 0), options.int32(STRIDE_WIDTH, 0)};
    requireLengths("size of its windows", size);
    requireLengths("strides", strides);
    requireLengths("dilations", dilations);
    long[] pads =
        options.int8(PADDING, 0) == 0
            ? Spatial.samePads(Spatial.sizes(x), size, strides, dilations)
            : new long[4];
    return Attributes.of("kernel_shape", size).with("strides", strides).with("pads", pads);
  }

  private static void requireLengths(String what, long... lengths) {
    for (long length : lengths) {
      if (length < 1 || length > LONGEST) {
        throw new Unsupported("the " + what + " is " + java.util.Arrays.toString(lengths) + ".");
      }
    }
  }

  // --------------------------------------------------------------- transposed

  /** Output shape, W [filters, height, width, channels], x, perhaps biases. */
  private static LaidOut transposed(GraphBuilder g, Operation op) {
    OperatorOptions options = op.options(TRANSPOSE_OPTIONS);
    String padding = options.int8(PADDING, 0) == 0 ? "SAME" : "VALID";
    int high = options.int32(STRIDE_HEIGHT, 0);
    int wide = options.int32(STRIDE_WIDTH, 0);
    LaidOut y = backwards(g, op, op.argument(0), 2, padding, high, wide);
    return FusedActivation.apply(g, op, biased(g, op, y, 3, 2), options.int8(3, 0));
  }

  /**
   * MediaPipe's: x, W, biases. Its options are three integers of 32 bits: padding (1 is SAME, 2
   * VALID), the stride along the width, and that along the height.
   */
  private static LaidOut transposedWithBias(GraphBuilder g, Operation op) {
    ByteBuffer options = op.customOptions();
    if (options.remaining() < 12) {
      throw new Unsupported("its options are " + options.remaining() + " bytes, fewer than 12.");
    }
    int padding = options.getInt(0);
    int wide = options.getInt(4);
    int high = options.getInt(8);
    LaidOut x = op.value(g, 0);
    if (padding < 1 || padding > 2 || x.rank() != 4) {
      throw new Unsupported("its padding has the unknown number " + padding + ".");
    }
    requireLengths("strides", high, wide);
    Tensor kernel = op.weights(1, "kernels", 4);
    boolean same = padding == 1;
    long[] size = {
      Size.ofDimension(x.shape().dim(0)).number(),
      outputs(x.shape().dim(1), high, kernel.shape().dim(1), same),
      outputs(x.shape().dim(2), wide, kernel.shape().dim(2), same),
      kernel.shape().dim(0)
    };
    Argument shape = new Argument.Numbers(Tensor.longs(size));
    return biased(g, op, backwards(g, op, shape, 0, same ? "SAME" : "VALID", high, wide), 2, 0);
  }

  private static long outputs(long inputs, long stride, long window, boolean same) {
    return same ? inputs * stride : (inputs - 1) * stride + window;
  }

  /**
   * TensorFlow's gradient of a convolution by its input, W as [height, width, filters, channels].
   */
  private static LaidOut backwards(
      GraphBuilder g, Operation op, Argument size, int x, String padding, int high, int wide) {
    requireLengths("strides", high, wide);
    Tensor kernel = Kernels.permuted(op.weights(1, "kernels", 4), 1, 2, 0, 3);
    Map<String, JsonNode> attributes =
        Map.of(
            "strides",
            Operation.json(List.of(1, high, wide, 1)),
            "padding",
            Operation.json(padding));
    List<Argument> arguments = List.of(size, new Argument.Numbers(kernel), op.argument(x));
    return op.one(g, "raw.Conv2DBackpropInput", arguments, attributes);
  }

  private static LaidOut biased(GraphBuilder g, Operation op, LaidOut y, int input, int x) {
    Optional<Tensor> bias = Biases.of(op, input, x, y.shape().dim(-1));
    if (bias.isEmpty()) {
      return y;
    }
    Value b = op.weight(g, "bias", bias.get());
    return LaidOut.moved(
        g.add(y.channelsFirst(g), g.reshape(b, Spatial.channelShape(y.rank(), b.dim(0)))));
  }
}
