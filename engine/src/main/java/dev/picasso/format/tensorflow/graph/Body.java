package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef.ArgDef;

/**
 * The nodes of a graph or of one function in its library.
 *
 * @param nodes by name, in the order of the file
 * @param arguments the places of a function's arguments, by name
 * @param results what a function returns, in order, as its nodes write inputs
 * @param resultNames what those that call the function as an operator call its results
 */
record Body(
    Map<String, NodeDef> nodes,
    Map<String, Integer> arguments,
    List<String> results,
    List<String> resultNames) {

  static Body of(GraphDef graph) {
    return new Body(byName(graph.getNodeList()), Map.of(), List.of(), List.of());
  }

  static Body of(FunctionDef function) {
    Map<String, Integer> arguments = new HashMap<>();
    for (ArgDef argument : function.getSignature().getInputArgList()) {
      arguments.put(argument.getName(), arguments.size());
    }
    List<String> names =
        function.getSignature().getOutputArgList().stream().map(ArgDef::getName).toList();
    List<String> results = names.stream().map(n -> function.getRetOrDefault(n, "")).toList();
    return new Body(byName(function.getNodeDefList()), arguments, results, names);
  }

  private static Map<String, NodeDef> byName(Collection<NodeDef> nodes) {
    Map<String, NodeDef> byName = new LinkedHashMap<>();
    for (NodeDef node : nodes) {
      if (byName.put(node.getName(), node) != null) {
        throw new ModelException("The graph has two nodes " + node.getName() + ".");
      }
    }
    return byName;
  }

  Optional<NodeDef> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }
}
