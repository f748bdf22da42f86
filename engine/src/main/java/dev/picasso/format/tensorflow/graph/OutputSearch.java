package dev.picasso.format.tensorflow.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.proto.NodeDef;

/**
 * Finds the outputs of a graph that does not tell them: what follows from the inputs and nothing
 * reads, or, where a graph also trains, the scores that its loss or its accuracy is computed of.
 */
final class OutputSearch {
  private static final Pattern NO_OUTPUT =
      Pattern.compile(
          "(NoOp|Const|Assert|Assign.*|Apply.*|ResourceApply.*|ResourceScatter.*|Scatter.*|Save.*"
              + "|Restore.*|.*Summary.*|Print.*|.*Queue.*|.*Iterator.*|.*Dataset.*|.*Variable.*|VarHandleOp"
              + "|.*Initialize.*|MergeV2Checkpoints|ShardedFilename|Placeholder.*"
              + "|.*TensorArray.*|Shape|ShapeN|Rank|Size|Fill|Exit|Enter|BroadcastGradientArgs|StringJoin"
              + "|.*Grad|.*GradV2|.*Backprop.*Filter|LogicalAnd)");
  private static final Pattern TRAINING =
      Pattern.compile(
          "(SoftmaxCrossEntropyWithLogits|SparseSoftmaxCrossEntropyWithLogits|Apply\\w+"
              + "|ResourceApply\\w+)");
  private static final Set<String> SCORES = Set.of("Softmax", "LogSoftmax", "Sigmoid");

  private final Frame frame;
  private final Wiring wiring;
  private final Uses uses;
  private final Roles roles;

  OutputSearch(Frame frame, Wiring wiring, Uses uses, Roles roles) {
    this.frame = frame;
    this.wiring = wiring;
    this.uses = uses;
    this.roles = roles;
  }

  private Iterable<NodeDef> nodes() {
    return frame.body().nodes().values();
  }

  /** Whether the first output of a node is what it is there for. */
  static boolean hasOneOutput(Ref end) {
    String op = end.frame().node(end.node()).map(NodeDef::getOp).orElse("");
    return op.contains("FusedBatchNorm")
        || op.equals("MaxPoolWithArgmax")
        || op.startsWith("Switch")
        || op.startsWith("Merge");
  }

  /** The outputs, best first; none if nothing looks like one. */
  List<Ref> find() {
    Set<String> reached = reached();
    boolean trains = false;
    for (NodeDef node : nodes()) {
      trains |= TRAINING.matcher(node.getOp()).matches();
    }
    if (trains) {
      List<Ref> scores = scores(reached);
      if (!scores.isEmpty()) {
        return scores;
      }
    }
    return ends(reached);
  }

  /** What nothing reads. Without any input all that is computed counts. */
  private List<Ref> ends(Set<String> reached) {
    List<Ref> ends = new ArrayList<>();
    for (NodeDef node : nodes()) {
      boolean asks = reached.isEmpty() || reached.contains(node.getName());
      if (asks
          && uses.readers(node.getName()).isEmpty()
          && !NO_OUTPUT.matcher(node.getOp()).matches()) {
        ends.add(new Ref(frame, node.getName(), 0));
      }
    }
    return ends;
  }

  /** Probabilities that a person would ask for, else the logits that the loss is computed of. */
  private List<Ref> scores(Set<String> reached) {
    List<Ref> found = new ArrayList<>();
    for (NodeDef node : nodes()) {
      boolean network = reached.contains(node.getName()) && !isGradient(node);
      boolean attention =
          uses.readers(node.getName()).stream()
              .anyMatch(r -> r.getOp().contains("MatMul") && !isGradient(r));
      if (network && SCORES.contains(node.getOp()) && !attention && isLate(node)) {
        found.add(0, new Ref(frame, node.getName(), 0));
      }
    }
    if (!found.isEmpty()) {
      return found.subList(0, 1);
    }
    for (NodeDef node : nodes()) {
      boolean sigmoids =
          node.getOp().equals("GreaterEqual") && node.getName().contains("logistic_loss");
      if (sigmoids || node.getOp().contains("SoftmaxCrossEntropyWithLogits")) {
        Optional<Ref> logits = wiring.inputs(frame, node).stream().findFirst();
        logits.map(this::beforeReshapes).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? found : found.subList(0, 1);
  }

  /** Losses flatten what they are given. */
  private Ref beforeReshapes(Ref tensor) {
    Ref at = tensor;
    for (int i = 0; i < 4; i++) {
      Optional<NodeDef> node = frame.node(at.node());
      if (node.isEmpty() || !Set.of("Reshape", "Identity", "Cast").contains(node.get().getOp())) {
        return at;
      }
      at = wiring.inputs(frame, node.get()).get(0);
    }
    return at;
  }

  /** No convolution or product comes after it. */
  private boolean isLate(NodeDef node) {
    Deque<NodeDef> next = new ArrayDeque<>(uses.readers(node.getName()));
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      NodeDef reader = next.remove();
      if (isGradient(reader) || !seen.add(reader.getName())) {
        continue;
      }
      if (reader.getOp().startsWith("Conv") || reader.getOp().contains("MatMul")) {
        return false;
      }
      next.addAll(uses.readers(reader.getName()));
    }
    return true;
  }

  private static boolean isGradient(NodeDef node) {
    return node.getName().contains("gradients/") || node.getOp().endsWith("Grad");
  }

  /** All that follows from what comes in; nothing where nothing does. */
  private Set<String> reached() {
    Deque<String> next = new ArrayDeque<>();
    for (NodeDef node : nodes()) {
      if (isEntrance(node)) {
        next.add(node.getName());
      }
    }
    Set<String> reached = new HashSet<>();
    while (!next.isEmpty()) {
      String name = next.remove();
      if (reached.add(name)) {
        uses.readers(name).forEach(r -> next.add(r.getName()));
      }
    }
    return reached;
  }

  private boolean isEntrance(NodeDef node) {
    if (node.getOp().startsWith("Placeholder")) {
      return roles.isLookedAt(frame, node);
    }
    return node.getOp().startsWith("IteratorGetNext") || node.getOp().contains("QueueDequeue");
  }
}
