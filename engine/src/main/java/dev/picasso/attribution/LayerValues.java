package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a layer holds, folded ones too, beside the model's scores and probabilities.
 *
 * @param more names of further values that come out, such as what a target weighs
 */
public record LayerValues(Layer layer, List<String> more) implements Derived {
  private static final String GRID = "picasso/grid";
  private static final String RAW = "picasso/layer";

  public LayerValues {
    more = List.copyOf(more);
  }

  @Override
  public Graph graph(Model model) {
    GraphBuilder g = GraphBuilder.from(model.layers().graphWith(layer));
    Set<String> names = new TreeSet<>(more);
    names.add(model.scores().scores());
    names.add(model.scores().probabilities());
    List<Value> outputs = new ArrayList<>(names.stream().map(g::lookUp).toList());
    Value raw = g.lookUp(layer.value());
    if (layer.isSpatial()) {
      outputs.add(g.named(g.identity(layer.grid().toGrid(g, raw)), GRID));
    }
    if (!(layer.grid() instanceof Grid.Spatial)) {
      outputs.add(g.named(g.identity(raw), RAW));
    }
    return g.build(outputs);
  }

  /** The layer's channels, [N, K, h, w], in what the program gave. */
  public Tensor channels(Map<String, Tensor> outputs) {
    return Explainer.floats(outputs, GRID);
  }

  /** The layer's value as it lies in the graph. */
  public Tensor raw(Map<String, Tensor> outputs) {
    return Explainer.floats(outputs, outputs.containsKey(RAW) ? RAW : GRID);
  }
}
