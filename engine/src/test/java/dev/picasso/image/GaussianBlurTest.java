package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianBlurTest {
  /** Planes and their blurs by SciPy in double precision: tools/fixtures/segments.py. */
  private static final Map<String, Tensor> EXPECTED = expected();

  private static final float CLOSE = 1e-6f;

  private static Map<String, Tensor> expected() {
    try (InputStream in = GaussianBlurTest.class.getResourceAsStream("blurs.npz")) {
      return NpzFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> cases() {
    return EXPECTED.keySet().stream().filter(n -> !n.startsWith("plane") && !n.startsWith("nchw"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void numbersAreThoseOfScipy(String name) {
    String[] parts = name.split("_", -1);
    GaussianBlur blur =
        new GaussianBlur(
            Double.parseDouble(parts[1]), Border.valueOf(parts[0].toUpperCase(Locale.ROOT)));
    float[] found = blur.of(EXPECTED.get("plane").floats(), 1, 23, 31, 1);
    assertThat(found).containsExactly(EXPECTED.get(name).floats(), within(CLOSE));
  }

  @Test
  void planesOfBothLayoutsAreBlurredEachByItself() {
    float[] planes = EXPECTED.get("planes").floats();
    float[] expected = EXPECTED.get("nchw_1.5").floats();
    GaussianBlur blur = GaussianBlur.of(1.5);
    assertThat(blur.of(planes, 6, 9, 14, 1)).containsExactly(expected, within(CLOSE));
    assertThat(blur.of(channelsLast(planes), 2, 9, 14, 3))
        .containsExactly(channelsLast(expected), within(CLOSE));
  }

  /** [2, 3, 9, 14] as [2, 9, 14, 3]. */
  private static float[] channelsLast(float[] planes) {
    float[] out = new float[planes.length];
    int size = 9 * 14;
    for (int i = 0; i < out.length; i++) {
      int n = i / (3 * size);
      int c = i / size % 3;
      out[(n * size + i % size) * 3 + c] = planes[i];
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void withoutWidthNothingChanges(Border border) {
    float[] plane = EXPECTED.get("plane").floats();
    assertThat(new GaussianBlur(0, border).of(plane, 1, 23, 31, 1)).containsExactly(plane);
  }

  @Test
  void aPictureKeepsItsMeanAndItsFourthChannel() {
    float[] samples = new float[4 * 6 * 5];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * 37 % 256;
    }
    Picture blurred = GaussianBlur.of(20).of(Picture.ofFour(6, 5, samples));
    assertThat(blurred.hasFourth()).isTrue();
    for (int c = 0; c < 4; c++) {
      double sum = 0;
      for (int i = 0; i < 30; i++) {
        sum += samples[4 * i + c];
      }
      assertThat(blurred.sample(2, 3, c)).isCloseTo((float) (sum / 30), within(.01f));
    }
  }

  @Test
  void inAMapWhatIsNoNumberTakesNoPartAndStays() {
    float[] values = new float[49];
    Arrays.fill(values, 2);
    values[24] = Float.NaN;
    values[3] = Float.POSITIVE_INFINITY;
    float[] found = GaussianBlur.of(1).of(HeatMap.of(7, 7, values)).values();
    assertThat(found[24]).isNaN();
    for (int i = 0; i < values.length; i++) {
      assertThat(Float.isFinite(found[i])).isEqualTo(Float.isFinite(values[i]));
      assertThat(Float.isFinite(found[i]) ? found[i] : 2).isCloseTo(2, within(CLOSE));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, 1e9})
  void whatIsNoWidthIsRefused(double sigma) {
    assertThatThrownBy(() -> GaussianBlur.of(sigma)).hasMessageContaining("must be between 0");
  }
}
