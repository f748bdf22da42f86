package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A node as a rule sees it: its inputs and outputs as values, what arrived at its outputs, and the
 * input that is asked for. {@link #with} and {@link #without} are the same operation on other
 * inputs or weights, {@link #plain} is its true gradient:
 *
 * <pre>{@code
 * // What the positive weights hand back, as a share of what they make of the input.
 * NodeView positive = node.with(1, g.relu(node.input(1))).without(2);
 * Value share = positive.plain(g.div(dy, positive.output()));
 * }</pre>
 */
public final class NodeView {
  private final Node node;
  private final GraphBuilder g;
  private final Map<String, RuleTable.Entry> plain;
  private final Map<Integer, Optional<Value>> replaced;
  private final List<Optional<Value>> gradients;
  private final int place;

  /** The outputs on replaced inputs, emitted when first asked for, since many rules never do. */
  private final List<Value> again;

  private NodeView(
      Node node,
      GraphBuilder g,
      Map<String, RuleTable.Entry> plain,
      Map<Integer, Optional<Value>> replaced,
      List<Value> again,
      List<Optional<Value>> gradients,
      int place) {
    this.node = node;
    this.g = g;
    this.plain = plain;
    this.replaced = replaced;
    this.again = again;
    this.gradients = gradients;
    this.place = place;
  }

  /**
   * A node of the graph under construction as it stands there.
   *
   * @param plain the true gradients
   * @param gradients what arrived at each output
   * @param place the input that is asked for
   */
  static NodeView of(
      Node node,
      GraphBuilder g,
      Map<String, RuleTable.Entry> plain,
      List<Optional<Value>> gradients,
      int place) {
    return new NodeView(node, g, plain, Map.of(), List.of(), gradients, place);
  }

  public Node node() {
    return node;
  }

  public String op() {
    return node.op();
  }

  public Attributes attributes() {
    return node.attributes();
  }

  /** The index of the input that is asked for. */
  public int place() {
    return place;
  }

  /** The input that is asked for. */
  public Value input() {
    return input(place);
  }

  public boolean hasInput(int i) {
    return replaced.containsKey(i) ? replaced.get(i).isPresent() : node.hasInput(i);
  }

  public int inputs() {
    return node.inputs().size();
  }

  public int outputs() {
    return node.outputs().size();
  }

  public Value input(int i) {
    if (!hasInput(i)) {
      throw new IllegalArgumentException(op() + " has no input " + i);
    }
    return replaced
        .getOrDefault(i, Optional.empty())
        .orElseGet(() -> g.lookUp(node.inputs().get(i)));
  }

  public Shape shape(int i) {
    return input(i).shape();
  }

  public Value output() {
    return output(0);
  }

  /** An output; where inputs were replaced, one that is computed anew. */
  public Value output(int i) {
    if (replaced.isEmpty()) {
      return g.lookUp(node.outputs().get(i));
    }
    if (again.isEmpty()) {
      again.addAll(g.emit(op(), attributes(), outputs(), operands()));
    }
    return again.get(i);
  }

  /** The gradient that arrives at output i; empty where nothing that is asked for depends on it. */
  public Optional<Value> gradient(int i) {
    return gradients.get(i);
  }

  /** The same operation on another input i. */
  public NodeView with(int i, Value value) {
    return changed(i, Optional.of(value));
  }

  /** The same operation without its optional input i, such as a convolution without its bias. */
  public NodeView without(int i) {
    return hasInput(i) ? changed(i, Optional.empty()) : this;
  }

  private NodeView changed(int i, Optional<Value> value) {
    Map<Integer, Optional<Value>> all = new HashMap<>(replaced);
    all.put(i, value);
    return new NodeView(node, g, plain, Map.copyOf(all), new ArrayList<>(), gradients, place);
  }

  private List<Optional<Value>> operands() {
    return IntStream.range(0, inputs())
        .mapToObj(i -> hasInput(i) ? Optional.of(input(i)) : Optional.<Value>empty())
        .toList();
  }

  /**
   * The true gradient by the input that is asked for, at the inputs that this view has: the
   * vector-Jacobian product of dy, which arrives at the first output.
   */
  public Value plain(Value dy) {
    RuleTable.Entry rule = node.domain().isEmpty() ? plain.get(op()) : null;
    if (rule == null) {
      throw new UnsupportedGradientException("there is no gradient rule for it");
    }
    List<Optional<Value>> arriving =
        Stream.concat(
                Stream.of(Optional.of(dy)),
                Stream.generate(Optional::<Value>empty).limit(node.outputs().size() - 1L))
            .toList();
    NodeView asked = new NodeView(node, g, plain, replaced, again, arriving, place);
    return rule.gradient(g, asked).orElseGet(() -> g.mul(input(), 0));
  }

  /** The numbers of an input that is a constant. */
  public Optional<Tensor> constant(int i) {
    return hasInput(i) ? g.constantOf(input(i)) : Optional.empty();
  }

  /** The integers of a constant input; empty where the optional input is left out. */
  public Optional<long[]> longs(int i) {
    if (!hasInput(i)) {
      return Optional.empty();
    }
    return Optional.of(
        constant(i)
            .orElseThrow(() -> new UnsupportedGradientException("input " + i + " is no constant"))
            .longs());
  }

  /** The attribute "axis", counted from the front. */
  public int axis(int whenAbsent) {
    return output().shape().axis((int) attributes().integer("axis", whenAbsent));
  }
}
