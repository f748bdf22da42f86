package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.Frame;
import dev.picasso.image.Window;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenMaskTest {
  private static IntPredicate box(int width, Window box) {
    return i ->
        i % width >= box.left()
            && i % width < box.left() + box.width()
            && i / width >= box.top()
            && i / width < box.top() + box.height();
  }

  /** The picture has 40 × 20 pixels; the mask may be coarser or finer. */
  @ParameterizedTest
  @ValueSource(ints = {10, 40, 160})
  void aMaskLiesOverTheWholePictureWhateverItsSize(int width) {
    int unit = width / 10;
    Mask mask =
        Mask.of(width, width / 2, box(width, new Window(2 * unit, unit, 4 * unit, 2 * unit)));
    // The model sees the right half, at twice the size.
    Frame frame = new Frame(40, 20, 40, 40, .5, .5, 20, 0);
    assertThat(SeenMask.of(mask, frame).bounds()).isEqualTo(new Window(0, 8, 8, 16));
    assertThat(SeenMask.of(mask, frame).area()).isEqualTo(8 * 16);
  }

  @Test
  void aPixelIsInIfMoreThanHalfOfItIs() {
    Frame frame = new Frame(20, 10, 2, 1, 10, 10, 0, 0);
    assertThat(SeenMask.of(Mask.of(20, 10, i -> i % 20 < 14), frame).area()).isEqualTo(1);
    assertThat(SeenMask.of(Mask.of(20, 10, i -> i % 20 < 17), frame).area()).isEqualTo(2);
    assertThat(SeenMask.of(Mask.of(20, 10, i -> i % 20 < 4), frame).area()).isZero();
  }

  @Test
  void anEmptyMaskAndOneThatIsCutOffAreNowhere() {
    Frame frame = new Frame(40, 20, 10, 10, 1, 1, 15, 5);
    assertThat(SeenMask.of(Mask.of(40, 20, i -> false), frame).area()).isZero();
    assertThat(SeenMask.of(Mask.of(40, 20, i -> i % 40 < 15), frame).area()).isZero();
    assertThat(SeenMask.of(Mask.of(40, 20, i -> true), frame).area()).isEqualTo(100);
  }
}
