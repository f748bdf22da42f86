package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.Unsupported;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** Which node makes what another one reads, through calls of functions and decided branches. */
final class Wiring {
  private static final Set<String> CALLS =
      Set.of("PartitionedCall", "StatefulPartitionedCall", "TPUPartitionedCall", "RemoteCall");
  private static final Set<String> BRANCHES = Set.of("If", "StatelessIf");
  private static final Set<String> CASES = Set.of("Case", "StatelessCase");
  private static final int DEEPEST = 200;
  private static final int MOST_FRAMES = 20_000;

  private final Library library;
  private final OutputNames names;
  private final Map<Place, Frame> frames = new HashMap<>();

  /** Which node makes a tensor, for those that were followed before. */
  private final Map<Ref, Ref> makers = new HashMap<>();

  /** A node in a frame, and the function that it calls. */
  private record Place(Frame frame, String node, String function) {}

  /** The numbers of a tensor that decides a branch; empty while they are not known. */
  @FunctionalInterface
  interface Decisions {
    Optional<Known> of(Ref condition);
  }

  /** Where a tensor is made, or what must be known before that can be said. */
  sealed interface Source {
    /** It is made by this node, which calls nothing. */
    record Made(Ref by) implements Source {}

    /** It depends on which branch is taken. */
    record Undecided(Ref condition) implements Source {}
  }

  Wiring(Library library) {
    this.library = library;
    this.names = new OutputNames(library);
  }

  /** The data inputs of a node. */
  List<Ref> inputs(Frame frame, NodeDef node) {
    return node.getInputList().stream()
        .filter(i -> !i.startsWith("^"))
        .map(i -> Ref.parse(frame, i, names))
        .toList();
  }

  /** The nodes that only say that they come before. */
  List<Ref> controls(Frame frame, NodeDef node) {
    return node.getInputList().stream()
        .filter(i -> i.startsWith("^"))
        .map(i -> new Ref(frame, i.substring(1), 0))
        .toList();
  }

  /** What a function calls a tensor that its nodes read or return. */
  Ref parse(Frame frame, String text) {
    return Ref.parse(frame, text, names);
  }

  /**
   * Follows a tensor to the node that computes it.
   *
   * @throws Unsupported if a function is missing, or calls itself
   */
  Source source(Ref asked, Decisions decisions) {
    Set<Ref> passed = new HashSet<>();
    Source source = follow(asked, decisions, passed);
    if (source instanceof Source.Made made) {
      passed.forEach(tensor -> makers.put(tensor, made.by()));
    }
    return source;
  }

  private Source follow(Ref asked, Decisions decisions, Set<Ref> passed) {
    Ref at = asked;
    while (true) {
      Ref maker = makers.get(at);
      if (maker != null) {
        return new Source.Made(maker);
      }
      if (!passed.add(at)) {
        throw new Unsupported("the tensor " + at.text() + " is made of itself.");
      }
      Optional<Ref> argument = at.frame().argument(at.node());
      if (argument.isPresent()) {
        at = argument.get();
        continue;
      }
      Ref here = at;
      NodeDef node =
          at.frame()
              .node(at.node())
              .orElseThrow(
                  () -> new ModelException("The graph has no node " + here.node() + " to read."));
      Optional<String> function;
      int skipped = 0;
      if (BRANCHES.contains(node.getOp()) || CASES.contains(node.getOp())) {
        Ref condition =
            inputs(at.frame(), node).stream()
                .findFirst()
                .orElseThrow(() -> new Unsupported(here.node() + " has no condition."));
        Optional<Known> decided = decisions.of(condition);
        if (decided.isEmpty()) {
          return new Source.Undecided(condition);
        }
        function = branch(node, decided.get());
        if (function.isEmpty()) {
          return new Source.Made(at);
        }
        skipped = 1;
      } else {
        function = called(node);
        if (function.isEmpty()) {
          return new Source.Made(at);
        }
      }
      Frame inner = frame(at.frame(), node, function.get(), skipped);
      List<String> results = inner.body().results();
      if (at.output() >= results.size()) {
        throw new Unsupported(
            "the function " + function.get() + " has only " + results.size() + " results.");
      }
      at = parse(inner, results.get(at.output()));
    }
  }

  /** The function that a node calls; empty if it calls none. */
  Optional<String> called(NodeDef node) {
    if (CALLS.contains(node.getOp())) {
      return Optional.of(
          node.getAttrOrDefault("f", AttrValue.getDefaultInstance()).getFunc().getName());
    }
    return library.find(node.getOp()).isPresent() ? Optional.of(node.getOp()) : Optional.empty();
  }

  /** What a function of that name computes; empty where the file has none. */
  Optional<Body> body(String function) {
    return library.find(function);
  }

  /** The frame of a call. */
  Frame frame(Frame outer, NodeDef node, String function, int skipped) {
    Place place = new Place(outer, node.getName(), function);
    Frame known = frames.get(place);
    if (known == null) {
      if (outer.depth() >= DEEPEST || frames.size() >= MOST_FRAMES) {
        throw new ModelException("The functions of the graph call one another without end.");
      }
      Body body =
          library
              .find(function)
              .orElseThrow(() -> new Unsupported("the file has no function " + function + "."));
      List<Ref> inputs = inputs(outer, node);
      known =
          outer.calling(
              node.getName(),
              body,
              new ArrayList<>(inputs.subList(Math.min(skipped, inputs.size()), inputs.size())));
      frames.put(place, known);
    }
    return known;
  }

  private static Optional<String> branch(NodeDef node, Known condition) {
    if (!(condition instanceof Known.Numbers numbers) || numbers.tensor().size() != 1) {
      return Optional.empty();
    }
    long value = numbers.tensor().longs()[0];
    AttrValue none = AttrValue.getDefaultInstance();
    if (BRANCHES.contains(node.getOp())) {
      String side = value != 0 ? "then_branch" : "else_branch";
      return Optional.of(node.getAttrOrDefault(side, none).getFunc().getName());
    }
    var branches = node.getAttrOrDefault("branches", none).getList().getFuncList();
    int last = branches.size() - 1;
    return last < 0
        ? Optional.empty()
        : Optional.of(branches.get(value < 0 || value > last ? last : (int) value).getName());
  }

  /** Where a tensor is made if no branch is in the way. */
  Optional<Ref> madeBy(Ref ref) {
    return source(ref, c -> Optional.empty()) instanceof Source.Made made
        ? Optional.of(Objects.requireNonNull(made.by()))
        : Optional.empty();
  }
}
