package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one flat graph of a model: functions unfolded, branches on constants decided, every
 * operator in the semantics of {@link Graph#OPSET}.
 */
final class GraphReader {
  private static final int DEEPEST = 40;

  private final String file;
  private final ModelProto model;
  private final InputShapes inputShapes;
  private final List<String> asked;
  private final Branches branches;
  private final TensorReader tensors;
  private final AttributeReader attributeReader;
  private final OpsetUpgrade upgrade;
  private final GraphDraft draft = new GraphDraft();
  private final Problems problems = new Problems();
  private final Map<String, FunctionProto> functions = new HashMap<>();
  private final List<Node> original = new ArrayList<>();
  private int operations;

  GraphReader(
      String file,
      ModelProto model,
      InputShapes inputShapes,
      List<String> asked,
      Branches branches,
      TensorReader tensors,
      Notes notes) {
    this.file = file;
    this.model = model;
    this.inputShapes = inputShapes;
    this.asked = asked;
    this.branches = branches;
    this.tensors = tensors;
    this.attributeReader = new AttributeReader(tensors);
    this.upgrade = OpsetUpgrade.standard(notes);
    model.getFunctionsList().forEach(f -> functions.put(key(f.getDomain(), f.getName()), f));
  }

  /** The graph, its types and shapes not known yet. */
  Graph read() {
    GraphProto graph = model.getGraph();
    Opsets opsets = Opsets.of(model.getOpsetImportList());
    opsets.requireReadable(file);
    Wanted wanted = Wanted.of(file, graph, asked);
    Scope scope = Scope.top(opsets);
    reserveNames(graph);
    initializers(graph, scope);
    inputShapes.requireKnown(graph.getInputList().stream().map(ValueInfoProto::getName).toList());
    for (ValueInfoProto input : graph.getInputList()) {
      if (!scope.defines(input.getName()) && wanted.reads(input.getName())) {
        draft.input(inputShapes.value(input));
        scope.bind(input.getName(), input.getName());
      }
    }
    for (ValueInfoProto info : graph.getValueInfoList()) {
      DataType.ofOnnxCode(info.getType().getTensorType().getElemType())
          .ifPresent(t -> draft.declareType(info.getName(), t));
    }
    walk(wanted.nodes(), scope);
    for (String output : wanted.outputs()) {
      if (scope.resolve(output).isEmpty()) {
        problems.add("the output " + output + " is made by no operation.");
      }
    }
    problems.requireNone(file, Math.max(operations, 1));
    if (wanted.outputs().isEmpty()) {
      throw new ModelException(file + ": has no output.");
    }
    return draft.graph(wanted.outputs());
  }

  /**
   * The operations of the file, Constants left out, as they were before they were brought up to
   * date.
   */
  List<Node> original() {
    return original;
  }

  private void reserveNames(GraphProto graph) {
    graph.getInitializerList().forEach(i -> draft.reserve(i.getName()));
    graph.getInputList().forEach(i -> draft.reserve(i.getName()));
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(draft::reserve));
  }

  private void initializers(GraphProto graph, Scope scope) {
    if (graph.getSparseInitializerCount() > 0) {
      problems.add("its sparse weights: Picasso reads dense ones only.");
    }
    for (TensorProto initializer : graph.getInitializerList()) {
      draft.constant(scope.define(initializer.getName(), draft), tensors.read(initializer));
    }
  }

  private void walk(List<NodeProto> nodes, Scope scope) {
    if (scope.depth() > DEEPEST) {
      throw new EndlessException(file + ": its functions call each other without end.");
    }
    for (NodeProto node : nodes) {
      if (++operations > GraphDraft.MOST_NODES) {
        throw new EndlessException(
            file + ": has more than " + GraphDraft.MOST_NODES + " operations.");
      }
      List<String> inputs = inputs(node, scope);
      try {
        read(node, inputs, scope);
      } catch (EndlessException e) {
        throw e; // going on to collect problems would take as long as the file says
      } catch (IllegalArgumentException | ModelException e) {
        problems.add(title(node) + ": " + e.getMessage());
        node.getOutputList().stream()
            .filter(o -> !scope.defines(o))
            .forEach(o -> scope.define(o, draft));
      }
    }
  }

  private List<String> inputs(NodeProto node, Scope scope) {
    List<String> inputs = new ArrayList<>();
    for (String name : node.getInputList()) {
      Optional<String> value = name.isEmpty() ? Optional.of("") : scope.resolve(name);
      if (value.isEmpty()) {
        problems.add(title(node) + ": reads " + name + ", which nothing before it makes.");
      }
      inputs.add(value.orElse(name));
    }
    while (!inputs.isEmpty() && inputs.get(inputs.size() - 1).isEmpty()) {
      inputs.remove(inputs.size() - 1); // the runtime does not survive all that are left out so
    }
    return inputs;
  }

  private void read(NodeProto node, List<String> inputs, Scope scope) {
    for (String output : node.getOutputList()) {
      if (scope.defines(output)) {
        throw new ModelException("makes " + output + ", which was made before");
      }
    }
    FunctionProto function = functions.get(key(node.getDomain(), node.getOpType()));
    if (function != null) {
      call(function, node, inputs, scope);
      return;
    }
    String domain = Opsets.domain(node.getDomain());
    Refusals.check(domain, node.getOpType());
    if (node.getOpType().equals("If")) {
      take(node, inputs, scope);
      return;
    }
    Attributes attributes = attributeReader.read(scope.attributes(node));
    if (domain.isEmpty()) {
      AttributeKinds.check(node.getOpType(), attributes);
    }
    if (node.getOpType().equals("Constant") && domain.isEmpty()) {
      draft.constant(scope.define(node.getOutput(0), draft), Constants.of(attributes));
      return;
    }
    List<String> outputs = node.getOutputList().stream().map(o -> scope.define(o, draft)).toList();
    if (outputs.stream().allMatch(String::isEmpty)) {
      return;
    }
    Node made =
        new Node(scope.nodeName(node), domain, node.getOpType(), inputs, outputs, attributes);
    original.add(made);
    draft.add(domain.isEmpty() ? upgrade.apply(made, scope.opsets.onnx(), draft) : made);
  }

  private void call(FunctionProto function, NodeProto node, List<String> inputs, Scope scope) {
    Map<String, AttributeProto> given = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> given.put(a.getName(), a));
    scope.attributes(node).forEach(a -> given.put(a.getName(), a));
    Opsets opsets = Opsets.of(function.getOpsetImportList());
    Scope body =
        scope.body(title(node), given, opsets.versions().isEmpty() ? scope.opsets : opsets);
    if (body.opsets.versions().containsKey("")) {
      body.opsets.requireReadable(file);
    }
    for (int i = 0; i < function.getInputCount(); i++) {
      body.bind(function.getInput(i), i < inputs.size() ? inputs.get(i) : "");
    }
    unfold(function.getNodeList(), function.getOutputList(), node, scope, body);
  }

  private void take(NodeProto node, List<String> inputs, Scope scope) {
    if (inputs.isEmpty()) {
      throw new ModelException("has no condition");
    }
    boolean condition = branches.decide(draft, inputs.get(0));
    String wanted = condition ? "then_branch" : "else_branch";
    GraphProto branch =
        scope.attributes(node).stream()
            .filter(a -> a.getName().equals(wanted))
            .findFirst()
            .orElseThrow(() -> new ModelException("has no " + wanted))
            .getG();
    Scope inner = scope.branch(title(node));
    initializers(branch, inner);
    List<String> outputs = branch.getOutputList().stream().map(ValueInfoProto::getName).toList();
    unfold(branch.getNodeList(), outputs, node, scope, inner);
  }

  /** Walks inner nodes; what they make for the outside is called as the outer node says. */
  private void unfold(
      List<NodeProto> nodes, List<String> results, NodeProto node, Scope outer, Scope inner) {
    Map<String, String> outputs = new HashMap<>();
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < node.getOutputCount(); i++) {
      String name = outer.define(node.getOutput(i), draft);
      if (i >= results.size()) {
        throw new ModelException("has more outputs than its definition");
      }
      if (!name.isEmpty()) {
        outputs.put(name, results.get(i));
        if (!inner.defines(results.get(i)) && asked.add(results.get(i))) {
          inner.want(results.get(i), name);
        }
      }
    }
    walk(nodes, inner);
    outputs.forEach(
        (name, result) -> {
          String value =
              inner
                  .resolve(result)
                  .orElseThrow(() -> new ModelException("does not make its output " + result));
          if (!value.equals(name)) {
            draft.add(new Node(name, "Identity", List.of(value), List.of(name), Attributes.none()));
          }
        });
  }

  /** A model that unfolds to more than anybody trained. */
  private static final class EndlessException extends ModelException {
    private static final long serialVersionUID = 1L;

    EndlessException(String message) {
      super(message);
    }
  }

  private static String title(NodeProto node) {
    String name = node.getName();
    if (name.isEmpty()) {
      name = node.getOutputCount() > 0 ? node.getOutput(0) : "";
    }
    return name + " (" + node.getOpType() + ")";
  }

  private static String key(String domain, String name) {
    return Opsets.domain(domain) + ":" + name;
  }
}
