package dev.picasso.gradient;

import dev.picasso.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules that a walk uses: a table, such as that of the true gradients, with replacements in
 * front. Immutable; {@link #with} returns a new set.
 */
public final class RuleSet {
  private record Replacement(String op, Predicate<Node> where, Rule rule) {}

  private final String quantity;
  private final Map<String, RuleTable.Entry> table;
  private final Set<String> flat;
  private final List<Replacement> replacements;
  private final boolean plain;

  private RuleSet(
      String quantity,
      Map<String, RuleTable.Entry> table,
      Set<String> flat,
      List<Replacement> replacements,
      boolean plain) {
    this.quantity = quantity;
    this.table = table;
    this.flat = flat;
    this.replacements = List.copyOf(replacements);
    this.plain = plain;
  }

  /** True gradients. */
  public static RuleSet plain() {
    RuleTable table = RuleTable.plain();
    return new RuleSet("gradient", table.entries(), table.flat(), List.of(), true);
  }

  /**
   * The rules of a table and no others.
   *
   * @param quantity what goes back, for errors
   */
  static RuleSet of(RuleTable table, String quantity) {
    return new RuleSet(quantity, table.entries(), table.flat(), List.of(), false);
  }

  /** This set with another rule for all inputs of an operator; the node says which is asked for. */
  public RuleSet with(String op, Rule rule) {
    return with(op, node -> true, rule);
  }

  /** This set with another rule for the nodes of an operator that the predicate picks. */
  public RuleSet with(String op, Predicate<Node> where, Rule rule) {
    List<Replacement> all = new ArrayList<>();
    all.add(new Replacement(op, where, rule));
    all.addAll(replacements);
    return new RuleSet(quantity, table, flat, all, plain);
  }

  /** What goes back by these rules, in words: "gradient". */
  String quantity() {
    return quantity;
  }

  /** The operators that have a rule or are declared zero. */
  public Set<String> ops() {
    return table.keySet();
  }

  /** The operators among them whose gradient is declared zero: they are flat almost everywhere. */
  public Set<String> flatOps() {
    return flat;
  }

  /** Whether a node has its true gradient by these rules. */
  boolean isTrue(Node node) {
    return plain && replacement(node).isEmpty();
  }

  Optional<RuleTable.Entry> entryFor(Node node) {
    Optional<RuleTable.Entry> other = replacement(node).map(r -> RuleTable.entry(r.rule()));
    if (other.isPresent()) {
      return other;
    }
    return node.domain().isEmpty() ? Optional.ofNullable(table.get(node.op())) : Optional.empty();
  }

  private Optional<Replacement> replacement(Node node) {
    return replacements.stream()
        .filter(r -> r.op().equals(node.op()) && r.where().test(node))
        .findFirst();
  }
}
