package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.List;

/** Branches that are decided before the model runs; loops are not. */
final class Branching {
  private Branching() {}

  static void addTo(NodeTable table) {
    table.put(Branching::branch, "Switch", "RefSwitch");
    table.putForgiving(Branching::merge, "Merge", "RefMerge");
    table.put(
        call -> {
          throw new Unsupported("takes a branch by what the model sees.");
        },
        "If",
        "StatelessIf",
        "Case",
        "StatelessCase");
    table.refuse("takes a branch by what the model sees.", "_SwitchN");
    table.refuse(
        "is part of a loop; loops cannot be imported.",
        "Enter",
        "RefEnter",
        "Exit",
        "RefExit",
        "NextIteration",
        "RefNextIteration",
        "LoopCond",
        "For",
        "ParallelFor");
    table.refuse("is a loop; loops cannot be imported.", "While", "StatelessWhile", "_While");
  }

  /** Whether an operator is a loop, or a part of one. */
  static boolean isLoop(String op) {
    return op.endsWith("While") || op.endsWith("Enter") || op.endsWith("Exit");
  }

  /** The first output is for false, the second for true. */
  private static List<Known> branch(NodeCall call) {
    if (!(call.input(1) instanceof Known.Numbers condition) || condition.tensor().size() != 1) {
      throw new Unsupported("takes a branch by what the model sees.");
    }
    Known dead = new Known.Dead();
    boolean taken = condition.tensor().longs()[0] != 0;
    return taken ? List.of(dead, call.input(0)) : List.of(call.input(0), dead);
  }

  /** What comes from the branch that was taken. */
  private static List<Known> merge(NodeCall call) {
    List<Known> inputs = call.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      if (!(inputs.get(i) instanceof Known.Dead)) {
        return List.of(inputs.get(i), new Known.Numbers(dev.picasso.graph.Tensor.scalar((long) i)));
      }
    }
    return List.of(new Known.Dead(), new Known.Dead());
  }
}
