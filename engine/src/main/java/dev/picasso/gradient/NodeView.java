package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/** A node as a rule sees it: its inputs and outputs as values, and the gradients of its outputs. */
public final class NodeView {
  private final Node node;
  private final GraphBuilder g;
  private final List<Optional<Value>> gradients;

  NodeView(Node node, GraphBuilder g, List<Optional<Value>> gradients) {
    this.node = node;
    this.g = g;
    this.gradients = gradients;
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

  public boolean hasInput(int i) {
    return node.hasInput(i);
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
    return g.lookUp(node.inputs().get(i));
  }

  public Shape shape(int i) {
    return input(i).shape();
  }

  public Value output() {
    return output(0);
  }

  public Value output(int i) {
    return g.lookUp(node.outputs().get(i));
  }

  /** The gradient that arrives at output i; empty where nothing that is asked for depends on it. */
  public Optional<Value> gradient(int i) {
    return gradients.get(i);
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
