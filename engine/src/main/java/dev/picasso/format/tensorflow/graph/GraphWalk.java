package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Reads what a tensor needs, and no more, so that training nodes beside a network do not matter.
 */
final class GraphWalk {
  private static final int MOST_NODES = 200_000;
  private static final int MOST_DECISIONS = 200;

  private final GraphBuilder g;
  private final Wiring wiring;
  private final GraphInputs inputs;
  private final Weights weights;
  private final NodeReader reader;
  private final Pivots pivots;
  private final Roles roles;

  private final Map<Ref, Known> results = new LinkedHashMap<>();
  private final Map<Ref, Known> decided = new HashMap<>();
  private int deciding;
  private final Map<Ref, NodeCall> calls = new HashMap<>();
  private final Map<Ref, String> problems = new LinkedHashMap<>();
  private final Set<String> notes;
  private final Set<String> offered = new LinkedHashSet<>();

  GraphWalk(
      GraphBuilder g,
      Wiring wiring,
      GraphInputs inputs,
      Weights weights,
      NodeReader reader,
      Roles roles,
      Set<String> notes) {
    this.g = g;
    this.wiring = wiring;
    this.inputs = inputs;
    this.weights = weights;
    this.reader = reader;
    this.pivots = new Pivots(wiring);
    this.roles = roles;
    this.notes = notes;
  }

  GraphBuilder builder() {
    return g;
  }

  NodeReader reader() {
    return reader;
  }

  /** What placeholders stand for. */
  Roles roles() {
    return roles;
  }

  /** A line for each node that could not be imported, in the order in which they were met. */
  List<String> problems() {
    return List.copyOf(new LinkedHashSet<>(problems.values()));
  }

  /** Nodes behind decoded texts that could be the input. */
  List<String> offered() {
    return List.copyOf(offered);
  }

  void offer(String node) {
    offered.add(node);
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /** All tensors that have been read, by the names that the file gives them. */
  Map<String, Known> read() {
    Map<String, Known> byName = new LinkedHashMap<>();
    results.forEach((ref, known) -> byName.putIfAbsent(ref.text(), known));
    return byName;
  }

  /** All outputs of a node that has been read. */
  List<Known> all(Ref first) {
    List<Known> all = new ArrayList<>();
    Optional<Ref> made = maker(first);
    for (int i = 0; made.isPresent(); i++) {
      Known known = results.get(new Ref(made.get().frame(), made.get().node(), i));
      if (known == null) {
        break;
      }
      all.add(known);
    }
    return all;
  }

  // --------------------------------------------------------------------- walk

  /** What is known of a tensor, after all that it needs has been read. */
  Known read(Ref wanted) {
    List<Ref> needed = needed(wanted);
    while (!needed.isEmpty()) {
      needed.forEach(this::walk);
      needed = needed(wanted);
    }
    return result(wanted);
  }

  /** Depth first, on a stack of our own: networks are deeper than Java's. */
  private void walk(Ref start) {
    Deque<Ref> stack = new ArrayDeque<>();
    Set<Ref> open = new HashSet<>();
    stack.push(start);
    while (!stack.isEmpty()) {
      Ref at = stack.element();
      List<Ref> missing = results.containsKey(at) ? List.of() : missing(at);
      if (missing.isEmpty()) {
        stack.pop();
        open.remove(at);
        if (!results.containsKey(at)) {
          emit(at);
        }
        continue;
      }
      open.add(at);
      for (Ref needed : missing) {
        if (open.contains(needed)) {
          throw new ModelException(
              "The graph has a cycle: the node " + needed.node() + " needs its own output.");
        }
        stack.push(needed);
      }
    }
  }

  /** What must be read before a node can be. */
  private List<Ref> missing(Ref at) {
    NodeDef node = at.frame().node(at.node()).orElseThrow();
    boolean fed = inputs.fedInto(at).isPresent();
    List<Ref> reads = new ArrayList<>();
    if (fed ? takesShapeOfInput(at, node) : !reader.isSource(at.frame(), node)) {
      reads.addAll(wiring.inputs(at.frame(), node));
    }
    if (!fed) {
      reads.addAll(pivots(at));
    }
    return reads.stream().flatMap(r -> needed(r).stream()).toList();
  }

  private Set<Ref> pivots(Ref at) {
    try {
      return pivots.of(at);
    } catch (Unsupported e) {
      problems.putIfAbsent(at, at.node() + ": " + e.getMessage());
      return Set.of();
    }
  }

  /** The tensor itself, or what decides which one it is, if that has not been read. */
  private List<Ref> needed(Ref tensor) {
    try {
      Wiring.Source source = wiring.source(tensor, this::decision);
      if (source instanceof Wiring.Source.Undecided undecided) {
        return needed(undecided.condition());
      }
      Ref made = ((Wiring.Source.Made) source).by();
      return results.containsKey(made) ? List.of() : List.of(made);
    } catch (Unsupported e) {
      problems.putIfAbsent(tensor, tensor.node() + ": " + e.getMessage());
      return List.of();
    }
  }

  /** What decides a branch, if it is known; which branch that comes from may have to be decided. */
  private Optional<Known> decision(Ref condition) {
    Known known = decided.get(condition);
    if (known != null) {
      return Optional.of(known);
    }
    if (deciding >= MOST_DECISIONS) {
      throw new Unsupported(
          condition.node() + " hangs on more than " + MOST_DECISIONS + " branches, one by one.");
    }
    deciding++;
    try {
      Optional<Known> found =
          wiring.source(condition, this::decision) instanceof Wiring.Source.Made made
              ? Optional.ofNullable(results.get(made.by()))
              : Optional.empty();
      found.ifPresent(k -> decided.put(condition, k));
      return found;
    } finally {
      deciding--;
    }
  }

  private Known result(Ref tensor) {
    return maker(tensor)
        .map(m -> results.getOrDefault(m, new Known.Failed()))
        .orElse(new Known.Failed());
  }

  private Optional<Ref> maker(Ref tensor) {
    try {
      return wiring.source(tensor, this::decision) instanceof Wiring.Source.Made made
          ? Optional.of(made.by())
          : Optional.empty();
    } catch (Unsupported e) {
      return Optional.empty();
    }
  }

  private void emit(Ref at) {
    if (results.size() > MOST_NODES) {
      throw new ModelException("The graph has more than " + MOST_NODES + " tensors.");
    }
    NodeDef node = at.frame().node(at.node()).orElseThrow();
    Optional<String> input = inputs.fedInto(at);
    try {
      List<Known> outputs =
          input.isPresent()
              ? new NodeCall(this, at, node, List.of()).only(fed(at, node, input.get()))
              : emitted(at, node);
      for (int i = 0; i < outputs.size(); i++) {
        if (!(outputs.get(i) instanceof Known.Unread)) {
          results.putIfAbsent(new Ref(at.frame(), at.node(), i), outputs.get(i));
        }
      }
      if (!results.containsKey(at)) {
        throw new Unsupported("has no output " + at.output() + ".");
      }
    } catch (Unsupported e) {
      fail(at, node, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      fail(at, node, "does not fit its inputs: " + e.getMessage());
    }
  }

  private void fail(Ref at, NodeDef node, String reason) {
    problems.put(at, node.getName() + " (" + node.getOp() + "): " + reason);
    results.put(at, new Known.Failed());
  }

  private List<Known> emitted(Ref at, NodeDef node) {
    boolean source = reader.isSource(at.frame(), node);
    List<Known> given =
        source ? List.of() : wiring.inputs(at.frame(), node).stream().map(this::result).toList();
    NodeCall call = new NodeCall(this, at, node, given);
    calls.put(new Ref(at.frame(), at.node(), 0), call);
    List<Known> reached = pivots(at).stream().map(this::result).toList();
    if (reached.stream().anyMatch(Known.Dead.class::isInstance)) {
      return call.only(new Known.Dead());
    }
    if (reached.stream().anyMatch(Known.Failed.class::isInstance)) {
      return call.only(new Known.Failed());
    }
    return g.scoped(call.path(), () -> reader.read(call)); // "Relu:0" stays free for a node Relu
  }

  private Known fed(Ref at, NodeDef node, String name) {
    TensorShapeProto shape = Entrances.shapeOf(node, at.output());
    if (takesShapeOfInput(at, node)) {
      shape = shapeOf(result(wiring.inputs(at.frame(), node).get(0)));
    }
    DataType type = Entrances.typeOf(node, at.output());
    return input(name, Numeric.is(type) ? type : DataType.DT_FLOAT, shape);
  }

  /** Whether a node that is fed says no shape, but reads what may have one. */
  private static boolean takesShapeOfInput(Ref at, NodeDef node) {
    return node.getOp().equals("Identity")
        && node.getInputCount() > 0
        && Entrances.shapeOf(node, at.output()).getUnknownRank();
  }

  private static TensorShapeProto shapeOf(Known known) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    if (known instanceof Known.Numbers numbers) {
      for (long dim : numbers.tensor().shape().dims()) {
        shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
      }
      return shape.build();
    }
    return shape.setUnknownRank(true).build();
  }

  // ------------------------------------------------------------ for the nodes

  /** An input of the graph. */
  Known input(String name, DataType type, TensorShapeProto shape) {
    return new Known.Flow(inputs.of(name, type, shape));
  }

  /** The call of the node that makes an input of another; empty where it has none. */
  Optional<NodeCall> callOf(Frame frame, NodeDef node, int place) {
    List<Ref> all = wiring.inputs(frame, node);
    return place < all.size()
        ? maker(all.get(place))
            .flatMap(m -> Optional.ofNullable(calls.get(new Ref(m.frame(), m.node(), 0))))
        : Optional.empty();
  }

  /** The node that makes an input of another, whatever it is; empty where that is not decided. */
  Optional<NodeDef> maker(Frame frame, NodeDef node, int place) {
    List<Ref> all = wiring.inputs(frame, node);
    return place < all.size()
        ? maker(all.get(place)).flatMap(m -> m.frame().node(m.node()))
        : Optional.empty();
  }

  /** Whether all that a tensor comes from is text, files and lists. */
  boolean isBehindTexts(Ref tensor) {
    return new TextSearch(wiring).isBehindTexts(tensor);
  }

  /** The numbers of a constant that lie outside of the graph. */
  Optional<Tensor> constant(String node) {
    return weights.constant(node);
  }

  /** The numbers of a variable. */
  Known variable(Ref node) {
    return weights.of(node, this::read);
  }

  /** Whether that is the name of an input, which no other value may take. */
  boolean isInput(String name) {
    return inputs.isNamed(name);
  }

  /** A value of the graph that is made. */
  LaidOut value(Known known) {
    if (known instanceof Known.Flow flow) {
      return flow.value();
    }
    if (known instanceof Known.Numbers numbers) {
      return LaidOut.asIs(g.constant(numbers.tensor()));
    }
    throw new Unsupported("reads what is no number.");
  }

  /** What a function of numbers makes. */
  List<Known> function(NodeCall call, String function, List<Known> given) {
    return reader.function(call, function, given);
  }
}
