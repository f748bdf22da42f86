package dev.picasso.format.tensorflow.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;

/**
 * A body where it is called: the graph itself, or a function with what it is given. Two calls of
 * one function are two frames, which are told apart by identity.
 */
final class Frame {
  private final Body body;
  private final Optional<Ref> caller;
  private final List<Ref> given;
  private final int depth;

  private Frame(Body body, Optional<Ref> caller, List<Ref> given, int depth) {
    this.body = body;
    this.caller = caller;
    this.given = List.copyOf(given);
    this.depth = depth;
  }

  static Frame outermost(Body body) {
    return new Frame(body, Optional.empty(), List.of(), 0);
  }

  /** A function that a node of this frame calls with these tensors. */
  Frame calling(String node, Body function, List<Ref> tensors) {
    return new Frame(function, Optional.of(new Ref(this, node, 0)), tensors, depth + 1);
  }

  Body body() {
    return body;
  }

  /** The node that calls it; empty for the graph itself. */
  Optional<Ref> caller() {
    return caller;
  }

  /** How many calls lie around it. */
  int depth() {
    return depth;
  }

  Optional<NodeDef> node(String name) {
    return body.node(name);
  }

  /** What a tensor of the body is called with; empty if that is no argument. */
  Optional<Ref> argument(String name) {
    Integer place = body.arguments().get(name);
    return place == null || place >= given.size()
        ? Optional.empty()
        : Optional.of(given.get(place));
  }
}
