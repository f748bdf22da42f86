package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.LayerChoice;
import java.util.List;
import java.util.Optional;

/**
 * A method whose map is a graph: the runtime computes it in one run, scores included, and {@code
 * convert} writes it as a file for any runtime.
 */
public interface GraphMethod extends Attribution {
  /**
   * Adds the map to a graph.
   *
   * @return a row for each image, in the shape of {@link #frame}
   * @throws InapplicableException if the model cannot have it
   */
  Value map(Sketch sketch);

  /** The layer that it looks at; none where it looks at the pixels. */
  default Optional<LayerChoice> looksAt() {
    return Optional.empty();
  }

  /**
   * That layer of a model.
   *
   * @throws InapplicableException if the model has none that will do
   */
  default Optional<Layer> layer(Model model) {
    return looksAt().map(choice -> ChosenLayer.spatial(model, choice));
  }

  /** The layer at whose positions its maps lie; none where they lie at the pixels. */
  default Optional<Layer> positions(Model model) {
    boolean pixels = frame() == Maps.Frame.INPUT || frame() == Maps.Frame.PIXELS;
    return pixels ? Optional.empty() : layer(model);
  }

  /** The graph in which the map is drawn: the model's, with what the method looks at in it. */
  default Graph basis(Model model) {
    return layer(model)
        .map(layer -> model.layers().graphWith(layer))
        .orElseGet(() -> model.scores().graph());
  }

  /** Whether the numbers are of both signs. */
  boolean signed();

  /** What one number is, for people. */
  String meaning();

  @Override
  default void require(Model model, Target like) {
    Value unused = map(GraphMaps.sketch(model, basis(model), like));
  }

  @Override
  default Optional<Graph> graph(Explainer model, Images like, Target target) {
    Sketch sketch = GraphMaps.sketch(model.model(), basis(model.model()), target);
    return Optional.of(GraphMaps.finished(sketch, map(sketch), GraphMaps.MAP));
  }

  @Override
  default Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    return GraphMaps.explain(this, model, x, targets, progress);
  }
}
