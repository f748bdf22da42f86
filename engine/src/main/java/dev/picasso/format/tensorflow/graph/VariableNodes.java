package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.ArrayList;
import java.util.List;

/** Variables of both kinds: those that are tensors, and those that are read through a handle. */
final class VariableNodes {
  private VariableNodes() {}

  static void addTo(NodeTable table) {
    table.putSource(
        call -> List.of(call.walk().variable(call.wanted())),
        "Variable",
        "VariableV2",
        "TemporaryVariable",
        "AutoReloadVariable");
    table.putSource(
        call -> List.of(new Known.Variable(call.wanted())), "VarHandleOp", "_VarHandlesOp");
    table.put(VariableNodes::read, "ReadVariableOp", "_ReadVariablesOp");
    table.put(VariableNodes::gather, "ResourceGather");
    table.putSource(
        call -> List.of(new Known.Numbers(dev.picasso.graph.Tensor.of(new boolean[] {true}))),
        "VarIsInitializedOp",
        "IsVariableInitialized");
  }

  private static List<Known> read(NodeCall call) {
    if (call.input(0) instanceof Known.Variable variable) {
      return List.of(call.walk().variable(variable.node()));
    }
    if (call.input(0) instanceof Known.Numbers numbers) {
      return List.of(numbers);
    }
    throw new Unsupported("reads something that is no variable.");
  }

  private static List<Known> gather(NodeCall call) {
    List<Known> inputs = new ArrayList<>(call.inputs());
    if (call.input(0) instanceof Known.Variable variable) {
      inputs.set(0, call.walk().variable(variable.node()));
    }
    inputs.add(new Known.Numbers(dev.picasso.graph.Tensor.scalar(0L)));
    return call.walk().function(call, "raw.GatherV2", inputs);
  }
}
