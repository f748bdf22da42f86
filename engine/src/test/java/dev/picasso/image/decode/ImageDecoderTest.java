package dev.picasso.image.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files written by Pillow, against the pixels that Pillow reads: tools/fixtures/images.py. */
class ImageDecoderTest {
  /** Largest difference from Pillow's pixels, of 255, where a format is not exact. */
  private static final Map<String, Float> TOLERANCES =
      Map.of(
          "rgb420.jpg", 3f,
          "cmyk_adobe.jpg", 2f,
          "cmyk_plain.jpg", 2f,
          "ycck_adobe.jpg", 2f,
          "lossy.webp", 5f,
          "lossy_alpha.webp", 5f);

  private static final Map<String, Tensor> EXPECTED = expected();

  private static Map<String, Tensor> expected() {
    try (InputStream in = ImageDecoderTest.class.getResourceAsStream("expected.npz")) {
      return NpzFile.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (InputStream in = ImageDecoderTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<String> files() {
    return EXPECTED.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFormHasThePixelsThatPillowFinds(String file) {
    DecodedImage image = ImageDecoder.standard().decode(file, resource(file));
    Tensor expected = EXPECTED.get(file);
    boolean deep = expected.type() == DataType.UINT16;
    assertThat(Shape.of(image.height(), image.width(), 3)).isEqualTo(expected.shape());
    assertThat(image.eightBit()).isEqualTo(!deep);
    float[] values = expected.floats();
    float tolerance = file.contains("jp") ? TOLERANCES.getOrDefault(file, 1f) : 0f;
    tolerance = TOLERANCES.getOrDefault(file, tolerance);
    Picture picture = Picture.of(image);
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      float found = picture.sample(i / 3 % image.width(), i / 3 / image.width(), i % 3);
      differences[i] = Math.abs(found - (deep ? values[i] / 257 : values[i]));
    }
    Arrays.sort(differences);
    // Lossy WebP halves the resolution of colours; at edges decoders enlarge it differently.
    double share = file.startsWith("lossy") && file.endsWith("webp") ? .75 : 1;
    double largest = differences[(int) (share * (differences.length - 1))];
    assertThat(largest).isLessThanOrEqualTo(tolerance);
  }

  @ParameterizedTest
  @CsvSource({
    "bird.bmp, 0, 0",
    "cat_720p.jpg, 1280, 720",
    "owl.jpg, 0, 0",
    "parrot.jpg, 0, 0",
    "pets.jpg, 0, 0",
    "sunflower.bmp, 0, 0"
  })
  void photographsAreRead(String file, int width, int height) {
    DecodedImage image = ImageDecoder.standard().decode(TestData.require("images/" + file));
    assertThat(image.width()).isGreaterThan(100);
    if (width > 0) {
      assertThat(new int[] {image.width(), image.height()}).containsExactly(width, height);
    }
  }
}
