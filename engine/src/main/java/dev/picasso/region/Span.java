package dev.picasso.region;

/**
 * Neighbouring cells along one axis.
 *
 * @param from the first
 * @param to the one behind the last; not before {@code from}
 */
public record Span(int from, int to) {
  public Span {
    if (to < from) {
      throw new IllegalArgumentException("a span from " + from + " to " + to);
    }
  }

  public int length() {
    return to - from;
  }

  public boolean holds(int cell) {
    return from <= cell && cell < to;
  }

  /** The middle of these, if they are more than so many. */
  Span cut(int most) {
    int start = from + (length() - most) / 2;
    return length() <= most ? this : new Span(start, start + most);
  }

  /** So many cells that hold these and lie within an axis of some length, moved if need be. */
  Span widened(int length, int cells) {
    int start = Math.max(0, Math.min(from, cells - length));
    return new Span(start, start + length);
  }
}
