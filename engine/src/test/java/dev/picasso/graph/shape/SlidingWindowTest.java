package dev.picasso.graph.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Padding that {@code auto_pad} leaves to whoever reads it. */
class SlidingWindowTest {
  /** The second axis; an odd cell of padding stands behind, or before where that is asked for. */
  @ParameterizedTest
  @CsvSource({
    "SAME_UPPER, 3, 2, 1, 8, 4, 3, 0, 1",
    "SAME_LOWER, 3, 2, 1, 8, 4, 3, 1, 0",
    "SAME_UPPER, 3, 1, 2, 9, 9, 5, 2, 2",
    "SAME_UPPER, 1, 2, 1, 7, 4, 1, 0, 0",
    "VALID, 3, 2, 1, 9, 4, 3, 0, 0"
  })
  void isWorkedOut(
      String auto,
      long kernel,
      long stride,
      long dilation,
      long in,
      long out,
      long extent,
      long before,
      long after) {
    Attributes given =
        Attributes.of("auto_pad", auto)
            .with("strides", new long[] {7, stride})
            .with("dilations", new long[] {7, dilation});
    assertThat(SlidingWindow.of(given, 1, kernel, in, out))
        .isEqualTo(new SlidingWindow(extent, stride, dilation, before, after));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 3", "1, 2, 4"})
  void isElseWhatTheNodeSays(int axis, long before, long after) {
    Attributes given = Attributes.of("pads", new long[] {1, 2, 3, 4});
    assertThat(SlidingWindow.of(given, axis, 5, 9, 9))
        .isEqualTo(new SlidingWindow(5, 1, 1, before, after));
  }
}
