package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/**
 * What puts a node into a branch beside its own data: constants and whatever else a branch makes
 * without reading a Switch come after one by control inputs, directly, through nodes that do
 * nothing, or because the function that they are in is called there. A node is dead as soon as one
 * of its pivots is.
 */
final class Pivots {
  private static final Set<String> SWITCHES = Set.of("Switch", "RefSwitch", "_SwitchN");
  private static final int MOST = 32;
  private static final int MOST_PASSED = 16;

  private final Wiring wiring;
  private final Map<Ref, Set<Ref>> known = new HashMap<>();

  Pivots(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * The outputs of Switch nodes that decide whether a node is reached.
   *
   * @throws Unsupported if they are too many for any network
   */
  Set<Ref> of(Ref tensor) {
    Ref node = new Ref(tensor.frame(), tensor.node(), 0);
    Deque<Ref> stack = new ArrayDeque<>(List.of(node));
    Set<Ref> open = new HashSet<>();
    while (!stack.isEmpty()) {
      Ref at = stack.element();
      boolean first = open.add(at);
      List<Ref> before = known.containsKey(at) ? List.of() : before(at);
      List<Ref> missing =
          before.stream().filter(b -> !known.containsKey(b) && !open.contains(b)).toList();
      if (first && !missing.isEmpty()) {
        missing.forEach(stack::push);
        continue;
      }
      stack.pop();
      known.computeIfAbsent(at, a -> union(before));
    }
    return known.getOrDefault(node, Set.of());
  }

  private Set<Ref> union(List<Ref> before) {
    Set<Ref> all = new HashSet<>();
    for (Ref node : before) {
      all.addAll(switches(node));
      all.addAll(known.getOrDefault(node, Set.of()));
    }
    if (all.size() > MOST) {
      throw new Unsupported("lies in more than " + MOST + " branches.");
    }
    return Set.copyOf(all);
  }

  /** The nodes that must be reached before a node is, without those that it reads. */
  private List<Ref> before(Ref at) {
    Optional<NodeDef> node = at.frame().node(at.node());
    List<Ref> before = new ArrayList<>();
    node.ifPresent(n -> before.addAll(wiring.controls(at.frame(), n)));
    at.frame().caller().ifPresent(before::add);
    return before;
  }

  /** The outputs of Switch nodes that a node needs; a Merge is content with one of several. */
  private List<Ref> switches(Ref at) {
    if (op(at).equals("Merge") || op(at).equals("RefMerge")) {
      return List.of();
    }
    return at.frame().node(at.node()).stream()
        .flatMap(n -> wiring.inputs(at.frame(), n).stream())
        .map(this::pastIdentities)
        .filter(i -> SWITCHES.contains(op(i)))
        .toList();
  }

  private Ref pastIdentities(Ref tensor) {
    Ref at = tensor;
    for (int i = 0; i < MOST_PASSED && op(at).equals("Identity"); i++) {
      List<Ref> inputs = wiring.inputs(at.frame(), at.frame().node(at.node()).orElseThrow());
      if (inputs.isEmpty()) {
        return at;
      }
      at = inputs.get(0);
    }
    return at;
  }

  private static String op(Ref tensor) {
    return tensor.frame().node(tensor.node()).map(NodeDef::getOp).orElse("");
  }
}
