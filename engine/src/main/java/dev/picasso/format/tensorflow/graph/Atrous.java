package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.functions.AtrousConvolutions;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Dilated convolutions, which older graphs take apart: places to batch, convolution, back. */
final class Atrous {
  private static final Set<String> CONVOLUTIONS =
      Set.of("Conv2D", "DepthwiseConv2dNative", "_FusedConv2D", "_FusedDepthwiseConv2dNative");

  private Atrous() {}

  static void addTo(NodeTable table) {
    table.putEnding(Atrous::batchToSpace, "BatchToSpaceND");
  }

  /** One convolution where the three fit together; else only its own part. */
  private static List<Known> batchToSpace(NodeCall call) {
    Optional<NodeCall> convolution = call.callOf(0).filter(c -> CONVOLUTIONS.contains(c.op()));
    Optional<NodeCall> before =
        convolution.flatMap(c -> c.callOf(0)).filter(c -> c.op().equals("SpaceToBatchND"));
    if (before.isPresent() && before.get().input(0) instanceof Known.Flow x) {
      try {
        return List.of(new Known.Flow(fused(call, convolution.orElseThrow(), before.get(), x)));
      } catch (Unsupported e) {
        return call.function(); // no dilated convolution, but it can be computed step by step
      }
    }
    return call.function();
  }

  private static LaidOut fused(NodeCall call, NodeCall convolution, NodeCall before, Known.Flow x) {
    return AtrousConvolutions.emit(
        call.walk().reader().functions(),
        call.builder(),
        convolution,
        convolution.kind(),
        x.value(),
        NodeReader.arguments(convolution, convolution.inputs()),
        before.numbers(1, "block_shape"),
        before.numbers(2, "paddings"),
        call.numbers(2, "crops"));
  }
}
