package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.LayerInfo;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Functions;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;

/** Reads one node after another: by its handler, or as a function of numbers. */
final class NodeReader {
  /** Operators that show what their input shows. */
  private static final Set<String> UNSEEN =
      Set.of("Cast", "Reshape", "Squeeze", "ExpandDims", "StopGradient");

  private final NodeTable table = NodeTable.standard();
  private final Functions functions = Functions.standard();
  private final ConstantCalls constants;
  private final Roles roles;
  private final List<LayerInfo> layers = new ArrayList<>();
  private final Set<Tensor> counted = Collections.newSetFromMap(new IdentityHashMap<>());

  NodeReader(Evaluator evaluator, Roles roles) {
    this.roles = roles;
    this.constants = new ConstantCalls(functions, evaluator);
  }

  /** The operations on what the model sees, in the order in which they were read. */
  List<LayerInfo> layers() {
    return layers;
  }

  /** Whether the inputs of a node need not be read before it. */
  boolean isSource(Frame frame, NodeDef node) {
    String op = node.getOp();
    return table.isSource(op)
        || roles.isInput(frame, node)
        || (table.find(op).isEmpty() && Entrances.isForeign(op));
  }

  List<Known> read(NodeCall call) {
    Optional<NodeHandler> handler = table.find(call.op());
    boolean forgiving = table.isForgiving(call.op());
    if (!forgiving && has(call, Known.Dead.class)) {
      return call.only(new Known.Dead());
    }
    if (!forgiving && has(call, Known.Failed.class)) {
      requireKnown(call, handler);
      return call.only(new Known.Failed());
    }
    boolean source = isSource(call.wanted().frame(), call.node());
    boolean loop = source && handler.isPresent() && Branching.isLoop(call.op());
    if ((source && handler.isEmpty()) || loop) {
      if (call.walk().isBehindTexts(call.wanted())) {
        return Entrances.behindForeign(call);
      }
      if (handler.isEmpty()) {
        throw new Unsupported("handles texts, tables or lists, which cannot be imported.");
      }
    }
    if (handler.isPresent()) {
      return named(call, handler.get().read(call));
    }
    if (has(call, Known.Foreign.class)) {
      return Entrances.behindForeign(call);
    }
    NodeHandler function = Randomness.touches(call) ? Randomness::read : table.function(call.op());
    return named(call, function.read(call));
  }

  private static boolean has(NodeCall call, Class<? extends Known> kind) {
    return call.inputs().stream().anyMatch(kind::isInstance);
  }

  /** So that all operators that cannot be imported are told, not only the first. */
  private void requireKnown(NodeCall call, Optional<NodeHandler> handler) {
    if (handler.isEmpty()) {
      functions.require("raw." + call.op());
    }
  }

  /** The functions that nodes without a handler are. */
  Functions functions() {
    return functions;
  }

  /** What a function makes, of numbers alone at once. */
  List<Known> function(NodeCall call, String function, List<Known> given) {
    Inputs arguments = arguments(call, given);
    if (given.stream().allMatch(Known.Numbers.class::isInstance)) {
      return constants.compute(call, function, arguments);
    }
    return functions.call(call.builder(), call, function, arguments).stream()
        .map(NodeReader::known)
        .toList();
  }

  /** What a function is called with for a node. */
  static Inputs arguments(NodeCall call, List<Known> given) {
    return new Inputs(
        given.stream().map(NodeReader::argument).toList(), Attributes.of(call.node()));
  }

  private static Argument argument(Known known) {
    if (known instanceof Known.Flow flow) {
      return new Argument.Tensor(flow.value());
    }
    if (known instanceof Known.Numbers numbers) {
      return new Argument.Numbers(numbers.tensor());
    }
    throw new Unsupported(
        known instanceof Known.Random
            ? "draws random numbers."
            : "reads a variable, a text or a table where numbers are needed.");
  }

  /** Lengths of axes that do not depend on the batch are numbers. */
  private static Known known(LaidOut value) {
    Optional<List<Size>> sizes =
        value.sizes().filter(all -> all.stream().noneMatch(Size::perImage));
    if (sizes.isEmpty() || value.rank() > 1) {
      return new Known.Flow(value);
    }
    long[] numbers = sizes.get().stream().mapToLong(Size::number).toArray();
    return new Known.Numbers(value.rank() == 0 ? Tensor.scalar(numbers[0]) : Tensor.longs(numbers));
  }

  // -------------------------------------------------------------------- names

  /** Gives what a node made the name of the node. */
  private List<Known> named(NodeCall call, List<Known> outputs) {
    List<Known> named = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      named.add(
          outputs.get(i) instanceof Known.Flow flow && isNew(call, flow.value())
              ? new Known.Flow(named(call, flow.value(), i))
              : outputs.get(i));
    }
    return named;
  }

  private static boolean isNew(NodeCall call, LaidOut value) {
    GraphBuilder g = call.builder();
    String name = value.stored().name();
    return g.isMade(value.stored())
        && call.inputs().stream()
            .noneMatch(k -> k instanceof Known.Flow f && f.value().stored().name().equals(name));
  }

  private LaidOut named(NodeCall call, LaidOut value, int output) {
    boolean plain = output == 0 && !call.walk().isInput(call.path());
    String wanted = plain ? call.path() : call.path() + ":" + output;
    Value stored = call.builder().named(value.stored(), wanted);
    LaidOut renamed = value.renamed(stored);
    if (stored.type().isFloating() && !UNSEEN.contains(call.op())) {
      layers.add(
          new LayerInfo(
              stored.name(), call.op(), stored.name(), renamed.channelsMoved(), parameters(call)));
    }
    return renamed;
  }

  /**
   * Numbers that were learned and that no operation before has counted; those of no axis are such
   * as dropout's rate or a margin.
   */
  private long parameters(NodeCall call) {
    return call.inputs().stream()
        .filter(Known.Numbers.class::isInstance)
        .map(k -> ((Known.Numbers) k).tensor())
        .filter(t -> t.type().isFloating() && t.shape().rank() > 0)
        .filter(counted::add)
        .mapToLong(Tensor::size)
        .sum();
  }
}
