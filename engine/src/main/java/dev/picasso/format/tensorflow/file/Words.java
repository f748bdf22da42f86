package dev.picasso.format.tensorflow.file;

import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/** What can be said of a graph without walking it. */
final class Words {
  private static final Set<String> VARIABLES =
      Set.of("VarHandleOp", "VariableV2", "Variable", "TemporaryVariable");

  private Words() {}

  /** As in " (TF 2.15)"; empty where the file does not tell. */
  static String version(MetaGraphDef graph) {
    String version = graph.getMetaInfoDef().getTensorflowVersion();
    return version.matches("\\d{1,3}\\.\\d{1,3}.{0,100}")
        ? " (TF " + version.replaceFirst("^(\\d+\\.\\d+).*", "$1") + ")"
        : "";
  }

  /** Whether a variable is among the nodes, or in a function. */
  static boolean holdsVariables(GraphDef graph) {
    return variables(graph).findAny().isPresent();
  }

  /** How many variables there are. */
  static long variableCount(GraphDef graph) {
    return variables(graph).count();
  }

  private static Stream<NodeDef> variables(GraphDef graph) {
    return Stream.concat(
            graph.getNodeList().stream(),
            graph.getLibrary().getFunctionList().stream().flatMap(f -> f.getNodeDefList().stream()))
        .filter(n -> VARIABLES.contains(n.getOp()));
  }
}
