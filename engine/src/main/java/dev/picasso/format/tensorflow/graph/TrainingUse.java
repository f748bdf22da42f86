package dev.picasso.format.tensorflow.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * Finds truths that hold while a model is used, by the branches that they decide: what draws random
 * numbers, normalizes with the batch or updates averages lies where the model trains.
 */
final class TrainingUse {
  private static final int MOST = 20_000;

  private final Wiring wiring;
  private final Uses uses;

  /**
   * A place on the way from a truth.
   *
   * @param inverted whether the opposite holds there
   */
  private record Truth(String node, boolean inverted) {}

  TrainingUse(Wiring wiring, Uses uses) {
    this.wiring = wiring;
    this.uses = uses;
  }

  /** Whether only the branches that are taken where it does not hold are for training. */
  boolean holdsWhenUsed(String node) {
    boolean[] trains = new boolean[2]; // where it does not hold, where it does
    Deque<Truth> next = new ArrayDeque<>(List.of(new Truth(node, false)));
    Set<Truth> seen = new HashSet<>();
    while (!next.isEmpty() && seen.size() < MOST) {
      Truth truth = next.remove();
      if (!seen.add(truth)) {
        continue;
      }
      for (Uses.Use use : uses.of(truth.node())) {
        NodeDef reader = use.reader();
        switch (reader.getOp()) {
          case "Identity", "PlaceholderWithDefault" ->
              next.add(new Truth(reader.getName(), truth.inverted()));
          case "LogicalNot" -> next.add(new Truth(reader.getName(), !truth.inverted()));
          case "Switch", "RefSwitch" -> {
            if (use.place() == 1) {
              trains[truth.inverted() ? 1 : 0] |= trains(reader, 0);
              trains[truth.inverted() ? 0 : 1] |= trains(reader, 1);
            }
          }
          case "If", "StatelessIf" -> {
            if (use.place() == 0) {
              trains[truth.inverted() ? 1 : 0] |= trains(reader, "else_branch");
              trains[truth.inverted() ? 0 : 1] |= trains(reader, "then_branch");
            }
          }
          default -> {}
        }
      }
    }
    return trains[0] && !trains[1];
  }

  /** Whether what trains follows from one output of a Switch before the branches meet. */
  private boolean trains(NodeDef branch, int output) {
    Deque<Uses.Use> next = new ArrayDeque<>();
    uses.of(branch.getName()).stream().filter(u -> u.output() == output).forEach(next::add);
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty() && seen.size() < MOST) {
      NodeDef node = next.remove().reader();
      if (node.getOp().endsWith("Merge") || !seen.add(node.getName())) {
        continue;
      }
      if (isOfTraining(node)) {
        return true;
      }
      next.addAll(uses.of(node.getName()));
    }
    return false;
  }

  private boolean trains(NodeDef branch, String side) {
    String function =
        branch.getAttrOrDefault(side, AttrValue.getDefaultInstance()).getFunc().getName();
    return wiring.body(function).stream()
        .map(Body::nodes)
        .map(Map::values)
        .anyMatch(nodes -> nodes.stream().anyMatch(TrainingUse::isOfTraining));
  }

  private static boolean isOfTraining(NodeDef node) {
    String op = node.getOp();
    boolean normalizes =
        op.contains("FusedBatchNorm")
            && !op.endsWith("Grad")
            && node.getAttrOrDefault("is_training", AttrValue.newBuilder().setB(true).build())
                .getB();
    return normalizes
        || Randomness.draws(op)
        || op.equals("AssignSub")
        || op.equals("AssignSubVariableOp")
        || op.equals("SquaredDifference");
  }
}
