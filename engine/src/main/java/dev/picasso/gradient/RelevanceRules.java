package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How relevance goes back through each operator, by the conventions of {@link Lrp}. Most follow
 * from the true gradient: an input gets x ⊙ the gradient of R/y, which is what it contributes.
 */
final class RelevanceRules {
  private static final Rule PASS = (g, node, r) -> r;

  private final Roles roles;
  private final Lrp lrp;
  private final Set<String> notNegative;
  private final Set<String> vanishing;

  RelevanceRules(Graph graph, Lrp lrp) {
    this.roles = Roles.of(graph);
    this.lrp = lrp;
    this.notNegative = Signs.neverNegative(graph);
    this.vanishing = Vanishing.of(graph, this::isByContribution);
  }

  private static RuleTable.Entry known(Map<String, RuleTable.Entry> plain, String op) {
    return Optional.ofNullable(plain.get(op)).orElseThrow();
  }

  RuleSet rules() {
    RuleTable table = new RuleTable();
    Map<String, RuleTable.Entry> plain = RuleTable.plain().entries();
    Operations.MOVES.forEach(op -> table.add(op, known(plain, op)));
    Operations.CHOICES.forEach(op -> table.add(op, known(plain, op)));
    Operations.THROUGH_ZERO.forEach(op -> table.put(op, PASS));
    Operations.OTHER_FUNCTIONS.forEach(op -> table.put(op, PASS));
    Operations.NORMALIZATIONS.forEach(op -> table.put(op, PASS));
    Operations.SUMS.forEach(op -> table.putForAll(op, this::sum));
    Operations.CONTRACTIONS.forEach(op -> table.putForAll(op, this::contraction));
    table.add("Sub", (g, node) -> difference(g, node));
    table.add("Mul", this::product);
    table.add("Div", this::product);
    table.putForAll("ScatterElements", this::scattered);
    table.putForAll("ScatterND", this::scattered);
    table.put("Resize", this::resized);
    table.put("Softmax", RelevanceRules::softmax);
    table.put("LogSoftmax", this::share);
    table.put("ReduceSumSquare", (g, node, r) -> g.mul(share(g, node, r), .5));
    table.put("ReduceLogSumExp", (g, node, r) -> node.plain(r));
    table.put("ReduceLogSum", (g, node, r) -> g.mul(node.input(), node.plain(r)));
    table.put("ReduceProd", RelevanceRules::equally);
    table.zero(RuleTable.plain().flat().toArray(String[]::new));
    return RuleSet.of(table, "relevance");
  }

  /** Whether a node gives its inputs what they contribute, and so nothing to one that is zero. */
  private boolean isByContribution(Node node) {
    return Operations.CONTRACTIONS.contains(node.op())
        ? roles.weighted(node).map(layer -> rule(layer).byContribution()).orElse(true)
        : !isUnchanged(node) && !(node.op().equals("Sub") && roles.centres(node));
  }

  private LayerRule rule(Roles.Weighted layer) {
    LayerRule usual = layer.kind() == Roles.Kind.CONVOLUTION ? lrp.convolutions() : lrp.dense();
    return layer.first() ? lrp.first().orElse(usual) : usual;
  }

  /** x ⊙ the gradient of R/y. */
  private Value share(GraphBuilder g, NodeView node, Value r) {
    return g.mul(node.input(), node.plain(g.div(r, stabilized(g, node))));
  }

  private Value stabilized(GraphBuilder g, NodeView node) {
    boolean positive = notNegative.contains(node.node().output());
    return Stabilizer.stabilized(g, node.output(), Stabilizer.EPSILON, positive);
  }

  private Value sum(GraphBuilder g, NodeView node, Value r) {
    return isUnchanged(node.node()) ? r : share(g, node, r);
  }

  /**
   * Whether all relevance of a sum goes to its one computed input: where its constant scales the
   * pixels, shifts what was normalized, is a bias that the layer accounts for, or one to ignore.
   */
  private boolean isUnchanged(Node sum) {
    boolean affine = Set.of("Add", "Sub", "BatchNormalization").contains(sum.op());
    return affine
        && roles.varying(sum).size() == 1
        && (!lrp.biases()
            || roles.addsBias(sum)
            || roles.scalesPixels(sum)
            || roles.shiftsNormalized(sum));
  }

  /** The mean of a value, taken from it, has none of its relevance. */
  private Optional<Value> difference(GraphBuilder g, NodeView node) {
    if (roles.centres(node.node())) {
      return node.place() == 0 ? node.gradient(0) : Optional.empty();
    }
    return node.gradient(0).map(r -> sum(g, node, r));
  }

  private Optional<Value> product(GraphBuilder g, NodeView node) {
    if (roles.varying(node.node()).size() < 2) {
      return node.gradient(0);
    }
    Optional<Integer> signal = roles.signal(node.node());
    if (signal.isEmpty()) {
      return node.gradient(0).map(r -> g.mul(r, .5));
    }
    return signal.get() == node.place() ? node.gradient(0) : Optional.empty();
  }

  /** A layer with weights by its rule; a product of computed values in equal shares by ε. */
  private Value contraction(GraphBuilder g, NodeView node, Value r) {
    Optional<Roles.Weighted> layer = roles.weighted(node.node());
    if (layer.isPresent()) {
      return rule(layer.get()).relevance(g, layer(g, node, layer.get()), r);
    }
    int factors = node.op().equals("Einsum") ? node.inputs() : 2;
    int computed = roles.varying(node.node(), factors).size();
    Value whole = share(g, node, r);
    return node.place() < factors && computed > 1 ? g.div(whole, computed) : whole;
  }

  private Layer layer(GraphBuilder g, NodeView node, Roles.Weighted role) {
    Optional<Node> rectifier =
        roles
            .rectifier(role.total(node.node()))
            .filter(relu -> lrp.biases() && vanishing.contains(relu.output()));
    boolean positive = notNegative.contains(node.node().inputs().get(role.x()));
    return new Layer(
        g, node, role, new Layer.Knowledge(lrp.biases(), positive, rectifier, roles.pixels()));
  }

  /** What is written over has none; what is added to is a sum. */
  private Value scattered(GraphBuilder g, NodeView node, Value r) {
    boolean adds = node.attributes().text("reduction", "none").equals("add");
    return adds && node.place() != 1 ? share(g, node, r) : node.plain(r);
  }

  private Value resized(GraphBuilder g, NodeView node, Value r) {
    boolean moves = node.attributes().text("mode", "nearest").equals("nearest");
    return moves ? node.plain(r) : share(g, node, r);
  }

  /**
   * x ⊙ (R − y·ΣR). What a mask has set to minus infinity has no relevance, and is kept from making
   * the product of infinity and zero.
   */
  private static Value softmax(GraphBuilder g, NodeView node, Value r) {
    Value x = g.max(node.input(), g.scalarLike(r, -1e30));
    Value total = g.sum(r, true, node.axis(-1));
    return g.mul(x, g.sub(r, g.mul(node.output(), total)));
  }

  /** The same to each factor of a product. */
  private static Value equally(GraphBuilder g, NodeView node, Value r) {
    long factors = node.shape(0).sizeAsDimension() / node.output().shape().sizeAsDimension();
    Value ones = g.add(g.mul(node.input(), 0), 1);
    return g.div(node.with(0, ones).plain(r), (double) Math.abs(factors));
  }
}
