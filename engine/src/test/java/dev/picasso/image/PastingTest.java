package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastingTest {
  private static final Picture INTO = picture(8, 6, 3);
  private static final Picture OTHER = picture(20, 10, 7);

  private static Picture picture(int width, int height, int factor) {
    float[] samples = new float[3 * width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * factor % 256;
    }
    return Picture.of(width, height, samples);
  }

  @Test
  void aPieceOfTheBoxesSizeIsCopied() {
    Picture pasted = Pasting.paste(INTO, new Window(2, 1, 4, 3), OTHER, new Window(10, 5, 4, 3));
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        for (int c = 0; c < 3; c++) {
          boolean inside = x >= 2 && x < 6 && y >= 1 && y < 4;
          assertThat(pasted.sample(x, y, c))
              .as("%d %d %d", x, y, c)
              .isEqualTo(inside ? OTHER.sample(10 + x - 2, 5 + y - 1, c) : INTO.sample(x, y, c));
        }
      }
    }
  }

  @Test
  void aPieceOfTwiceTheSizeIsAveraged() {
    Picture ramp = Picture.of(4, 1, new float[] {0, 0, 0, 30, 30, 30, 60, 60, 60, 90, 90, 90});
    Picture pasted = Pasting.paste(INTO, new Window(0, 0, 2, 1), ramp, new Window(0, 0, 4, 1));
    // A triangle of four pixels, cut off at the edge: weights 3/8, 3/8, 1/8, 0 of what is there.
    assertThat(pasted.sample(0, 0, 0)).isBetween(20f, 25f);
    assertThat(pasted.sample(1, 0, 0)).isBetween(65f, 70f);
    assertThat(pasted.sample(0, 0, 0) + pasted.sample(1, 0, 0)).isEqualTo(90);
  }

  /** What of the box lies beyond the picture takes its part of the piece along. */
  @ParameterizedTest
  @CsvSource({"-2, -1, 4, 3", "6, 4, 4, 3", "-3, -3, 14, 14", "3, 2, 9, 2"})
  void aBoxThatReachesBeyondIsCutOff(int left, int top, int width, int height) {
    Window piece = new Window(2, 1, 15, 8);
    Picture large = Picture.grey(40, 40, 0);
    Picture whole =
        Pasting.paste(large, new Window(left + 10, top + 10, width, height), OTHER, piece);
    Picture cut = Pasting.paste(INTO, new Window(left, top, width, height), OTHER, piece);
    for (int y = Math.max(0, top); y < Math.min(6, top + height); y++) {
      for (int x = Math.max(0, left); x < Math.min(8, left + width); x++) {
        assertThat(cut.sample(x, y, 1)).isEqualTo(whole.sample(x + 10, y + 10, 1));
      }
    }
  }

  @Test
  void whatLiesBeyondChangesNothingAndWhatIsNoPieceIsRefused() {
    assertThat(Pasting.paste(INTO, new Window(8, 0, 3, 3), OTHER, new Window(0, 0, 1, 1)))
        .isSameAs(INTO);
    assertThatThrownBy(
            () -> Pasting.paste(INTO, new Window(0, 0, 3, 3), OTHER, new Window(19, 0, 2, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Pasting.paste(INTO, new Window(0, 0, 3, 3), OTHER, new Window(0, 0, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
