package dev.picasso.attribution.perturbation;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The tenth of a map's places where its absolute value is largest. Sampling has said what it has to
 * say of a picture when they no longer change.
 */
final class StrongestTenth {
  /** So many of a hundred places must stay. */
  private static final double STABLE = .95;

  private final BitSet places;

  private StrongestTenth(BitSet places) {
    this.places = places;
  }

  /** Those of a map; of places alike the first. NaN counts as weakest. */
  static StrongestTenth of(float[] map) {
    BitSet places = new BitSet(map.length);
    IntStream.range(0, map.length)
        .boxed()
        .sorted((a, b) -> Float.compare(strength(map[b]), strength(map[a])))
        .limit((map.length + 9) / 10)
        .forEach(places::set);
    return new StrongestTenth(places);
  }

  private static float strength(float value) {
    return Float.isNaN(value) ? -1 : Math.abs(value);
  }

  /** Whether 95 of 100 of these places are among those of another map, from more samples. */
  boolean stays(StrongestTenth later) {
    BitSet both = (BitSet) places.clone();
    both.and(later.places);
    return both.cardinality() >= STABLE * places.cardinality();
  }
}
