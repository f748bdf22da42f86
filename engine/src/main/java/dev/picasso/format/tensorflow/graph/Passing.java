package dev.picasso.format.tensorflow.graph;

import java.util.List;

/** Operators that hand on what they are given. */
final class Passing {
  private Passing() {}

  static void addTo(NodeTable table) {
    table.put(
        call -> List.of(call.input(0)),
        "Identity",
        "RefIdentity",
        "CheckNumerics",
        "CheckNumericsV2",
        "EnsureShape",
        "Print",
        "Snapshot",
        "DebugIdentity",
        "DebugIdentityV2",
        "GuaranteeConst",
        "_Retval",
        "OptionalGetValue");
    table.put(NodeCall::inputs, "IdentityN", "OptimizationBarrier");
    table.put(Passing::stopped, "StopGradient", "PreventGradient");
  }

  /** Numbers have no gradient anyway. */
  private static List<Known> stopped(NodeCall call) {
    return call.input(0) instanceof Known.Flow ? call.function() : List.of(call.input(0));
  }
}
