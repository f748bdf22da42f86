package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What names mean in a graph, a branch of it or the body of a function: the values of the one flat
 * graph that they stand for.
 */
final class Scope {
  private final Optional<Scope> outer;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> wanted = new HashMap<>();
  private final Map<String, AttributeProto> arguments;
  private final String prefix;
  private final int depth;
  final Opsets opsets;

  private Scope(
      Optional<Scope> outer,
      Map<String, AttributeProto> arguments,
      String prefix,
      int depth,
      Opsets opsets) {
    this.outer = outer;
    this.arguments = arguments;
    this.prefix = prefix;
    this.depth = depth;
    this.opsets = opsets;
  }

  /** The model's own graph, where names mean themselves. */
  static Scope top(Opsets opsets) {
    return new Scope(Optional.empty(), Map.of(), "", 0, opsets);
  }

  /** A branch, which sees what is around it. */
  Scope branch(String name) {
    return new Scope(Optional.of(this), arguments, name + "/", depth + 1, opsets);
  }

  /** The body of a function, which sees its arguments only. */
  Scope body(String name, Map<String, AttributeProto> given, Opsets ofFunction) {
    return new Scope(Optional.empty(), given, name + "/", depth + 1, ofFunction);
  }

  int depth() {
    return depth;
  }

  boolean isTop() {
    return depth == 0;
  }

  /** Lets a name stand for a value of the flat graph. */
  void bind(String name, String value) {
    names.put(name, value);
  }

  /** Asks that the value be called so when it is made. */
  void want(String name, String value) {
    wanted.put(name, value);
  }

  /** The value that a name stands for; empty if nothing has made it yet. */
  Optional<String> resolve(String name) {
    String value = names.get(name);
    return value != null ? Optional.of(value) : outer.flatMap(o -> o.resolve(name));
  }

  /** A new value of that name; what it is called in the flat graph. */
  String define(String name, GraphDraft draft) {
    if (name.isEmpty()) {
      return "";
    }
    String value =
        isTop()
            ? name
            : Optional.ofNullable(wanted.get(name)).orElseGet(() -> draft.unique(prefix + name));
    names.put(name, value);
    return value;
  }

  boolean defines(String name) {
    return names.containsKey(name);
  }

  /** What a node is called in the flat graph. */
  String nodeName(NodeProto node) {
    return node.getName().isEmpty() ? "" : prefix + node.getName();
  }

  /** A node's attributes, with those that refer to the arguments of the function filled in. */
  List<AttributeProto> attributes(NodeProto node) {
    List<AttributeProto> filled = new ArrayList<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String reference = attribute.getRefAttrName();
      if (reference.isEmpty()) {
        filled.add(attribute);
      } else if (arguments.containsKey(reference)) {
        filled.add(arguments.get(reference).toBuilder().setName(attribute.getName()).build());
      }
    }
    return filled;
  }
}
