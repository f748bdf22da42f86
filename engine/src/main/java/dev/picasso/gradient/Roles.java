package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the nodes of a graph do for one another, as far as relevance has to know: which of them are
 * layers with weights, which sums add the bias of such a layer, what scales the pixels before the
 * first layer, and what is a part of a normalization.
 */
final class Roles {
  enum Kind {
    CONVOLUTION,
    DENSE
  }

  /**
   * A layer with constant weights.
   *
   * @param weights the input that holds them
   * @param bias the sum behind it that adds a bias and does nothing else
   * @param first whether it reads pixels that at most were scaled
   */
  record Weighted(Kind kind, int weights, Optional<BiasSum> bias, boolean first) {
    int x() {
      return 1 - weights;
    }

    /** The name of a layer's output, its bias included. */
    String total(Node layer) {
      return bias.map(BiasSum::total).orElseGet(layer::output);
    }
  }

  /** A sum that adds a bias: the names of the bias and of the sum. */
  record BiasSum(String bias, String total) {}

  private static final Set<String> SCALINGS =
      Set.of("Add", "Sub", "Mul", "Div", "Neg", "BatchNormalization");

  private final Graph graph;
  private final Dependence dependence;
  private final Map<String, List<Node>> readers;
  private final Map<String, Weighted> layers = new HashMap<>();
  private final Set<String> biases = new HashSet<>();
  private final Set<String> scaled = new HashSet<>();
  private final Set<String> normalized = new HashSet<>();

  private Roles(Graph graph) {
    this.graph = graph;
    this.dependence = Dependence.of(graph);
    this.readers = graph.consumers();
  }

  static Roles of(Graph graph) {
    Roles roles = new Roles(graph);
    graph.inputs().forEach(input -> roles.scaled.add(input.name()));
    graph.nodes().stream().filter(node -> node.domain().isEmpty()).forEach(roles::look);
    return roles;
  }

  private void look(Node node) {
    if (scales(node)) {
      scaled.addAll(node.outputs());
    }
    if (normalizes(node)) {
      normalized.addAll(node.outputs());
    }
    if (Operations.CONTRACTIONS.contains(node.op()) && !node.outputs().isEmpty()) {
      layer(node).ifPresent(layer -> layers.put(node.output(), layer));
    }
  }

  private Optional<Weighted> layer(Node node) {
    List<Integer> factors = dependence.varying(node);
    boolean two = node.op().equals("Einsum") ? node.inputs().size() == 2 : node.inputs().size() > 1;
    if (!two || factors.size() != 1 || factors.get(0) > 1) {
      return Optional.empty();
    }
    int x = factors.get(0);
    boolean convolution = node.op().startsWith("Conv");
    boolean constant = graph.constant(node.inputs().get(1 - x)).isPresent();
    if (!constant || (convolution && x != 0)) {
      return Optional.empty();
    }
    Optional<BiasSum> bias = node.hasInput(2) ? Optional.empty() : biasBehind(node);
    bias.ifPresent(sum -> biases.add(sum.total()));
    return Optional.of(
        new Weighted(
            convolution ? Kind.CONVOLUTION : Kind.DENSE,
            1 - x,
            bias,
            scaled.contains(node.inputs().get(x))));
  }

  private Optional<BiasSum> biasBehind(Node layer) {
    return onlyReader(layer.output())
        .filter(sum -> sum.op().equals("Add") && dependence.varying(sum).size() == 1)
        .filter(
            sum -> graph.value(sum.output()).shape().equals(graph.value(layer.output()).shape()))
        .map(
            sum -> new BiasSum(sum.inputs().get(1 - dependence.varying(sum).get(0)), sum.output()));
  }

  /** The node that alone reads a value, if that is no output of the graph. */
  private Optional<Node> onlyReader(String value) {
    List<Node> all = readers.getOrDefault(value, List.of());
    return all.size() == 1 && !graph.outputs().contains(value)
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  private boolean scales(Node node) {
    List<Integer> varying = dependence.varying(node);
    boolean known =
        Operations.MOVES.contains(node.op())
            || (SCALINGS.contains(node.op()) && varying.size() == 1);
    return known
        && !varying.isEmpty()
        && varying.stream().allMatch(i -> scaled.contains(node.inputs().get(i)));
  }

  /** What is centred over its deviation, and what only gives it another scale. */
  private boolean normalizes(Node node) {
    List<Integer> varying = dependence.varying(node);
    if (!Set.of("Mul", "Div").contains(node.op()) || varying.isEmpty()) {
      return false;
    }
    boolean centred =
        varying.size() == 2
            && Gating.signal(graph, dependence, node).stream()
                .anyMatch(i -> isCentred(node.inputs().get(i)));
    return centred
        || (varying.size() == 1 && normalized.contains(node.inputs().get(varying.get(0))));
  }

  private boolean isCentred(String value) {
    return graph.producer(value).map(this::centres).orElse(false);
  }

  /** The layer that a node is. */
  Optional<Weighted> weighted(Node node) {
    return node.outputs().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(layers.get(node.output()));
  }

  /** What the values before the first layer can be. */
  PixelBounds pixels() {
    return new PixelBounds(graph, dependence);
  }

  /** The places of the inputs of a node that depend on the pixels. */
  List<Integer> varying(Node node) {
    return dependence.varying(node);
  }

  /** The places of the first inputs of a node that depend on the pixels. */
  List<Integer> varying(Node node, int first) {
    return dependence.varying(node, first);
  }

  /** Whether a node is the sum that adds a layer's bias. */
  boolean addsBias(Node sum) {
    return biases.contains(sum.output());
  }

  /** Whether a node scales the pixels before the first layer. */
  boolean scalesPixels(Node node) {
    return scaled.contains(node.output());
  }

  /** Whether a node shifts what was normalized just before. */
  boolean shiftsNormalized(Node sum) {
    List<Integer> varying = dependence.varying(sum);
    return varying.size() == 1 && normalized.contains(sum.inputs().get(varying.get(0)));
  }

  /** Whether a difference takes the mean of a value from it. */
  boolean centres(Node difference) {
    return difference.op().equals("Sub")
        && graph
            .producer(difference.inputs().get(1))
            .filter(mean -> mean.op().equals("ReduceMean") || mean.op().equals("GlobalAveragePool"))
            .map(mean -> mean.inputs().get(0).equals(difference.inputs().get(0)))
            .orElse(false);
  }

  /** The one factor of a product, or the numerator, that all relevance goes to, if it is one. */
  Optional<Integer> signal(Node product) {
    return Gating.signal(graph, dependence, product);
  }

  /** The ReLU, or the clip from zero, that alone reads a value. */
  Optional<Node> rectifier(String value) {
    return onlyReader(value).filter(node -> Operations.isRectifier(graph, node));
  }
}
