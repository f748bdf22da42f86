package dev.picasso.model.pixels;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A value of a graph each of whose numbers is a pixel of the input, scaled and shifted.
 *
 * @param axis where its channels lie; −1 where it has one channel whose axis is not known
 * @param channels what its channels are made of
 */
record Pixels(int axis, List<Channel> channels) {
  Pixels {
    channels = List.copyOf(channels);
  }

  /**
   * y = scale · x + shift.
   *
   * @param source the channel of the input that x is
   */
  record Channel(int source, double scale, double shift) {
    /** The pixel that becomes zero. */
    double zero() {
      return 0 - shift / scale; // not −0
    }
  }

  /** An input as it is. */
  static Pixels input(int axis, int channels) {
    return new Pixels(
        axis, IntStream.range(0, channels).mapToObj(c -> new Channel(c, 1, 0)).toList());
  }

  boolean isSingle() {
    return channels.size() == 1;
  }

  Pixels at(int newAxis) {
    return new Pixels(newAxis, channels);
  }

  /** Some of the channels, in another order. */
  Pixels picked(int... indices) {
    return new Pixels(axis, IntStream.of(indices).mapToObj(channels::get).toList());
  }

  /** Each number multiplied, then shifted, by what its channel's functions say. */
  Pixels then(IntToDoubleFunction factor, IntToDoubleFunction addend) {
    return new Pixels(
        axis,
        IntStream.range(0, channels.size())
            .mapToObj(
                c ->
                    new Channel(
                        channels.get(c).source(),
                        channels.get(c).scale() * factor.applyAsDouble(c),
                        channels.get(c).shift() * factor.applyAsDouble(c)
                            + addend.applyAsDouble(c)))
            .toList());
  }

  /** Whether all numbers are finite and none stands for nothing. */
  boolean isSound() {
    return channels.stream()
        .allMatch(c -> Double.isFinite(c.scale()) && Double.isFinite(c.shift()) && c.scale() != 0);
  }
}
