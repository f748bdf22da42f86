package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.functions.Functions;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.functions.Site;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Functions of numbers alone, computed by the runtime while the graph is read. */
final class ConstantCalls {
  private static final double MOST = 1 << 28;

  private final Functions functions;
  private final Evaluator evaluator;

  /** Bytes that are left for what is computed; a short file can ask for any number of them. */
  private long left = Runtime.getRuntime().maxMemory() / 4 * 3;

  ConstantCalls(Functions functions, Evaluator evaluator) {
    this.functions = functions;
    this.evaluator = evaluator;
  }

  List<Known> compute(Site site, String function, Inputs arguments) {
    GraphBuilder g = new GraphBuilder();
    List<Value> made = new ArrayList<>();
    for (LaidOut result : functions.call(g, site, function, arguments)) {
      Value value = result.logical(g);
      requireSmall(value);
      made.add(value);
    }
    List<Optional<Tensor>> direct = made.stream().map(g::constantOf).toList();
    List<Value> open = made.stream().filter(v -> g.constantOf(v).isEmpty()).distinct().toList();
    Map<String, Tensor> computed = Map.of();
    if (!open.isEmpty()) {
      Graph graph = g.build(open);
      computed = evaluator.run(graph, Map.of());
    }
    List<Known> results = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      Map<String, Tensor> all = computed;
      String name = made.get(i).name();
      Tensor tensor = direct.get(i).orElseGet(() -> Objects.requireNonNull(all.get(name)));
      results.add(new Known.Numbers(Numeric.plain(tensor)));
    }
    return results;
  }

  private void requireSmall(Value value) {
    double size = 1;
    for (long dim : value.shape().withBatch(1).dims()) {
      size *= dim;
    }
    if (size > MOST) {
      throw new Unsupported("it makes an array of shape " + value.shape() + ".");
    }
    left -= (long) (size * value.type().bytes());
    if (left < 0) {
      throw new Unsupported(
          "what is computed from constants up to here does not fit into memory; give Java more with"
              + " PICASSO_OPTS=-Xmx…");
    }
  }
}
