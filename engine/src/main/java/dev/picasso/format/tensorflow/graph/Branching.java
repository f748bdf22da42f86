package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Branches that are decided before the model runs; loops are not. */
final class Branching {
  private static final int MOST_CASES = 1024;

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
    table.put(Branching::cases, "_SwitchN");
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
    Known dead = new Known.Dead();
    return decision(call) != 0 ? List.of(dead, call.input(0)) : List.of(call.input(0), dead);
  }

  /** An output for each number from zero, the last one for all others too. */
  private static List<Known> cases(NodeCall call) {
    long outputs = call.attribute("num_outs").getI();
    if (outputs < 1 || outputs > MOST_CASES) {
      throw new Unsupported("has " + outputs + " branches.");
    }
    long decision = decision(call);
    long taken = decision < 0 || decision >= outputs ? outputs - 1 : decision;
    return LongStream.range(0, outputs)
        .mapToObj(i -> i == taken ? call.input(0) : new Known.Dead())
        .toList();
  }

  private static long decision(NodeCall call) {
    if (call.input(1) instanceof Known.Numbers condition && condition.tensor().size() == 1) {
      return condition.tensor().longs()[0];
    }
    throw new Unsupported("takes a branch by what the model sees.");
  }

  /** What comes from the branch that was taken. */
  private static List<Known> merge(NodeCall call) {
    List<Known> inputs = call.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      if (!(inputs.get(i) instanceof Known.Dead)) {
        return List.of(inputs.get(i), new Known.Numbers(Tensor.scalar((long) i)));
      }
    }
    return List.of(new Known.Dead(), new Known.Dead());
  }
}
