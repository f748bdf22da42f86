package dev.picasso.attribution;

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

  /** Whether the numbers are of both signs. */
  boolean signed();

  /** What one number is, for people. */
  String meaning();

  @Override
  default Maps explain(Explainer model, Images x, List<Target> targets, Progress progress) {
    return GraphMaps.explain(this, model, x, targets, progress);
  }
}
