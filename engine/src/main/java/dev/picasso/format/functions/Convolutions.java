package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Convolutions, alone and with what TensorFlow's optimizers put into the same operator. */
final class Convolutions {
  private Convolutions() {}

  static void addTo(FunctionTable table) {
    table.put(
        Convolutions::plain,
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
        Convolutions::depthwise,
        "ops.DepthwiseConv(inputs, kernel)",
        "tf.depthwise_conv2d(input, filter, strides, padding)",
        "raw.DepthwiseConv2dNative(input, filter)");
    table.put((g, call) -> fused(g, call, false), "raw._FusedConv2D(input, filter, *args)");
    table.put(
        (g, call) -> fused(g, call, true),
        "raw._FusedDepthwiseConv2dNative(input, filter, *args)",
        "raw.FusedDepthwiseConv2dNative(input, filter, *args)");
    table.put(Convolutions::fusedMatMul, "raw._FusedMatMul(a, b, *args)");
  }

  private static LaidOut plain(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 3);
    return Windows.close(call, plain(g, call, x, Optional.empty()));
  }

  /** Kernel [k…, in / groups, out]. */
  private static Value plain(GraphBuilder g, Call call, Value x, Optional<Value> bias) {
    Operand kernel = ConvolutionKernels.read(call, x.rank());
    long channels = kernel.shape().dim(-2);
    if (channels < 1 || x.dim(1) % channels != 0) {
      throw misfit(kernel, x);
    }
    Value w = ConvolutionKernels.outputsFirst(g, call, kernel);
    Attributes windows = Windows.ofKernel(call, x, ConvolutionKernels.size(kernel));
    return g.conv(x, w, bias, windows.with("group", x.dim(1) / channels));
  }

  private static LaidOut depthwise(GraphBuilder g, Call call) {
    Value x = Windows.open(g, call, 3);
    return Windows.close(call, depthwise(g, call, x, Optional.empty()));
  }

  /** Each channel by itself; kernel [k…, in, multiplier]. */
  private static Value depthwise(GraphBuilder g, Call call, Value x, Optional<Value> bias) {
    Operand kernel = ConvolutionKernels.read(call, x.rank());
    if (kernel.shape().dim(-2) != x.dim(1)) {
      throw misfit(kernel, x);
    }
    Value w = ConvolutionKernels.eachChannel(g, call, kernel);
    Attributes windows = Windows.ofKernel(call, x, ConvolutionKernels.size(kernel));
    return g.conv(x, w, bias, windows.with("group", x.dim(1)));
  }

  private static Unsupported misfit(Operand kernel, Value x) {
    return new Unsupported(
        "its kernel " + kernel.shape() + " does not fit " + x.dim(1) + " channels.");
  }

  /** A bias becomes that of the convolution. */
  private static LaidOut fused(GraphBuilder g, Call call, boolean depthwise) {
    Value x = Windows.open(g, call, 4);
    if (!call.text("HWIO", "filter_format").equals("HWIO")) {
      throw new Unsupported("its kernel lies as " + call.text("", "filter_format") + ".");
    }
    Epilogue epilogue = Epilogue.of(call);
    Optional<Value> bias = epilogue.takeBias(g);
    Value y = depthwise ? depthwise(g, call, x, bias) : plain(g, call, x, bias);
    return Windows.close(call, epilogue.apply(g, y));
  }

  private static LaidOut fusedMatMul(GraphBuilder g, Call call) {
    LaidOut y = Products.matMul(g, call);
    if (y.rank() != 2) {
      throw new Unsupported("its result has the shape " + y.shape() + "; it must be a matrix.");
    }
    return LaidOut.asIs(Epilogue.of(call).apply(g, y.logical(g)));
  }

  /** Texts of an attribute that is a list of such. */
  static List<String> words(Call call, String name) {
    List<String> words = new ArrayList<>();
    call.plain(name).ifPresent(list -> list.forEach(word -> words.add(word.asText())));
    return words;
  }
}
