package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Values that have no relevance where they are zero, whatever follows. Almost all are such, for a
 * layer gives relevance to what it multiplies with; the outputs of a ReLU that are such spare the
 * layer before it half of its work.
 */
final class Vanishing {
  private final Set<String> vanishing = new HashSet<>();
  private final Predicate<Node> shares;

  private Vanishing(Predicate<Node> shares) {
    this.shares = shares;
  }

  /**
   * The names of those values.
   *
   * @param shares whether a layer or sum gives relevance to its inputs by what they contribute
   */
  static Set<String> of(Graph graph, Predicate<Node> shares) {
    Vanishing found = new Vanishing(shares);
    Map<String, List<Node>> readers = graph.consumers();
    for (int n = graph.nodes().size() - 1; n >= 0; n--) {
      for (String output : graph.nodes().get(n).outputs()) {
        if (readers.getOrDefault(output, List.of()).stream().allMatch(found::keepsZero)) {
          found.vanishing.add(output);
        }
      }
    }
    return Set.copyOf(found.vanishing);
  }

  /** Whether a node gives no relevance to an element that is zero. */
  private boolean keepsZero(Node node) {
    if (!node.domain().isEmpty()) {
      return false;
    }
    String op = node.op();
    if (Operations.CONTRACTIONS.contains(op) || Operations.SUMS.contains(op) || op.equals("Sub")) {
      return shares.test(node);
    }
    boolean passes =
        Operations.MOVES.contains(op)
            || Operations.CHOICES.contains(op)
            || Operations.THROUGH_ZERO.contains(op)
            || op.equals("Mul");
    return op.equals("Softmax")
        || (passes && node.outputs().stream().allMatch(vanishing::contains));
  }
}
