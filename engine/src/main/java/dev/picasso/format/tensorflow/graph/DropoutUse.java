package dev.picasso.format.tensorflow.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * Finds numbers that tell how much a dropout keeps or drops, by what is computed with them: what is
 * kept has a random number, from 0 to 1, below the share that is kept, or not below the share that
 * is dropped; or the random number and the share that is kept are added and rounded down.
 */
final class DropoutUse {
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Cast",
          "Reshape",
          "ExpandDims",
          "Squeeze",
          "StopGradient",
          "Switch",
          "Merge",
          "RefSwitch",
          "RefMerge",
          "PlaceholderWithDefault",
          "Enter");

  private static final int MOST = 500;

  private final Frame frame;
  private final Wiring wiring;
  private final Uses uses;

  /**
   * A number that a share was made.
   *
   * @param inverted whether it is 1 minus the share
   */
  private record Share(String node, boolean inverted) {}

  DropoutUse(Frame frame, Wiring wiring, Uses uses) {
    this.frame = frame;
    this.wiring = wiring;
    this.uses = uses;
  }

  /** What a number must be for nothing to be dropped, 0 or 1; empty where no dropout uses it. */
  Optional<Float> of(String node) {
    Deque<Share> next = new ArrayDeque<>(List.of(new Share(node, false)));
    Set<Share> seen = new HashSet<>();
    while (!next.isEmpty() && seen.size() < MOST) {
      Share share = next.remove();
      if (!seen.add(share)) {
        continue;
      }
      for (Uses.Use use : uses.of(share.node())) {
        Optional<Boolean> kept = keeps(use);
        if (kept.isPresent()) {
          return Optional.of(kept.get() != share.inverted() ? 1f : 0f);
        }
        String op = use.reader().getOp();
        if (use.place() == 0 ? PASSING.contains(op) : op.endsWith("Merge") && use.place() > 0) {
          next.add(new Share(use.reader().getName(), share.inverted()));
        } else if (op.equals("Sub") && use.place() == 1 && isOne(input(use.reader(), 0))) {
          next.add(new Share(use.reader().getName(), !share.inverted()));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the number that a node reads is the share that is kept (true) or dropped (false). */
  private Optional<Boolean> keeps(Uses.Use use) {
    NodeDef reader = use.reader();
    int other = 1 - use.place();
    if (other < 0 || other > 1 || !isRandom(input(reader, other))) {
      return Optional.empty();
    }
    boolean first = use.place() == 0;
    return switch (reader.getOp()) {
      case "Add", "AddV2" -> isRoundedDown(reader) ? Optional.of(true) : Optional.empty();
      case "Less", "LessEqual" -> Optional.of(!first);
      case "Greater", "GreaterEqual" -> Optional.of(first);
      default -> Optional.empty();
    };
  }

  private boolean isRoundedDown(NodeDef node) {
    return uses.readers(node.getName()).stream().anyMatch(r -> r.getOp().equals("Floor"));
  }

  private Optional<Ref> input(NodeDef node, int place) {
    List<Ref> inputs = wiring.inputs(frame, node);
    return place < inputs.size() ? Optional.of(inputs.get(place)) : Optional.empty();
  }

  private boolean isOne(Optional<Ref> tensor) {
    return tensor
        .flatMap(t -> t.frame().node(t.node()))
        .filter(n -> n.getOp().equals("Const"))
        .map(n -> Numeric.read(n.getAttrOrThrow("value").getTensor()))
        .filter(t -> t.size() == 1 && t.floats()[0] == 1)
        .isPresent();
  }

  /** Whether random numbers are in a tensor, and no network. */
  private boolean isRandom(Optional<Ref> tensor) {
    boolean[] drawn = {false};
    tensor.ifPresent(
        t ->
            new Ancestry(wiring, MOST)
                .visit(
                    t,
                    (f, n) -> {
                      drawn[0] |= Randomness.draws(n.getOp());
                      return Randomness.isStillRandom(n.getOp());
                    }));
    return drawn[0];
  }
}
