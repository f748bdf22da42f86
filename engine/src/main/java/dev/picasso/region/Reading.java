package dev.picasso.region;

import java.util.Optional;

/**
 * Cells of a map at each place: changed ones from what the program has computed, the others from
 * the unchanged input, and what lies outside of the map.
 *
 * @param value whose map it is
 * @param from the map; none if nothing of it changes
 * @param to which cells
 * @param outside what cells outside hold
 * @param axes which axes of the value are rows and columns
 */
public record Reading(String value, Optional<Field> from, Target to, float outside, Axes axes) {
  /** Which cells these are, of whatever value. */
  public record Choice(Optional<Field> from, Target to) {}

  Choice choice() {
    return new Choice(from, to);
  }
}
