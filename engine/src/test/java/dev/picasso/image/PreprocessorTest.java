package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.PicassoException;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessorTest {
  /** Pixels resized by Pillow and torchvision: tools/fixtures/resizing.py. */
  private static final Map<String, Tensor> EXPECTED = expected();

  private static Map<String, Tensor> expected() {
    try (InputStream in = PreprocessorTest.class.getResourceAsStream("resizing.npz")) {
      return NpzFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The picture of the fixture program. */
  private static DecodedImage picture(int width, int height, boolean transposed) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int column = i / 3 % width;
      int row = i / 3 / width;
      int x = transposed ? row : column;
      int y = transposed ? column : row;
      int c = i % 3;
      rgb[i] = (byte) (x * x * 7 + y * 13 * (c + 1) + x * y * 3 + c * 50);
    }
    return DecodedImage.of("made", width, height, rgb);
  }

  static Stream<String> cases() {
    return EXPECTED.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resizedPixelsAreExactlyThoseOfPillowAndTorchvision(String name) {
    String[] parts = name.split("_", -1);
    boolean tall = parts[0].startsWith("tallcrop");
    Fit fit =
        parts[0].contains("crop")
            ? new Fit.CentreCrop(Integer.parseInt(parts[0].replaceAll("\\D", "")))
            : new Fit.Stretch();
    Preprocessing settings =
        Preprocessing.of(Integer.parseInt(parts[3]), Integer.parseInt(parts[2]))
            .with(fit, ResizeFilter.valueOf(parts[1].toUpperCase(Locale.ROOT)))
            .with(parts[0].equals("grey") ? ColourMode.GRAY : ColourMode.RGB);
    DecodedImage image = tall ? picture(43, 61, true) : picture(61, 43, false);
    Tensor x = new Preprocessor(settings).apply(image).x();
    float[] found = x.floats();
    assertThat(found).containsExactly(EXPECTED.get(name).floats());
  }

  @Test
  void aResizeWithoutAntialiasingTakesOnlyTheNeighbours() {
    // 8 columns to 2: centres at 2 and 6, halfway between two pixels each.
    DecodedImage image = grey(8, 1, 0, 10, 20, 40, 50, 60, 70, 90);
    Preprocessing settings = Preprocessing.of(1, 2).withAntialias(false);
    Picture pixels = new Preprocessor(settings).fit(image).pixels();
    assertThat(pixels.sample(0, 0, 0)).isEqualTo(15f);
    assertThat(pixels.sample(1, 0, 0)).isEqualTo(65f);
  }

  static Stream<Arguments> presets() {
    // One pixel of R 10, G 20, B 30, worked out by hand from Keras' imagenet_utils.
    return Stream.of(
        Arguments.of(Preset.NONE, 10, 20, 30),
        Arguments.of(Preset.TF, 10 / 127.5 - 1, 20 / 127.5 - 1, 30 / 127.5 - 1),
        Arguments.of(
            Preset.TORCH,
            (10 / 255. - .485) / .229,
            (20 / 255. - .456) / .224,
            (30 / 255. - .406) / .225),
        Arguments.of(Preset.CAFFE, 30 - 103.939, 20 - 116.779, 10 - 123.68));
  }

  @ParameterizedTest
  @MethodSource("presets")
  void presetsScaleAsKerasDoes(Preset preset, double first, double second, double third) {
    DecodedImage image = DecodedImage.of("pixel", 1, 1, new byte[] {10, 20, 30});
    Preprocessor preprocessor = new Preprocessor(Preprocessing.of(1, 1).with(preset));
    float[] x = preprocessor.apply(image).x().floats();
    assertThat(x[0]).isCloseTo((float) first, within(1e-6f * 128));
    assertThat(x[1]).isCloseTo((float) second, within(1e-6f * 128));
    assertThat(x[2]).isCloseTo((float) third, within(1e-6f * 128));
  }

  @Test
  void layoutsOrderTheSameNumbers() {
    DecodedImage image = DecodedImage.of("pixels", 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    Preprocessing settings = Preprocessing.of(1, 2);
    Tensor last = new Preprocessor(settings.with(Layout.NHWC)).apply(image).x();
    Tensor first = new Preprocessor(settings.with(Layout.NCHW)).apply(image).x();
    Tensor flat = new Preprocessor(settings.with(Layout.FLAT)).apply(image).x();
    assertThat(last.shape()).isEqualTo(Shape.of(1, 1, 2, 3));
    assertThat(last.floats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(first.shape()).isEqualTo(Shape.of(1, 3, 1, 2));
    assertThat(first.floats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(flat.shape()).isEqualTo(Shape.of(1, 6));
    assertThat(flat.floats()).containsExactly(1, 2, 3, 4, 5, 6);
    Tensor grey =
        new Preprocessor(settings.with(ColourMode.GRAY).with(Layout.NHW)).apply(image).x();
    assertThat(grey.shape()).isEqualTo(Shape.of(1, 1, 2));
    assertThat(grey.floats()).containsExactly(2, 5);
  }

  @Test
  void aBatchHoldsItsPicturesInOrder() {
    Preprocessor preprocessor = new Preprocessor(Preprocessing.of(2, 2).with(Preset.TORCH));
    Picture picture = preprocessor.fit(picture(9, 7, false)).pixels();
    Picture covered = picture.covered(new Window(1, 0, 5, 1), 128);
    Tensor both = preprocessor.normalize(List.of(picture, covered));
    assertThat(both.shape()).isEqualTo(Shape.of(2, 2, 2, 3));
    float[] joined = new float[24];
    System.arraycopy(preprocessor.normalize(List.of(picture)).floats(), 0, joined, 0, 12);
    System.arraycopy(preprocessor.normalize(List.of(covered)).floats(), 0, joined, 12, 12);
    assertThat(both.floats()).containsExactly(joined);
    assertThat(covered.sample(1, 0, 2)).isEqualTo(128f);
    assertThat(covered.sample(0, 0, 2)).isEqualTo(picture.sample(0, 0, 2));
    assertThat(covered.sample(1, 1, 2)).isEqualTo(picture.sample(1, 1, 2));
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aTensorIsShownAsThePictureItWas(Preset preset) {
    for (Layout layout : List.of(Layout.NHWC, Layout.NCHW, Layout.FLAT)) {
      Preprocessor preprocessor =
          new Preprocessor(Preprocessing.of(5, 6).with(preset).with(layout));
      Picture picture = preprocessor.fit(picture(6, 5, false)).pixels();
      Picture other = Picture.grey(6, 5, 77);
      Picture back = preprocessor.denormalize(preprocessor.normalize(List.of(other, picture)), 1);
      for (int i = 0; i < 90; i++) {
        assertThat(back.sample(i / 3, i % 3))
            .isCloseTo(picture.sample(i / 3, i % 3), within(1e-3f));
      }
    }
  }

  @Test
  void darkInkOnPaperIsTurnedRoundByANegativeScale() {
    Preprocessing settings =
        Preprocessing.of(1, 2).with(ColourMode.GRAY).with(Layout.NHW).scaled(-1 / 255., 1);
    float[] x = new Preprocessor(settings).apply(grey(2, 1, 255, 0)).x().floats();
    assertThat(x[0]).isCloseTo(0, within(1e-6f));
    assertThat(x[1]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void sixteenBitsKeepTheirFractions() {
    DecodedImage image = DecodedImage.of("deep", 1, 1, new short[] {(short) 65535, 257, 128});
    float[] x = new Preprocessor(Preprocessing.of(1, 1)).apply(image).x().floats();
    assertThat(x).containsExactly(255, 1, 128 / 257f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 20_000})
  void impossibleSizesAreRefused(int side) {
    assertThatThrownBy(() -> Preprocessing.of(side, 5))
        .isInstanceOf(PicassoException.class)
        .hasMessage(
            "Preprocessing: height is " + side + "; it must be between 1 and 16384 pixels.");
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefused() {
    Preprocessing colour = Preprocessing.of(5, 5);
    assertThatThrownBy(() -> colour.with(Preset.TORCH).with(ColourMode.GRAY))
        .hasMessage("Preprocessing: mean has 3 values; GRAY takes one, or 1.");
    assertThatThrownBy(() -> colour.with(Layout.NHW)).hasMessageContaining("no axis");
    assertThatThrownBy(() -> colour.normalized(List.of(0.), List.of(1., 0., 1.)))
        .hasMessageContaining("must not be zero");
  }

  @Test
  void aThinStripCostsNoMoreThanAnyPicture() {
    // The shorter side to 256 would make 256 million columns; only 224 of them are wanted.
    DecodedImage strip = DecodedImage.of("strip", 1_000_000, 1, new byte[3_000_000]);
    Preprocessing settings =
        Preprocessing.of(224, 224).with(new Fit.CentreCrop(256), ResizeFilter.BICUBIC);
    assertThat(new Preprocessor(settings).fit(strip).pixels().width()).isEqualTo(224);
  }

  /** A row and a column of a million pixels, which is more than weights are kept for. */
  @ParameterizedTest
  @EnumSource(ResizeFilter.class)
  void aStripIsTheSameLyingAndStanding(ResizeFilter filter) {
    int length = 1_000_000;
    byte[] rgb = new byte[3 * length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 30_000 * 7);
    }
    Preprocessing settings = Preprocessing.of(8, 8).with(new Fit.Stretch(), filter);
    Picture lying = new Preprocessor(settings).fit(DecodedImage.of("row", length, 1, rgb)).pixels();
    Picture standing =
        new Preprocessor(settings).fit(DecodedImage.of("column", 1, length, rgb)).pixels();
    for (int i = 0; i < 8; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(standing.sample(3, i, c)).isEqualTo(lying.sample(i, 3, c));
      }
    }
  }

  private static DecodedImage grey(int width, int height, int... values) {
    byte[] rgb = new byte[3 * values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) values[i / 3];
    }
    return DecodedImage.of("grey", width, height, rgb);
  }
}
