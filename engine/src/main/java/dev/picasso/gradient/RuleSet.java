package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that a walk uses: the plain table of true gradients, with replacements in front.
 * Immutable; {@link #with} returns a new set.
 */
public final class RuleSet {
  private record Replacement(String op, Predicate<Node> where, Rule rule) {}

  private final Map<String, RuleTable.Entry> table;
  private final Set<String> flat;
  private final List<Replacement> replacements;

  private RuleSet(
      Map<String, RuleTable.Entry> table, Set<String> flat, List<Replacement> replacements) {
    this.table = table;
    this.flat = flat;
    this.replacements = List.copyOf(replacements);
  }

  /** True gradients. */
  public static RuleSet plain() {
    RuleTable table = new RuleTable();
    ActivationRules.addTo(table);
    ArithmeticRules.addTo(table);
    ConvolutionRules.addTo(table);
    PoolingRules.addTo(table);
    MatrixRules.addTo(table);
    ReductionRules.addTo(table);
    NormalizationRules.addTo(table);
    LayoutRules.addTo(table);
    IndexingRules.addTo(table);
    ResizeRules.addTo(table);
    return new RuleSet(table.entries(), table.flat(), List.of());
  }

  /**
   * Guided backpropagation: a ReLU passes a gradient where both its input and the gradient are
   * positive. Springenberg et al. 2014, arXiv 1412.6806.
   */
  public static RuleSet guidedBackpropagation() {
    Rule guided = (g, node, dy) -> g.mul(g.relu(dy), ActivationRules.positive(g, node.output()));
    return plain().with("Relu", guided).with("Clip", RuleSet::guidedClip);
  }

  /** Whether a graph has a node at which guided backpropagation is not the plain gradient. */
  public static boolean hasRectifiers(Graph graph) {
    return graph.nodes().stream()
        .anyMatch(
            node ->
                node.op().equals("Relu")
                    || (node.op().equals("Clip")
                        && node.inputs().size() > 1
                        && graph
                            .constant(node.inputs().get(1))
                            .map(low -> low.floats()[0] == 0)
                            .orElse(false)));
  }

  /** ReLU6 and its like are a Clip from zero; any other Clip is no rectifier. */
  private static Value guidedClip(GraphBuilder g, NodeView node, Value dy) {
    boolean fromZero = node.constant(1).map(low -> low.floats()[0] == 0).orElse(false);
    return ActivationRules.clip(g, node, fromZero ? g.relu(dy) : dy);
  }

  /** This set with another rule for the first input of an operator. */
  public RuleSet with(String op, Rule rule) {
    return with(op, node -> true, rule);
  }

  /** This set with another rule for the nodes of an operator that the predicate picks. */
  public RuleSet with(String op, Predicate<Node> where, Rule rule) {
    List<Replacement> all = new ArrayList<>();
    all.add(new Replacement(op, where, rule));
    all.addAll(replacements);
    return new RuleSet(table, flat, all);
  }

  /** The operators that have a rule or are declared zero. */
  public Set<String> ops() {
    return table.keySet();
  }

  /** The operators among them whose gradient is declared zero: they are flat almost everywhere. */
  public Set<String> flatOps() {
    return flat;
  }

  Optional<RuleTable.Entry> entryFor(Node node) {
    for (Replacement replacement : replacements) {
      if (replacement.op().equals(node.op()) && replacement.where().test(node)) {
        return Optional.of(
            (g, view, i) -> view.gradient(0).map(dy -> replacement.rule().gradient(g, view, dy)));
      }
    }
    return node.domain().isEmpty() ? Optional.ofNullable(table.get(node.op())) : Optional.empty();
  }
}
