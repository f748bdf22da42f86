package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.functions.Site;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** One node while it is read: what it reads, and what it leaves in the model. */
final class NodeCall implements Site {
  private final GraphWalk walk;
  private final Ref wanted;
  private final NodeDef node;
  private final List<Known> inputs;

  NodeCall(GraphWalk walk, Ref wanted, NodeDef node, List<Known> inputs) {
    this.walk = walk;
    this.wanted = wanted;
    this.node = node;
    this.inputs = List.copyOf(inputs);
  }

  NodeDef node() {
    return node;
  }

  /** Where the node stands, and which of its outputs is asked for. */
  Ref wanted() {
    return wanted;
  }

  String op() {
    return node.getOp();
  }

  List<Known> inputs() {
    return inputs;
  }

  /**
   * What is known of an input.
   *
   * @throws Unsupported if there is none at that place
   */
  Known input(int place) {
    if (place >= inputs.size()) {
      throw new Unsupported("it has only " + inputs.size() + " inputs.");
    }
    return inputs.get(place);
  }

  /** The numbers of an input that must be known before the model runs. */
  Tensor numbers(int place, String name) {
    if (input(place) instanceof Known.Numbers numbers) {
      return numbers.tensor();
    }
    throw new Unsupported(name + " is computed by the model; it must be known before.");
  }

  /** The call of the node that makes an input; empty where it is fed or handed on. */
  Optional<NodeCall> callOf(int place) {
    return walk.callOf(wanted.frame(), node, place);
  }

  /** The output that is asked for, and no other. */
  List<Known> only(Known output) {
    List<Known> outputs = new ArrayList<>();
    for (int i = 0; i < wanted.output(); i++) {
      outputs.add(new Known.Unread());
    }
    outputs.add(output);
    return outputs;
  }

  AttrValue attribute(String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  /** What a function of numbers makes of the node's inputs. */
  List<Known> function() {
    return walk.function(this, "raw." + op(), inputs);
  }

  GraphWalk walk() {
    return walk;
  }

  GraphBuilder builder() {
    return walk.builder();
  }

  // -------------------------------------------------------------------- a site

  @Override
  public String kind() {
    return "raw." + op();
  }

  @Override
  public String path() {
    return node.getName();
  }

  @Override
  public void note(String sentence) {
    walk.note(sentence);
  }

  @Override
  public Value constant(GraphBuilder g, String role, Tensor tensor) {
    return g.constant(path() + "/" + role, tensor);
  }
}
