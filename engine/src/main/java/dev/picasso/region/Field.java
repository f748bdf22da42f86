package dev.picasso.region;

import dev.picasso.graph.Value;

/**
 * All cells of a map, and which of them change.
 *
 * @param height how many rows the map has
 * @param width how many columns
 */
public record Field(Influence rows, int height, Influence columns, int width) {
  static Field of(Value value, Changed changed) {
    return new Field(
        changed.rows(),
        changed.axes().height(value.shape()),
        changed.columns(),
        changed.axes().width(value.shape()));
  }
}
