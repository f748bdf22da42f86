package dev.picasso.attribution;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * When random sampling of a map may end early: when the strongest tenth of its places is stable.
 * The map is looked at whenever the number of samples has doubled; it is stable if at least 95 of
 * 100 of the places that are strongest now were among the strongest at half of the samples.
 *
 * <p>A map of n samples is as far from that of 2n, in variance, as that of 2n is from the one of
 * infinitely many: σ²/n − σ²/2n = σ²/2n. So what stayed in the last half of the samples is what
 * would stay if sampling went on for ever; whatever the numbers are, and however those of
 * neighbours depend on one another, of which the standard errors of single places tell nothing.
 */
public final class StrongestTenth {
  /** What the setting does that asks for it, for people. */
  public static final String HELP =
      "End early, when doubling their number leaves 95 % of the strongest tenth of the pixels.";

  private static final double STABLE = .95;

  private BitSet before = new BitSet();
  private int next;

  /**
   * With nothing sampled yet.
   *
   * @param first after how many samples the map is looked at for the first time; it is never stable
   *     then
   */
  public StrongestTenth(int first) {
    this.next = first;
  }

  /** The number of samples at which the map is to be looked at. */
  public int next() {
    return next;
  }

  /**
   * Whether sampling may end.
   *
   * @param map of {@link #next} samples, one number a place
   */
  public boolean isStable(float[] map) {
    BitSet now = places(map);
    before.and(now);
    boolean stable = !now.isEmpty() && before.cardinality() >= STABLE * now.cardinality();
    before = now;
    next = Math.multiplyExact(2, next);
    return stable;
  }

  /** The tenth of largest absolute value; of places alike the first. None is zero or no number. */
  private static BitSet places(float[] map) {
    BitSet places = new BitSet(map.length);
    IntStream.range(0, map.length)
        .filter(i -> Math.abs(map[i]) > 0)
        .boxed()
        .sorted((a, b) -> Float.compare(Math.abs(map[b]), Math.abs(map[a])))
        .limit((map.length + 9) / 10)
        .forEach(places::set);
    return places;
  }
}
