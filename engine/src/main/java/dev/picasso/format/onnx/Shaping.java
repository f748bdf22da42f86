package dev.picasso.format.onnx;

import dev.picasso.PicassoException;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.BatchFreeing;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.ShapeProbe;
import dev.picasso.graph.pass.Soundness;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the shapes of a graph that was just read, and whether it takes any number of images. */
final class Shaping {
  private static final int MOST = 25;

  private final String file;
  private final Evaluator evaluator;
  private final Notes notes;

  Shaping(String file, Evaluator evaluator, Notes notes) {
    this.file = file;
    this.evaluator = evaluator;
    this.notes = notes;
  }

  /**
   * The graph with its shapes.
   *
   * @throws ModelException if it cannot be run
   */
  Graph apply(Graph graph) {
    List<String> problems = Soundness.problems(graph, evaluator);
    if (!problems.isEmpty()) {
      throw ModelException.of(
          file + ": cannot be run.",
          problems.stream().limit(MOST).toList(),
          "Tell the size of its input in the configuration (input shape), or export it again.");
    }
    boolean fixed = graph.inputs().stream().allMatch(i -> i.shape().isStatic());
    if (!fixed) {
      return open(graph);
    }
    Optional<Graph> freed = new BatchFreeing(evaluator).free(graph);
    if (freed.isPresent()) {
      notes.add("The file was exported for a fixed number of images; it works with any.");
      return freed.get();
    }
    if (graph.inputs().stream().anyMatch(i -> i.rank() > 1)) {
      notes.add("The file was exported for a fixed number of images and runs with that one only.");
    }
    return probed(graph);
  }

  /** The file may promise more than it holds. */
  private Graph open(Graph graph) {
    try {
      return new ShapeProbe(evaluator).withShapes(graph);
    } catch (PicassoException e) {
      List<Value> single =
          graph.inputs().stream()
              .map(i -> new Value(i.name(), i.type(), i.shape().withBatch(1)))
              .toList();
      Graph one = Graph.of(single, graph.outputs(), graph.nodes(), graph.constants(), Map.of());
      Graph result = probed(one);
      notes.add("The model runs with one image at a time only, though its file promises more.");
      return result;
    }
  }

  private Graph probed(Graph graph) {
    try {
      return new ShapeProbe(evaluator).withShapes(graph);
    } catch (PicassoException e) {
      String shapes =
          String.join(", ", graph.inputs().stream().map(i -> i.name() + " " + i.shape()).toList());
      throw new ModelException(file + ": cannot be run with " + shapes + ": " + e.getMessage(), e);
    }
  }
}
