package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.picasso.format.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a file is to be read: its own outputs and all operations, or the outputs that somebody
 * asked for and the operations that they need. So a model can be cut before what no importer knows,
 * such as the tables and texts that some exporters put behind a classifier.
 *
 * @param outputs names of values
 * @param nodes in the order of the file
 * @param values all that the nodes read or the outputs are; empty when everything is read
 */
record Wanted(List<String> outputs, List<NodeProto> nodes, Optional<Set<String>> values) {

  /**
   * Chooses.
   *
   * @param asked names of values or operations; empty for the file's own outputs
   * @throws ModelException if there is none of such a name
   */
  static Wanted of(String file, GraphProto graph, List<String> asked) {
    if (asked.isEmpty()) {
      List<String> own =
          graph.getOutputList().stream().map(ValueInfoProto::getName).distinct().toList();
      return new Wanted(own, graph.getNodeList(), Optional.empty());
    }
    List<String> outputs = asked.stream().map(name -> value(file, graph, name)).distinct().toList();
    Set<String> needed = new HashSet<>(outputs);
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        addReads(node, needed);
        nodes.add(node);
      }
    }
    Collections.reverse(nodes);
    return new Wanted(outputs, nodes, Optional.of(needed));
  }

  boolean reads(String input) {
    return values.map(v -> v.contains(input)).orElse(true);
  }

  private static String value(String file, GraphProto graph, String name) {
    Set<String> outputs = new LinkedHashSet<>();
    graph.getNodeList().forEach(n -> outputs.addAll(n.getOutputList()));
    if (outputs.contains(name)) {
      return name;
    }
    return graph.getNodeList().stream()
        .filter(n -> n.getName().equals(name) && n.getOutputCount() > 0)
        .findFirst()
        .map(n -> n.getOutput(0))
        .orElseThrow(
            () ->
                new ModelException(
                    file
                        + ": there is no operation or value "
                        + name
                        + " to take as an output. The last ones are "
                        + String.join(
                            ", ", outputs.stream().skip(Math.max(0, outputs.size() - 20)).toList())
                        + "."));
  }

  /** What a node reads, in the branches and bodies that it holds too. */
  private static void addReads(NodeProto node, Set<String> names) {
    names.addAll(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      List<GraphProto> inner = new ArrayList<>(attribute.getGraphsList());
      if (attribute.hasG()) {
        inner.add(attribute.getG());
      }
      for (GraphProto graph : inner) {
        graph.getOutputList().forEach(o -> names.add(o.getName()));
        graph.getNodeList().forEach(n -> addReads(n, names));
      }
    }
  }
}
