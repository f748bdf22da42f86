package dev.picasso.model.layers;

import java.util.List;

/**
 * A layer with weights.
 *
 * @param name as in the file; where the file names none, that of the node
 * @param constants names of its weights in the graph of the scores: what it multiplies by, and the
 *     biases, scales and shifts that belong to it or come behind it
 */
public record Weighted(String name, List<String> constants) {
  public Weighted {
    constants = List.copyOf(constants);
  }

  /** The same with more constants. */
  Weighted with(List<String> more) {
    return new Weighted(
        name, java.util.stream.Stream.concat(constants.stream(), more.stream()).toList());
  }
}
