package dev.picasso.gradient;

import dev.picasso.gradient.DifferentiationException.Obstacle;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Reverse-mode differentiation, graph to graph: walks backwards over the nodes between what is
 * differentiated and what by, and asks a rule for each.
 */
public final class Differentiator {
  /** Operators that move elements of any type about. */
  private static final Set<String> MOVING =
      Set.of(
          "Identity", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Slice", "Concat");

  private final RuleSet rules;
  private final Map<String, RuleTable.Entry> plain = RuleTable.plain().entries();

  public Differentiator(RuleSet rules) {
    this.rules = rules;
  }

  /**
   * Adds gradients to a graph under construction.
   *
   * @param g holds the nodes of {@code graph} already
   * @param of the name of the value that is differentiated
   * @param seed ∂L/∂of, of the shape of {@code of}; a one-hot row asks for one class
   * @param by names of values, such as the pixels or the activation of a layer
   * @return ∂L/∂by for each, of its shape; zeros where {@code of} does not depend on it
   * @throws DifferentiationException naming every kind of operator on the way that has no rule
   */
  public List<Value> gradients(
      GraphBuilder g, Graph graph, String of, Value seed, List<String> by) {
    Set<String> active = activeValues(graph, by);
    List<Node> path = path(graph, of, active);
    requireRules(path);
    Map<String, List<Value>> gradients = new HashMap<>();
    gradients.computeIfAbsent(of, k -> new ArrayList<>()).add(seed);
    Set<String> asked = Set.copyOf(by);
    List<Obstacle> refused = new ArrayList<>();
    for (int n = path.size() - 1; n >= 0; n--) {
      Node node = path.get(n);
      try {
        propagate(g, graph, node, asked, active, gradients);
      } catch (UnsupportedGradientException e) {
        refused.add(new Obstacle(node, String.valueOf(e.getMessage())));
      } catch (IllegalArgumentException | ArithmeticException e) {
        // The runtime runs some operations that ONNX does not allow, with axes that are not there.
        refused.add(new Obstacle(node, "its attributes do not fit its inputs: " + e.getMessage()));
      }
    }
    if (!refused.isEmpty()) {
      throw new DifferentiationException(rules.quantity(), refused);
    }
    return by.stream()
        .map(name -> total(g, gradients, name).orElseGet(() -> zeros(g, g.lookUp(name))))
        .toList();
  }

  /** The values that depend on {@code by} in a way that a gradient can follow. */
  private Set<String> activeValues(Graph graph, List<String> by) {
    Set<String> active = new HashSet<>(by);
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(active::contains)) {
        node.outputs().stream()
            .filter(o -> !o.isEmpty() && carries(graph, node, o, active))
            .forEach(active::add);
      }
    }
    return active;
  }

  /**
   * Integers and booleans that were computed carry no gradient; but pixels that are integers do,
   * and may be moved before they become floating-point numbers. What an unknown operator makes is
   * followed, so that one error names those behind it too.
   */
  private boolean carries(Graph graph, Node node, String output, Set<String> active) {
    return isFloating(graph, output)
        || rules.entryFor(node).isEmpty()
        || (MOVING.contains(node.op()) && active.contains(node.inputs().get(0)));
  }

  private static boolean isFloating(Graph graph, String value) {
    return graph.find(value).map(v -> v.type().isFloating()).orElse(true);
  }

  /** The nodes that read an active value and that {@code of} depends on, in topological order. */
  private static List<Node> path(Graph graph, String of, Set<String> active) {
    Set<String> needed = new HashSet<>(Set.of(of));
    List<Node> path = new ArrayList<>();
    for (int n = graph.nodes().size() - 1; n >= 0; n--) {
      Node node = graph.nodes().get(n);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        node.inputs().stream().filter(i -> !i.isEmpty()).forEach(needed::add);
        if (node.inputs().stream().anyMatch(active::contains)) {
          path.add(node);
        }
      }
    }
    Collections.reverse(path);
    return path;
  }

  private void requireRules(List<Node> path) {
    List<Obstacle> missing =
        path.stream()
            .filter(node -> rules.entryFor(node).isEmpty())
            .map(node -> new Obstacle(node, "there is no " + rules.quantity() + " rule for it"))
            .toList();
    if (!missing.isEmpty()) {
      throw new DifferentiationException(rules.quantity(), missing);
    }
  }

  private void propagate(
      GraphBuilder g,
      Graph graph,
      Node node,
      Set<String> by,
      Set<String> active,
      Map<String, List<Value>> gradients) {
    List<Optional<Value>> arriving =
        node.outputs().stream().map(o -> total(g, gradients, o)).toList();
    if (arriving.stream().allMatch(Optional::isEmpty)) {
      return;
    }
    Optional<SelfGate> gate = SelfGate.of(graph, node).filter(s -> isOne(s, node, by));
    if (gate.isPresent()) {
      Value dy = arriving.get(0).orElseThrow();
      Value dx = g.scoped("gradient/" + node.name(), () -> gate.get().gradient(g, dy));
      gradients.computeIfAbsent(gate.get().x(), k -> new ArrayList<>()).add(dx);
      return;
    }
    RuleTable.Entry entry = rules.entryFor(node).orElseThrow();
    for (int i = 0; i < node.inputs().size(); i++) {
      String input = node.inputs().get(i);
      if (!active.contains(input)) {
        continue;
      }
      NodeView view = NodeView.of(node, g, plain, arriving, i);
      g.scoped("gradient/" + node.name(), () -> entry.gradient(g, view))
          .map(dx -> sumBack(g, dx, g.lookUp(input)))
          .ifPresent(dx -> gradients.computeIfAbsent(input, k -> new ArrayList<>()).add(dx));
    }
  }

  /** Whether the chain rule through both of its nodes is all that is asked for. */
  private boolean isOne(SelfGate gate, Node product, Set<String> by) {
    return !by.contains(gate.gate().output()) && rules.isTrue(product) && rules.isTrue(gate.gate());
  }

  /** The sum of all that arrived at a value; a value read twice gets two gradients. */
  private static Optional<Value> total(
      GraphBuilder g, Map<String, List<Value>> gradients, String name) {
    List<Value> parts = gradients.getOrDefault(name, List.of());
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Value sum = parts.stream().reduce(g::add).orElseThrow();
    gradients.put(name, new ArrayList<>(List.of(sum)));
    return Optional.of(sum);
  }

  /** Sums a gradient over the axes along which the input had been broadcast. */
  private static Value sumBack(GraphBuilder g, Value dx, Value input) {
    Shape from = dx.shape();
    Shape to = input.shape();
    if (from.equals(to)) {
      return dx;
    }
    int added = from.rank() - to.rank();
    long[] axes =
        LongStream.range(0, from.rank())
            .filter(i -> i < added || (to.dim((int) i - added) == 1 && from.dim((int) i) != 1))
            .toArray();
    return g.reshape(axes.length == 0 ? dx : sum(g, dx, axes), to);
  }

  private static Value sum(GraphBuilder g, Value x, long[] axes) {
    boolean blocked = Blocks.fit(x) && Arrays.equals(axes, new long[] {2, 3});
    return blocked && x.dim(2) > 0 && x.dim(3) > 0
        ? Blocks.sumOfPixels(g, x)
        : g.sum(x, true, axes);
  }

  private static Value zeros(GraphBuilder g, Value like) {
    return g.mul(like, 0);
  }
}
