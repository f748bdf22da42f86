package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Cut;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Repeated;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.KeptValues;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A compiled graph for any number of images. Many are run piece by piece, so that activations fit
 * the memory. Where the model's file fixes how many images there are, fewer are filled up with
 * copies of the last one, whose results are dropped.
 *
 * <p>One that is asked several things about the same images computes once what does not depend on
 * what is asked, such as the forward pass below a gradient. A few things are answered in one run of
 * a graph that has the rest once for each: then no value between leaves the runtime's layout for
 * convolutions. For many the graph is cut in two.
 */
final class Program implements AutoCloseable {
  /** How many questions one run answers at most; each takes its part of a session's memory. */
  static final int TOGETHER = 6;

  private final Graph graph;
  private final Optional<Cut> cut;
  private final boolean changing;
  private final Optional<Repeated> repeated;
  private final CompiledGraph before;
  private final Optional<CompiledGraph> after;
  private final int batch;
  private final boolean fixed;

  private Program(
      Graph graph,
      boolean changing,
      Optional<Cut> cut,
      Optional<Repeated> repeated,
      CompiledGraph before,
      Optional<CompiledGraph> after) {
    List<Value> arrays = graph.inputs().stream().filter(i -> i.rank() > 0).toList();
    long declared = arrays.stream().mapToLong(i -> i.dim(0)).max().orElse(1);
    this.graph = graph;
    this.cut = cut;
    this.repeated = repeated;
    this.changing = changing;
    this.before = before;
    this.after = after;
    this.fixed = arrays.stream().noneMatch(i -> i.dim(0) < 0);
    this.batch = fixed ? (int) Math.max(1, declared) : Batches.size(graph);
  }

  /**
   * Compiles a graph.
   *
   * @param asked the inputs that change while the others stay; none for a graph in one piece
   * @param questions how often they change, at most {@link #TOGETHER}; more if that is not known
   */
  static Program of(Graph graph, Set<String> asked, int questions, RuntimeOptions options) {
    // A graph in one piece need not be looked at for where to cut it.
    Optional<Cut> parts = asked.isEmpty() ? Optional.empty() : Optional.of(Cut.of(graph, asked));
    boolean changing = parts.filter(c -> !c.after().outputs().isEmpty()).isPresent();
    Optional<Cut> cut = parts.filter(c -> changing && !c.before().outputs().isEmpty());
    if (cut.isPresent() && questions <= TOGETHER) {
      Repeated all = Repeated.of(graph, asked, questions);
      CompiledGraph whole = CompiledGraph.of(all.graph(), options);
      return new Program(graph, true, cut, Optional.of(all), whole, Optional.empty());
    }
    CompiledGraph before = CompiledGraph.of(cut.map(Cut::before).orElse(graph), options);
    try {
      Optional<CompiledGraph> after = cut.map(c -> CompiledGraph.of(c.after(), options));
      return new Program(graph, changing, cut, Optional.empty(), before, after);
    } catch (RuntimeException e) {
      before.close();
      throw e;
    }
  }

  /** How many rows are run at once at most. */
  int batch() {
    return batch;
  }

  /**
   * Runs on a tensor for each input; those that go with the batch have a row for each image.
   *
   * @param same for the inputs that stay
   * @param asked for those that change, one after another
   * @param stop ends the work early, also within a piece
   * @return the outputs for each of {@code asked}
   * @throws ModelException if one has more rows than another, or none
   */
  List<Map<String, Tensor>> run(
      Map<String, Tensor> same, List<Map<String, Tensor>> asked, Stop stop) {
    Map<String, Tensor> common = inputs(same);
    List<Map<String, Tensor>> each = asked.stream().map(this::inputs).toList();
    int rows = rows(common, each);
    List<Map<String, List<Tensor>>> parts = new ArrayList<>();
    asked.forEach(a -> parts.add(new LinkedHashMap<>()));
    for (int from = 0; from < rows; from += batch) {
      int start = from;
      int end = Math.min(rows, from + batch);
      List<Map<String, Tensor>> results =
          answers(
              piece(common, start, end),
              each.stream().map(a -> piece(a, start, end)).toList(),
              stop);
      for (int i = 0; i < results.size(); i++) {
        Map<String, List<Tensor>> all = parts.get(i);
        results
            .get(i)
            .forEach(
                (name, t) ->
                    all.computeIfAbsent(name, k -> new ArrayList<>()).add(kept(t, end - start)));
      }
    }
    return parts.stream().map(Program::joined).toList();
  }

  /** Runs once on everything, in one piece. */
  Map<String, Tensor> asItIs(Map<String, Tensor> inputs, Stop stop) {
    return before.run(inputs(inputs), stop);
  }

  /** The answers about one piece. */
  private List<Map<String, Tensor>> answers(
      Map<String, Tensor> same, List<Map<String, Tensor>> asked, Stop stop) {
    if (repeated.isPresent()) {
      return together(repeated.get(), same, asked, stop);
    }
    if (cut.isEmpty() || after.isEmpty()) {
      return changing
          ? asked.stream().map(one -> before.run(together(same, one), stop)).toList()
          : Collections.nCopies(asked.size(), before.run(together(same, asked.get(0)), stop));
    }
    List<Map<String, Tensor>> answers = new ArrayList<>();
    Graph first = cut.get().before();
    List<String> told = graph.outputs().stream().filter(first.outputs()::contains).toList();
    try (KeptValues values = before.keep(read(first, same), stop)) {
      Map<String, Tensor> once = values.copies(told);
      for (Map<String, Tensor> one : asked) {
        Map<String, Tensor> inputs = read(cut.get().after(), together(same, one));
        answers.add(together(once, after.get().run(inputs, values, stop)));
      }
    }
    return answers;
  }

  private List<Map<String, Tensor>> together(
      Repeated all, Map<String, Tensor> same, List<Map<String, Tensor>> asked, Stop stop) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(same);
    for (int i = 0; i < asked.size(); i++) {
      int question = i;
      asked.get(i).forEach((name, t) -> inputs.put(Repeated.name(name, question), t));
    }
    Map<String, Tensor> outputs = before.run(read(all.graph(), inputs), stop);
    List<Map<String, Tensor>> answers = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Map<String, Tensor> answer = new LinkedHashMap<>();
      for (String name : graph.outputs()) {
        String found = all.late().contains(name) ? Repeated.name(name, i) : name;
        answer.put(name, outputs.get(found));
      }
      answers.add(answer);
    }
    return answers;
  }

  private static Map<String, Tensor> together(Map<String, Tensor> one, Map<String, Tensor> other) {
    Map<String, Tensor> all = new LinkedHashMap<>(one);
    all.putAll(other);
    return all;
  }

  private static Map<String, Tensor> read(Graph by, Map<String, Tensor> inputs) {
    Map<String, Tensor> read = new LinkedHashMap<>(inputs);
    read.keySet().removeIf(name -> by.input(name).isEmpty());
    return read;
  }

  private static Map<String, Tensor> joined(Map<String, List<Tensor>> parts) {
    Map<String, Tensor> joined = new LinkedHashMap<>();
    parts.forEach((name, list) -> joined.put(name, Batches.joined(list)));
    return joined;
  }

  /** What the graph reads of it, of the type that it reads. */
  private Map<String, Tensor> inputs(Map<String, Tensor> given) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      Optional.ofNullable(given.get(input.name()))
          .ifPresent(tensor -> inputs.put(input.name(), tensor.as(input.type())));
    }
    return inputs;
  }

  private int rows(Map<String, Tensor> same, List<Map<String, Tensor>> asked) {
    Set<Long> rows = new LinkedHashSet<>();
    for (Value input : graph.inputs()) {
      List<Tensor> given =
          same.containsKey(input.name())
              ? List.of(same.get(input.name()))
              : asked.stream().flatMap(a -> Stream.ofNullable(a.get(input.name()))).toList();
      if (given.isEmpty()) {
        throw new IllegalArgumentException("the model needs an input " + input.name());
      }
      if (isBatched(input)) {
        given.forEach(t -> rows.add(t.shape().rank() == 0 ? 0 : t.shape().dim(0)));
      }
    }
    if (rows.size() > 1 || rows.contains(0L)) {
      throw new ModelException(
          "The inputs must have a row for each image, as many in each: " + rows);
    }
    return rows.stream().findFirst().map(Math::toIntExact).orElse(batch);
  }

  private boolean isBatched(Value input) {
    return input.rank() > 0 && (fixed ? input.dim(0) == batch : input.dim(0) < 0);
  }

  private Map<String, Tensor> piece(Map<String, Tensor> inputs, int from, int to) {
    Map<String, Tensor> piece = new LinkedHashMap<>(inputs);
    piece.replaceAll(
        (name, tensor) -> isBatched(graph.value(name)) ? piece(tensor, from, to) : tensor);
    return piece;
  }

  private Tensor piece(Tensor tensor, int from, int to) {
    Tensor rows = Batches.rows(tensor, from, to);
    return fixed && to - from < batch ? Batches.filledUp(rows, batch) : rows;
  }

  private Tensor kept(Tensor result, int rows) {
    boolean filledUp = fixed && rows < batch && result.shape().rank() > 0;
    return filledUp && result.shape().dim(0) == batch ? Batches.rows(result, 0, rows) : result;
  }

  @Override
  public void close() {
    before.close();
    after.ifPresent(CompiledGraph::close);
  }
}
