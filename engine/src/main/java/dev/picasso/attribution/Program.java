package dev.picasso.attribution;

import dev.picasso.Stop;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compiled graph for any number of images. Many are run piece by piece, so that activations fit
 * the memory. Where the model's file fixes how many images there are, fewer are filled up with
 * copies of the last one, whose results are dropped.
 */
final class Program implements AutoCloseable {
  private final CompiledGraph compiled;
  private final Graph graph;
  private final int batch;
  private final boolean fixed;

  private Program(CompiledGraph compiled, Graph graph, int batch, boolean fixed) {
    this.compiled = compiled;
    this.graph = graph;
    this.batch = batch;
    this.fixed = fixed;
  }

  static Program of(Graph graph, RuntimeOptions options) {
    List<Value> arrays = graph.inputs().stream().filter(i -> i.rank() > 0).toList();
    boolean fixed = arrays.stream().noneMatch(i -> i.dim(0) < 0);
    long declared = arrays.stream().mapToLong(i -> i.dim(0)).max().orElse(1);
    int batch = fixed ? (int) Math.max(1, declared) : Batches.size(graph);
    return new Program(CompiledGraph.of(graph, options), graph, batch, fixed);
  }

  /** How many rows are run at once at most. */
  int batch() {
    return batch;
  }

  /**
   * Runs on a tensor for each input; those that go with the batch have a row for each image.
   *
   * @param stop ends the work early, also within a piece
   * @throws ModelException if one has more rows than another, or none
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, Stop stop) {
    Map<String, Tensor> batched = new LinkedHashMap<>();
    Map<String, Tensor> common = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      Tensor given = inputs.get(input.name());
      if (given == null) {
        throw new IllegalArgumentException("the model needs an input " + input.name());
      }
      (isBatched(input) ? batched : common).put(input.name(), given.as(input.type()));
    }
    int rows = rows(batched);
    Map<String, List<Tensor>> parts = new LinkedHashMap<>();
    for (int from = 0; from < rows; from += batch) {
      int start = from;
      int end = Math.min(rows, from + batch);
      Map<String, Tensor> piece = new LinkedHashMap<>(common);
      batched.forEach((name, tensor) -> piece.put(name, piece(tensor, start, end)));
      compiled
          .run(piece, stop)
          .forEach(
              (name, t) ->
                  parts.computeIfAbsent(name, k -> new ArrayList<>()).add(kept(t, end - start)));
    }
    Map<String, Tensor> joined = new LinkedHashMap<>();
    parts.forEach((name, list) -> joined.put(name, Batches.joined(list)));
    return joined;
  }

  private int rows(Map<String, Tensor> batched) {
    List<Long> rows =
        batched.values().stream()
            .map(t -> t.shape().rank() == 0 ? 0 : t.shape().dim(0))
            .distinct()
            .toList();
    if (rows.size() > 1 || rows.contains(0L)) {
      throw new ModelException(
          "The inputs must have a row for each image, as many in each: " + rows);
    }
    return rows.isEmpty() ? batch : Math.toIntExact(rows.get(0));
  }

  private boolean isBatched(Value input) {
    return input.rank() > 0 && (fixed ? input.dim(0) == batch : input.dim(0) < 0);
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
    compiled.close();
  }
}
