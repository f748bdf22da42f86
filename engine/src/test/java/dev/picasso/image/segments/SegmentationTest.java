package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationTest {
  /** Pictures and their regions by scikit-image: tools/fixtures/segments.py. */
  private static final Map<String, Tensor> EXPECTED = expected();

  private static Map<String, Tensor> expected() {
    try (InputStream in = SegmentationTest.class.getResourceAsStream("segments.npz")) {
      return NpzFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Picture picture(String name) {
    Tensor samples = EXPECTED.get(name);
    int height = Math.toIntExact(samples.shape().dim(0));
    int width = Math.toIntExact(samples.shape().dim(1));
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = samples.bytes().get(i) & 0xFF;
    }
    return Picture.of(width, height, rgb);
  }

  private static int[] labels(String name) {
    int[] labels = new int[Math.toIntExact(EXPECTED.get(name).size())];
    EXPECTED.get(name).bytes().asIntBuffer().get(labels);
    return labels;
  }

  static Stream<String> cases() {
    return EXPECTED.keySet().stream().filter(name -> name.split("_", -1).length > 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void pixelsAreTogetherThatScikitImagePutsTogether(String name) {
    String[] p = name.split("_", -1);
    Picture picture = picture(p[0]);
    int[] found =
        switch (p[1]) {
          case "felzenszwalb" -> felzenszwalb(p).segment(picture).labels();
          case "slic" ->
              new Slic(Integer.parseInt(p[2]), Double.parseDouble(p[3])).clusters(picture);
          default -> quickshift(p).segment(picture).labels();
        };
    assertThat(Agreement.of(labels(name), found)).isEqualTo(1);
  }

  private static Segmentation felzenszwalb(String[] p) {
    return new Felzenszwalb(
        Double.parseDouble(p[2]), Double.parseDouble(p[3]), Integer.parseInt(p[4]));
  }

  private static Segmentation quickshift(String[] p) {
    return new Quickshift(
        Double.parseDouble(p[2]), Double.parseDouble(p[3]), Double.parseDouble(p[4]));
  }

  @Test
  void regionsForXraiAreThoseOfItsAuthorsSettings() {
    Picture picture = picture("xrai");
    List<Segments> found = Felzenszwalb.forXrai(picture);
    List<Integer> scales = List.of(50, 100, 150, 250, 500, 1200);
    assertThat(found).hasSameSizeAs(scales);
    for (int i = 0; i < scales.size(); i++) {
      int[] expected = labels("xrai_" + scales.get(i));
      assertThat(Agreement.of(expected, found.get(i).labels())).as("scale %d", i).isEqualTo(1);
    }
  }

  @Test
  void regionsForXraiHaveTheSizeOfThePicture() {
    List<Segments> found = Felzenszwalb.forXrai(picture("face"));
    assertThat(found).allMatch(s -> s.width() == 130 && s.height() == 96);
    assertThat(found.get(0).count()).isGreaterThan(found.get(5).count());
  }

  static Stream<Segmentation> ways() {
    return Stream.of(new Felzenszwalb(60, .8, 10), Slic.of(12), new Slic(30, .5), Quickshift.LIME);
  }

  @Property(tries = 20)
  void everyWayCutsAnyPictureIntoRegionsAndTheSameAgain(
      @ForAll @IntRange(min = 1, max = 24) int width,
      @ForAll @IntRange(min = 1, max = 24) int height,
      @ForAll long seed) {
    Picture picture = noise(width, height, seed);
    ways()
        .forEach(
            way -> {
              Segments found = way.segment(picture);
              int[] sizes = found.sizes();
              assertThat(Arrays.stream(sizes).sum()).isEqualTo(width * height);
              assertThat(sizes).doesNotContain(0).hasSize(found.count());
              assertThat(way.segment(picture).labels()).containsExactly(found.labels());
              if (!(way instanceof Quickshift)) {
                assertConnected(found);
              }
            });
  }

  /** Eight neighbours count, as in a graph of Felzenszwalb and Huttenlocher. */
  private static void assertConnected(Segments segments) {
    for (Mask mask : segments.masks()) {
      assertThat(Island.in(mask)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 50, 100, 400})
  void superpixelsAreAboutAsManyAsAskedFor(int wanted) {
    assertThat(new Slic(wanted, 30).segment(picture("face")).count())
        .isBetween((int) (.75 * wanted), (int) Math.ceil(1.25 * wanted));
  }

  @Test
  void aLeastSizeIsKept() {
    int[] sizes = new Felzenszwalb(10, .5, 40).segment(picture("face")).sizes();
    assertThat(Arrays.stream(sizes).min().orElseThrow()).isGreaterThan(39);
  }

  @Test
  void aPictureOfOneColourIsOneRegionOrAGrid() {
    Picture grey = Picture.grey(40, 40, 77);
    assertThat(new Felzenszwalb(1, .8, 1).segment(grey).count()).isEqualTo(1);
    assertThat(Slic.of(16).segment(grey).count()).isEqualTo(16);
    assertThat(Felzenszwalb.forXrai(grey)).allMatch(s -> s.count() == 1);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> new Slic(0, 10)).hasMessageContaining("0 segments");
    assertThatThrownBy(() -> new Slic(9, 0)).hasMessageContaining("compactness 0.0");
    assertThatThrownBy(() -> new Felzenszwalb(-1, 0, 0)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new Quickshift(0, 1, 1)).hasMessageContaining("kernel 0.0");
  }

  private static Picture noise(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] rgb = new float[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256);
    }
    return Picture.of(width, height, rgb);
  }
}
