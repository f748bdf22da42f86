package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.graph.Cut;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Repeated;
import dev.picasso.graph.Tensor;
import dev.picasso.runtime.KeptValues;
import dev.picasso.runtime.OutputMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a graph is asked several things about the same rows: what does not depend on what is asked,
 * such as the forward pass below a gradient, is computed once. A few things are answered in one run
 * of a graph that has the rest once for each: then no value between leaves the runtime's layout for
 * convolutions. For many the graph is cut in two.
 */
final class SharedWork {
  /** How many questions one run answers at most; each takes its part of a session's memory. */
  static final int TOGETHER = 6;

  private final Graph graph;
  private final Optional<Cut> cut;
  private final boolean changing;
  private final Optional<Repeated> repeated;

  private SharedWork(
      Graph graph, Optional<Cut> cut, boolean changing, Optional<Repeated> repeated) {
    this.graph = graph;
    this.cut = cut;
    this.changing = changing;
    this.repeated = repeated;
  }

  /**
   * Of a graph.
   *
   * @param asked the inputs that change while the others stay; none for a graph in one piece
   * @param questions how often they change, at most {@link #TOGETHER}; more if that is not known
   */
  static SharedWork of(Graph graph, Set<String> asked, int questions) {
    // A graph in one piece need not be looked at for where to cut it.
    Optional<Cut> parts = asked.isEmpty() ? Optional.empty() : Optional.of(Cut.of(graph, asked));
    boolean changing = parts.filter(c -> !c.after().outputs().isEmpty()).isPresent();
    Optional<Cut> cut = parts.filter(c -> changing && !c.before().outputs().isEmpty());
    Optional<Repeated> repeated =
        cut.filter(c -> questions <= TOGETHER).map(c -> Repeated.of(graph, asked, questions));
    return new SharedWork(graph, cut, changing, repeated);
  }

  /** The graph that is run first, or as the only one. */
  Graph first() {
    return repeated.map(Repeated::graph).or(() -> cut.map(Cut::before)).orElse(graph);
  }

  /** The one that goes on with what the first leaves, for each question. */
  Optional<Graph> second() {
    return repeated.isPresent() ? Optional.empty() : cut.map(Cut::after);
  }

  /**
   * What some rows are answered.
   *
   * @param by the sessions of {@link #first} and {@link #second}
   * @param same for the inputs that stay
   * @param asked for those that change, one after another
   * @param memory of the answers
   */
  List<Map<String, Tensor>> answers(
      Sessions by,
      Map<String, Tensor> same,
      List<Map<String, Tensor>> asked,
      OutputMemory memory,
      Stop stop) {
    if (repeated.isPresent()) {
      return answers(by, repeated.get(), same, asked, memory, stop);
    }
    if (cut.isEmpty()) {
      return changing
          ? asked.stream().map(one -> run(by, both(same, one), memory, stop)).toList()
          : Collections.nCopies(asked.size(), run(by, both(same, asked.get(0)), memory, stop));
    }
    List<Map<String, Tensor>> answers = new ArrayList<>();
    Graph first = cut.get().before();
    List<String> told = graph.outputs().stream().filter(first.outputs()::contains).toList();
    try (KeptValues values = by.before().keep(read(first, same), stop)) {
      Map<String, Tensor> once = values.copies(told);
      for (Map<String, Tensor> one : asked) {
        Map<String, Tensor> inputs = read(cut.get().after(), both(same, one));
        answers.add(both(once, by.after().run(inputs, values, memory, stop)));
      }
    }
    return answers;
  }

  private List<Map<String, Tensor>> answers(
      Sessions by,
      Repeated all,
      Map<String, Tensor> same,
      List<Map<String, Tensor>> asked,
      OutputMemory memory,
      Stop stop) {
    Map<String, Tensor> inputs = new LinkedHashMap<>(same);
    for (int i = 0; i < asked.size(); i++) {
      int question = i;
      asked.get(i).forEach((name, t) -> inputs.put(Repeated.name(name, question), t));
    }
    Map<String, Tensor> outputs = run(by, read(all.graph(), inputs), memory, stop);
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

  private static Map<String, Tensor> run(
      Sessions by, Map<String, Tensor> inputs, OutputMemory memory, Stop stop) {
    return by.before().run(inputs, memory, stop);
  }

  private static Map<String, Tensor> both(Map<String, Tensor> one, Map<String, Tensor> other) {
    Map<String, Tensor> all = new LinkedHashMap<>(one);
    all.putAll(other);
    return all;
  }

  private static Map<String, Tensor> read(Graph by, Map<String, Tensor> inputs) {
    Map<String, Tensor> read = new LinkedHashMap<>(inputs);
    read.keySet().removeIf(name -> by.input(name).isEmpty());
    return read;
  }
}
