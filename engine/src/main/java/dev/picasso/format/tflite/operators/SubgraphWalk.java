package dev.picasso.format.tflite.operators;

import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.format.functions.Argument;
import dev.picasso.format.functions.Functions;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.StoredOperator;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.Subgraph;
import dev.picasso.format.tflite.file.TensorContent;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks through the operators of a subgraph, and gathers what is wrong instead of stopping. */
final class SubgraphWalk {
  private static final int MOST_PROBLEMS = 25;

  /** How many numbers constants may have together, for each that the file has. */
  private static final long SHARING = 8;

  private static final long SMALL = 1 << 20;

  private final Subgraph subgraph;
  private final Names names;
  private final OperatorTable table;
  private final Functions functions;
  private final Folding folding;
  private final GraphBuilder g = new GraphBuilder();
  private final Map<Integer, Argument> known = new HashMap<>();
  private final Rows rows = new Rows();
  private final Set<Integer> failed = new HashSet<>();
  private final Set<String> namedValues = new HashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final List<LayerInfo> infos = new ArrayList<>();
  private final Set<Tensor> counted = Collections.newSetFromMap(new IdentityHashMap<>());
  private int operators;
  private long budget;

  SubgraphWalk(
      Subgraph subgraph,
      Names names,
      OperatorTable table,
      Functions functions,
      Evaluator evaluator) {
    this.folding = new Folding(evaluator);
    this.subgraph = subgraph;
    this.names = names;
    this.table = table;
    this.functions = functions;
    long bytes =
        subgraph.tensors().stream()
            .flatMap(t -> t.data().stream())
            .distinct()
            .mapToLong(java.nio.Buffer::remaining)
            .sum();
    this.budget = SMALL + SHARING * bytes;
  }

  GraphBuilder builder() {
    return g;
  }

  List<LayerInfo> infos() {
    return infos;
  }

  Set<String> notes() {
    return notes;
  }

  /**
   * Makes the values of tensors.
   *
   * @return them in order
   * @throws ModelException that names every operator on the way that cannot be imported
   */
  List<LaidOut> walk(String file, List<Integer> wanted, GraphInputs inputs) {
    Set<Integer> needed = new HashSet<>(wanted);
    List<StoredOperator> way = way(needed);
    operators = way.size();
    for (int input : subgraph.inputs()) {
      if (needed.contains(input) && !known.containsKey(input)) {
        addInput(input, inputs);
      }
    }
    way.forEach(this::step);
    requireNoProblems(file);
    List<LaidOut> values = new ArrayList<>();
    for (int tensor : wanted) {
      try {
        values.add(Operation.valueOf(g, argument(tensor)));
      } catch (Unsupported | ModelException e) {
        problem(tensor, "output", String.valueOf(e.getMessage()));
      }
    }
    requireNoProblems(file);
    return values;
  }

  /** The operators that the wanted tensors need, in their order; adds what those need. */
  private List<StoredOperator> way(Set<Integer> needed) {
    List<StoredOperator> way = new ArrayList<>();
    List<StoredOperator> all = subgraph.operators();
    for (int i = all.size() - 1; i >= 0; i--) {
      StoredOperator operator = all.get(i);
      if (operator.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(operator.inputs());
        way.add(0, operator);
      }
    }
    return way;
  }

  private void addInput(int input, GraphInputs inputs) {
    StoredTensor tensor = subgraph.tensors().get(input);
    try {
      LaidOut value = inputs.add(g, tensor, names.of(input));
      namedValues.add(value.stored().name());
      known.put(input, new Argument.Tensor(value));
      String kind = "INPUT (" + tensor.type().name().toLowerCase(Locale.ROOT) + ")";
      infos.add(new LayerInfo(names.of(input), kind, names.of(input), false, 0));
      GraphInputs.note(tensor, names.of(input)).ifPresent(notes::add);
      inputs.assumption(tensor, names.of(input)).ifPresent(notes::add);
    } catch (Unsupported e) {
      problem(input, "input", String.valueOf(e.getMessage()));
    }
  }

  private void step(StoredOperator stored) {
    int first = stored.outputs().isEmpty() ? -1 : stored.outputs().get(0);
    String name = first < 0 ? stored.kind() : names.of(first);
    try {
      OperatorHandler handler = table.find(stored.kind());
      if (stored.inputs().stream().anyMatch(failed::contains)) {
        failed.addAll(stored.outputs());
        return;
      }
      List<Optional<Argument>> inputs = new ArrayList<>();
      for (int input : stored.inputs()) {
        inputs.add(input < 0 ? Optional.empty() : Optional.of(argument(input)));
      }
      Operation operation =
          new Operation(stored, name, inputs, subgraph.tensors(), functions, rows, notes::add);
      keep(
          stored,
          operation,
          constants(handler, operation)
              .orElseGet(() -> g.scoped(name, () -> handler.emit(g, operation))));
    } catch (Unsupported | ModelException e) {
      problem(first, stored.kind(), String.valueOf(e.getMessage()));
      failed.addAll(stored.outputs());
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NegativeArraySizeException e) {
      problem(first, stored.kind(), "its parts do not fit together: " + e.getMessage() + ".");
      failed.addAll(stored.outputs());
    }
  }

  /** What an operator makes of numbers of the file alone, if that is not too much. */
  private Optional<List<Argument>> constants(OperatorHandler handler, Operation operation) {
    Optional<Folding.Folded> folded =
        operation.isOfNumbersOnly() ? folding.fold(handler, operation, budget) : Optional.empty();
    folded.ifPresent(f -> budget -= f.size());
    return folded.map(Folding.Folded::results);
  }

  private void keep(StoredOperator stored, Operation operation, List<Argument> results) {
    if (results.size() < stored.outputs().size()) {
      throw new Unsupported(
          "it has " + stored.outputs().size() + " outputs; " + results.size() + " are known.");
    }
    for (int i = 0; i < stored.outputs().size(); i++) {
      int tensor = stored.outputs().get(i);
      known.put(tensor, named(tensor, operation, results.get(i), i == 0));
    }
  }

  /** A value under the name of its tensor; one that bears another already stays what it is. */
  private Argument named(int tensor, Operation operation, Argument result, boolean first) {
    if (!(result instanceof Argument.Tensor computed)) {
      return result;
    }
    LaidOut value = computed.value();
    Optional<LaidOut> image = rows.image(value);
    if (image.isPresent()) {
      rows.renamed(value, named(tensor, operation, image.get(), first));
      return result;
    }
    return new Argument.Tensor(named(tensor, operation, value, first));
  }

  private LaidOut named(int tensor, Operation operation, LaidOut value, boolean first) {
    Value stored = g.lookUp(value.stored().name());
    if (namedValues.contains(stored.name()) || g.constantOf(stored).isPresent()) {
      return value;
    }
    LaidOut renamed = value.renamed(g.named(stored, names.of(tensor)));
    namedValues.add(renamed.stored().name());
    if (renamed.stored().type().isFloating() && renamed.sizes().isEmpty()) {
      infos.add(
          new LayerInfo(
              renamed.stored().name(),
              operation.kind(),
              renamed.stored().name(),
              renamed.channelsMoved(),
              first ? operation.parameters(counted) : 0));
    }
    return renamed;
  }

  /** What an operator reads: what another made, or a constant of the file. */
  private Argument argument(int tensor) {
    Argument before = known.get(tensor);
    if (before != null) {
      return before;
    }
    StoredTensor stored = subgraph.tensors().get(tensor);
    // A list of axes may be empty; a batch of no images is what a converter made of a mistake.
    boolean emptyList = stored.shape().rank() == 1 && stored.shape().dim(0) == 0;
    if (stored.data().isEmpty() && !emptyList) {
      throw new Unsupported("it reads " + names.of(tensor) + ", which nothing has made before.");
    }
    try {
      Tensor content = TensorContent.read(stored);
      budget -= content.size();
      if (budget < 0) {
        throw new Unsupported("the file uses the same weights again and again.");
      }
      DataType type = Conversions.type(stored);
      // Numbers of the file follow the type of what they meet; so they may be wide.
      DataType wide = type == DataType.INT32 ? DataType.INT64 : type;
      Argument constant = new Argument.Numbers(content.as(wide));
      known.put(tensor, constant);
      return constant;
    } catch (ModelException e) {
      throw new Unsupported("its input " + names.of(tensor) + " " + e.getMessage() + ".");
    }
  }

  private void problem(int tensor, String kind, String message) {
    problems.add((tensor < 0 ? "?" : names.of(tensor)) + " (" + kind + "): " + message);
  }

  private void requireNoProblems(String file) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> shown = problems.stream().limit(MOST_PROBLEMS).toList();
    int more = problems.size() - shown.size();
    throw ModelException.of(
        file + ": " + problems.size() + " of " + operators + " operators cannot be imported.",
        shown,
        (more > 0 ? "…and " + more + " more. " : "")
            + "Convert the model without them, or take an earlier tensor as the output.");
  }
}
