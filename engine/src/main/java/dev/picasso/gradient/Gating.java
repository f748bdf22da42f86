package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which factor of a product of two computed values is the signal, and which only says how much of
 * it passes. A factor is told by where it comes from: a sigmoid, a softmax or a clipped line is a
 * gate, as in squeeze and excitation or in x·sigmoid(x); so is one over a deviation or a norm. A
 * tanh or an error function is one beside anything but those, as in GELU. Arras et al. 2017, arXiv
 * 1706.07206, call that "signal takes all".
 */
final class Gating {
  private static final int SIGNAL = 0;
  private static final int EITHER = 1;
  private static final int GATE = 2;

  private static final Set<String> GATES =
      Set.of(
          "Sigmoid",
          "HardSigmoid",
          "Softmax",
          "Hardmax",
          "Reciprocal",
          "Sqrt",
          "ReduceL1",
          "ReduceL2");

  private static final Set<String> EITHERS = Set.of("Tanh", "Erf", "Softsign");
  private static final Set<String> LINES = Set.of("Add", "Sub", "Mul", "Div");

  private final Graph graph;
  private final Dependence dependence;

  private Gating(Graph graph, Dependence dependence) {
    this.graph = graph;
    this.dependence = dependence;
  }

  /**
   * The factor that is the signal.
   *
   * @param product a Mul or Div of which both inputs depend on the pixels
   * @return its place; empty if the two are alike
   */
  static Optional<Integer> signal(Graph graph, Dependence dependence, Node product) {
    if (product.op().equals("Div")) {
      return Optional.of(0);
    }
    Gating gating = new Gating(graph, dependence);
    int left = gating.rank(product.inputs().get(0));
    int right = gating.rank(product.inputs().get(1));
    return left == right ? Optional.empty() : Optional.of(left < right ? 0 : 1);
  }

  private int rank(String value) {
    Optional<Node> maker = graph.producer(value).filter(node -> node.domain().isEmpty());
    if (maker.isEmpty()) {
      return SIGNAL;
    }
    Node node = maker.get();
    if (GATES.contains(node.op())) {
      return GATE;
    }
    if (EITHERS.contains(node.op())) {
      return EITHER;
    }
    if (node.op().equals("Clip")) {
      return isHardSigmoid(node) ? GATE : SIGNAL;
    }
    if (node.op().equals("Pow")) {
      return bound(node, 1).filter(exponent -> exponent < 1).isPresent() ? GATE : SIGNAL;
    }
    if (Operations.MOVES.contains(node.op())) {
      return rank(node.inputs().get(0));
    }
    return LINES.contains(node.op()) ? ofLine(node) : SIGNAL;
  }

  private int ofLine(Node node) {
    List<Integer> varying = dependence.varying(node);
    if (node.op().equals("Div") && !varying.isEmpty()) {
      return varying.get(0) == 1 ? GATE : rank(node.inputs().get(0));
    }
    return varying.size() == 1 ? rank(node.inputs().get(varying.get(0))) : SIGNAL;
  }

  /**
   * Clipped to 0..1, or a shifted line clipped on both sides, as in clip(x + 3, 0, 6); no ReLU6.
   */
  private boolean isHardSigmoid(Node clip) {
    Optional<Float> low = bound(clip, 1);
    Optional<Float> high = bound(clip, 2);
    if (low.isEmpty() || high.isEmpty()) {
      return false;
    }
    boolean unit = low.get() == 0 && high.get() == 1;
    return unit
        || graph
            .producer(clip.inputs().get(0))
            .filter(line -> line.op().equals("Add"))
            .filter(line -> bound(line, 0).isPresent() || bound(line, 1).isPresent())
            .isPresent();
  }

  private Optional<Float> bound(Node node, int input) {
    return node.hasInput(input)
        ? graph
            .constant(node.inputs().get(input))
            .filter(t -> t.size() == 1)
            .map(t -> t.floats()[0])
        : Optional.empty();
  }
}
