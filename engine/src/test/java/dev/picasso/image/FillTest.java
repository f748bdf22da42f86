package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FillTest {
  private static final Picture PICTURE = picture(3);

  private static Picture picture(int channels) {
    float[] samples = new float[channels * 20 * 10];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i / channels * 91 % 256 / (1 + i % channels);
    }
    return channels == 4 ? Picture.ofFour(20, 10, samples) : Picture.of(20, 10, samples);
  }

  static Stream<Fill> fills() {
    return Stream.of(new Fill.Grey(128), new Fill.Mean(), new Fill.Blur(.05), new Fill.Noise(3));
  }

  @ParameterizedTest
  @MethodSource("fills")
  void aCoverFitsThePictureAndIsTheSameAgain(Fill fill) {
    for (int channels : new int[] {3, 4}) {
      Picture picture = picture(channels);
      Picture cover = fill.cover(picture);
      Window part = new Window(3, 2, 5, 4);
      Picture covered = picture.covered(part, cover);
      Picture again = fill.cover(picture);
      for (int i = 0; i < 200 * channels; i++) {
        int x = i / channels % 20;
        int y = i / channels / 20;
        int c = i % channels;
        boolean inside = x >= 3 && x < 8 && y >= 2 && y < 6;
        Picture expected = inside ? cover : picture;
        assertThat(covered.sample(x, y, c)).isEqualTo(expected.sample(x, y, c));
        assertThat(again.sample(x, y, c)).isEqualTo(cover.sample(x, y, c));
      }
    }
  }

  @Test
  void aGreyIsOneNumber() {
    assertThat(colours(new Fill.Grey(128).cover(PICTURE))).hasSize(1);
    assertThat(new Fill.Grey(128).cover(PICTURE).sample(1, 1, 2)).isEqualTo(128);
  }

  @Test
  void theMeanIsThatOfEachChannel() {
    Picture cover = new Fill.Mean().cover(PICTURE);
    assertThat(colours(cover)).hasSize(1);
    for (int c = 0; c < 3; c++) {
      assertThat(cover.sample(0, 0, c)).isCloseTo((float) mean(PICTURE, c), within(.001f));
    }
  }

  @Test
  void aBlurIsAShareOfTheShorterSide() {
    Picture cover = new Fill.Blur(.1).cover(PICTURE);
    Picture expected = GaussianBlur.of(1).of(PICTURE);
    assertThat(cover.sample(5, 5, 0)).isEqualTo(expected.sample(5, 5, 0));
  }

  @Test
  void noiseIsOfThePicturesColoursAndOfItsSeed() {
    Picture cover = new Fill.Noise(1).cover(PICTURE);
    assertThat(colours(PICTURE)).containsAll(colours(cover));
    assertThat(colours(cover).size()).isGreaterThan(50);
    assertThat(colours(PICTURE)).hasSizeGreaterThan(100);
    int moved = 0;
    Picture other = new Fill.Noise(2).cover(PICTURE);
    for (int x = 0; x < 20; x++) {
      moved += cover.sample(x, 0, 0) == other.sample(x, 0, 0) ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(10);
  }

  private static double mean(Picture picture, int channel) {
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      sum += picture.sample(i, channel);
    }
    return sum / 200;
  }

  private static Set<String> colours(Picture picture) {
    Set<String> colours = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      colours.add(picture.sample(i, 0) + " " + picture.sample(i, 1) + " " + picture.sample(i, 2));
    }
    return colours;
  }
}
