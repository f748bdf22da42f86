package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OutputMemory;
import dev.picasso.runtime.RuntimeOptions;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A compiled graph for any number of images. Many are run piece by piece, so that activations fit
 * the memory, and several pieces go on side by side, by {@link Lanes}; one piece is run by all
 * threads together. Where the model's file fixes how many images there are, fewer are filled up
 * with copies of the last one, whose results are dropped.
 */
final class Program implements AutoCloseable {
  private final Graph graph;
  private final Set<String> sums;
  private final SharedWork work;
  private final Sessions together;
  private final Sessions apart;
  private final Lanes lanes;
  private final boolean fixed;

  /** One for each call that goes on at the same time. */
  private final Deque<OutputMemory> memories = new ConcurrentLinkedDeque<>();

  private Program(Graph graph, Set<String> sums, SharedWork work, RuntimeOptions options) {
    List<Value> arrays = graph.inputs().stream().filter(i -> i.rank() > 0).toList();
    long declared = arrays.stream().mapToLong(i -> i.dim(0)).max().orElse(1);
    this.graph = graph;
    this.sums = Set.copyOf(sums);
    this.work = work;
    this.together = new Sessions(work.first(), work.second(), options);
    this.apart = new Sessions(work.first(), work.second(), options.withThreads(1));
    this.fixed = arrays.stream().noneMatch(i -> i.dim(0) < 0);
    this.lanes = Lanes.of(graph, fixed ? (int) Math.max(1, declared) : 0, options.lanes());
  }

  /**
   * Makes a program of a graph. Its sessions are compiled when they are first needed.
   *
   * @param sums the outputs that are sums over the rows
   * @param asked the inputs that change while the others stay; none for a graph in one piece
   * @param questions how often they change, at most {@link SharedWork#TOGETHER}; more if that is
   *     not known
   */
  static Program of(
      Graph graph, Set<String> sums, Set<String> asked, int questions, RuntimeOptions options) {
    return new Program(graph, sums, SharedWork.of(graph, asked, questions), options);
  }

  /** How many rows are worth handing over at once. */
  int batch() {
    return lanes.batch();
  }

  /** Whether there is such an input. */
  boolean reads(String input) {
    return graph.inputs().stream().anyMatch(value -> value.name().equals(input));
  }

  /** What the weights of its sessions take, in bytes. */
  long bytes() {
    return together.bytes() + apart.bytes();
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
    // By the number of rows alone: the same work again gives the same numbers, to the last bit.
    boolean abreast = rows > lanes.run() && lanes.count() > 1;
    Sessions by = abreast ? apart : together;
    int run = abreast ? lanes.run() : lanes.whole();
    // What several pieces are joined to is a copy; one piece's answer stays where it is.
    boolean copied = rows > run;
    OutputMemory memory =
        Optional.ofNullable(copied ? memories.poll() : null).orElseGet(OutputMemory::new);
    List<Supplier<List<Map<String, Tensor>>>> pieces =
        IntStream.iterate(0, from -> from < rows, from -> from + run)
            .<Supplier<List<Map<String, Tensor>>>>mapToObj(
                from ->
                    () -> answers(by, common, each, from, Math.min(rows, from + run), memory, stop))
            .toList();
    List<List<Map<String, Tensor>>> answers = Abreast.all(abreast ? lanes.count() : 1, pieces);
    List<Map<String, Tensor>> joined =
        IntStream.range(0, asked.size())
            .mapToObj(i -> joined(answers.stream().map(piece -> piece.get(i)).toList()))
            .toList();
    if (copied) {
      memory.release();
      memories.push(memory);
    }
    return joined;
  }

  /** Runs once on everything, in one piece. */
  Map<String, Tensor> asItIs(Map<String, Tensor> given, Stop stop) {
    return together.before().run(inputs(given), stop);
  }

  /**
   * The same on one thing after another, some side by side.
   *
   * @param given made when it is its turn
   */
  List<Map<String, Tensor>> asItIs(List<Supplier<Map<String, Tensor>>> given, Stop stop) {
    boolean abreast = given.size() > 1 && lanes.count() > 1;
    Sessions by = abreast ? apart : together;
    return Abreast.all(
        abreast ? lanes.count() : 1,
        given.stream()
            .<Supplier<Map<String, Tensor>>>map(
                one -> () -> by.before().run(inputs(one.get()), stop))
            .toList());
  }

  private List<Map<String, Tensor>> answers(
      Sessions by,
      Map<String, Tensor> same,
      List<Map<String, Tensor>> asked,
      int from,
      int to,
      OutputMemory memory,
      Stop stop) {
    List<Map<String, Tensor>> answers =
        work.answers(
            by,
            piece(same, from, to),
            asked.stream().map(a -> piece(a, from, to)).toList(),
            memory,
            stop);
    return answers.stream().map(answer -> kept(answer, to - from)).toList();
  }

  private Map<String, Tensor> joined(List<Map<String, Tensor>> pieces) {
    Map<String, Tensor> joined = new LinkedHashMap<>();
    for (String name : pieces.get(0).keySet()) {
      List<Tensor> parts = pieces.stream().flatMap(p -> Stream.ofNullable(p.get(name))).toList();
      joined.put(name, sums.contains(name) ? Batches.added(parts) : Batches.joined(parts));
    }
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
    return rows.stream().findFirst().map(Math::toIntExact).orElse(lanes.whole());
  }

  private boolean isBatched(Value input) {
    return input.rank() > 0 && (fixed ? input.dim(0) == lanes.whole() : input.dim(0) < 0);
  }

  private Map<String, Tensor> piece(Map<String, Tensor> inputs, int from, int to) {
    Map<String, Tensor> piece = new LinkedHashMap<>(inputs);
    piece.replaceAll(
        (name, tensor) -> isBatched(graph.value(name)) ? piece(tensor, from, to) : tensor);
    return piece;
  }

  private Tensor piece(Tensor tensor, int from, int to) {
    Tensor rows = Batches.rows(tensor, from, to);
    return fixed && to - from < lanes.whole() ? Batches.filledUp(rows, lanes.whole()) : rows;
  }

  private Map<String, Tensor> kept(Map<String, Tensor> answer, int rows) {
    Map<String, Tensor> kept = new LinkedHashMap<>(answer);
    kept.replaceAll((name, t) -> kept(t, rows));
    return kept;
  }

  private Tensor kept(Tensor result, int rows) {
    boolean filledUp = fixed && rows < lanes.whole() && result.shape().rank() > 0;
    return filledUp && result.shape().dim(0) == lanes.whole()
        ? Batches.rows(result, 0, rows)
        : result;
  }

  @Override
  public void close() {
    together.close();
    apart.close();
  }
}
