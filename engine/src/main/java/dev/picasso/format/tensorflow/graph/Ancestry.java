package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.Unsupported;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.tensorflow.proto.NodeDef;

/** What a tensor is computed from, through calls of functions. */
final class Ancestry {
  private final Wiring wiring;
  private final int most;

  /**
   * A search.
   *
   * @param most how many nodes it looks at
   */
  Ancestry(Wiring wiring, int most) {
    this.wiring = wiring;
    this.most = most;
  }

  /**
   * Visits the nodes that a tensor comes from, nearest first.
   *
   * @param goOn is told of each node, and whether what it reads is visited too
   */
  void visit(Ref tensor, BiPredicate<Frame, NodeDef> goOn) {
    Deque<Ref> next = new ArrayDeque<>();
    Set<Ref> seen = new HashSet<>();
    next.add(tensor);
    while (!next.isEmpty() && seen.size() < most) {
      Optional<Ref> made = made(next.remove());
      if (made.isEmpty() || !seen.add(made.get())) {
        continue;
      }
      Ref at = made.get();
      NodeDef node = at.frame().node(at.node()).orElseThrow();
      if (goOn.test(at.frame(), node)) {
        next.addAll(wiring.inputs(at.frame(), node));
      }
    }
  }

  private Optional<Ref> made(Ref tensor) {
    try {
      return wiring.madeBy(tensor).map(r -> new Ref(r.frame(), r.node(), 0));
    } catch (Unsupported | ModelException e) {
      return Optional.empty();
    }
  }
}
