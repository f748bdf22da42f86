package dev.picasso.format.onnx;

import dev.picasso.PicassoException;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.graph.pass.Randomness;
import dev.picasso.graph.pass.SampleInputs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides the condition of an If while the model is read. Exporters leave Ifs that ask for ranks
 * and sizes; those have one answer for all images. A condition on pixels has none.
 */
final class Branches {
  private final Evaluator evaluator;

  Branches(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  boolean decide(GraphDraft draft, String condition) {
    Optional<Tensor> constant = draft.constantOf(condition);
    if (constant.isPresent()) {
      return truth(constant.get());
    }
    Graph graph = draft.graph(List.of(condition));
    if (readsContent(graph)) {
      throw new ModelException("which branch it takes depends on the image");
    }
    try {
      boolean two = truth(run(graph, condition, 2));
      if (two == truth(run(graph, condition, 3))) {
        return two;
      }
    } catch (PicassoException e) {
      throw new ModelException("its condition cannot be computed: " + e.getMessage(), e);
    }
    throw new ModelException("which branch it takes depends on the number of images");
  }

  private Tensor run(Graph graph, String condition, long batch) {
    Tensor result = evaluator.run(graph, SampleInputs.of(graph, batch, 0)).get(condition);
    if (result == null) {
      throw new ModelException("its condition cannot be computed");
    }
    return result;
  }

  private static boolean truth(Tensor condition) {
    if (condition.size() != 1) {
      throw new ModelException("its condition is no single truth value");
    }
    return condition.floats()[0] != 0;
  }

  /** Whether the result hangs on the numbers in an input, not only on its shape. */
  private static boolean readsContent(Graph graph) {
    Deque<String> open = new ArrayDeque<>(graph.outputs());
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (graph.input(name).isPresent()) {
        return true;
      }
      Optional<Node> maker = graph.producer(name);
      if (maker.isPresent() && !List.of("Shape", "Size").contains(maker.get().op())) {
        if (Randomness.draws(maker.get())) {
          return true;
        }
        maker.get().inputs().stream().filter(seen::add).forEach(open::push);
      }
    }
    return false;
  }
}
