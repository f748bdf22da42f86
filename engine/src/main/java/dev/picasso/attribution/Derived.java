package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.model.Model;
import java.util.Set;

/**
 * A program that is made from a model: the model's gradient, its end from a layer on, a whole map.
 * {@link Explainer#run} compiles it when it is first asked for and keeps it under this value, so
 * make it a record of all that the graph depends on.
 *
 * <p>An input of the graph that the model has too is given what the model gets, and other inputs
 * whatever the caller sends. Every input and output goes with the batch, a row for each image, but
 * for {@link #sums}.
 */
public interface Derived {
  /**
   * Makes the graph.
   *
   * @throws dev.picasso.PicassoException if the model cannot have it, in words
   */
  Graph graph(Model model);

  /**
   * The outputs that are sums over the rows; where these are run in pieces, theirs are added up.
   */
  default Set<String> sums() {
    return Set.of();
  }
}
