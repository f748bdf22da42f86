package dev.picasso.image.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.graph.Tensor;
import dev.picasso.image.ColourMode;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import dev.picasso.image.Layout;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.Window;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fourth channel in image files: transparency, or what a camera sees beside colours. */
class FourChannelsTest {
  private static final int WIDTH = 3;
  private static final int HEIGHT = 2;

  /** Sample c of pixel i. */
  private static int sample(int i, int c) {
    return (40 + 53 * i + 31 * c) % 256;
  }

  @Test
  void transparencyOfPngIsAChannelForWhoAsksAndABackgroundForOthers() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int rgb = sample(i, 0) << 16 | sample(i, 1) << 8 | sample(i, 2);
      image.setRGB(i % WIDTH, i / WIDTH, sample(i, 3) << 24 | rgb);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);

    DecodedImage decoded = ImageDecoder.standard().decode("a.png", out.toByteArray());

    assertFour(decoded);
    float[] row = new float[3 * WIDTH];
    decoded.row(1, row);
    int alpha = sample(3, 3);
    assertThat(row[0]).isEqualTo((sample(3, 0) * alpha + 255 * (255 - alpha) + 127) / 255);
    decoded.opaque().row(1, row);
    assertThat(row[0]).isEqualTo(sample(3, 0));
  }

  @ParameterizedTest(name = "{0} bits, extra samples {1}, planes {2}")
  @CsvSource({
    "8, 0, false",
    "8, 0, true",
    "8, 2, false",
    "16, 0, false",
    "16, 0, true",
    "16, 2, false",
    "16, 2, true"
  })
  void tiffHasItsFourthChannelWhateverItIs(int bits, int extra, boolean planes) {
    DecodedImage decoded = ImageDecoder.standard().decode("a.tif", tiff(bits, extra, planes));

    assertFour(decoded);
    float[] row = new float[3 * WIDTH];
    decoded.row(1, row);
    boolean seen = row[0] == sample(3, 0);
    assertThat(seen).isEqualTo(extra == 0); // else it lies over white
  }

  private static void assertFour(DecodedImage decoded) {
    assertThat(decoded.hasFourth()).isTrue();
    float[] row = new float[4 * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      decoded.rowOfFour(y, row);
      for (int i = 0; i < row.length; i++) {
        assertThat(row[i]).isEqualTo(sample(WIDTH * y + i / 4, i % 4));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RGBA, 0 1 2 3", "BGRA, 2 1 0 3"})
  void aModelOfFourChannelsGetsThemInItsOrder(ColourMode colour, String sources) {
    DecodedImage image = ImageDecoder.standard().decode("a.tif", tiff(8, 0, false));
    String[] order = sources.split(" ", -1);
    for (Layout layout : List.of(Layout.NHWC, Layout.NCHW)) {
      Preprocessor preprocessor =
          new Preprocessor(Preprocessing.of(HEIGHT, WIDTH).with(colour).with(layout));
      Tensor x = preprocessor.apply(image).x();
      float[] values = x.floats();
      for (int c = 0; c < 4; c++) {
        int at = layout == Layout.NHWC ? 4 + c : 6 * c + 1;
        assertThat(values[at]).isEqualTo(sample(1, Integer.parseInt(order[c])));
      }
      Picture back = preprocessor.denormalize(x, 0);
      assertThat(back.sample(1, 0, 3)).isEqualTo(sample(1, 3));
      assertThat(back.sample(1, 0, 0)).isEqualTo(sample(1, 0));
    }
  }

  @Test
  void whatCoversAWindowCoversTheFourthChannelToo() {
    Picture picture =
        new Preprocessor(Preprocessing.of(HEIGHT, WIDTH).with(ColourMode.RGBA))
            .fit(ImageDecoder.standard().decode("a.tif", tiff(8, 0, false)))
            .pixels();
    Picture covered = picture.covered(new Window(1, 0, 1, 1), 9);
    assertThat(covered.sample(1, 0, 3)).isEqualTo(9);
    assertThat(covered.sample(0, 0, 3)).isEqualTo(sample(0, 3));
    assertThat(covered.sample(2, 0, 0)).isEqualTo(sample(2, 0));
  }

  @Test
  void anImageOfThreeChannelsIsRefusedByAModelOfFour() {
    DecodedImage three = DecodedImage.of("photo.jpg", 2, 1, new byte[6]);
    Preprocessor preprocessor = new Preprocessor(Preprocessing.of(1, 2).with(ColourMode.RGBA));
    assertThatThrownBy(() -> preprocessor.fit(three))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "photo.jpg: the model takes four channels; this image has three, red, green and blue."
                + " Give a PNG with transparency, or a TIFF of four channels.");
  }

  /** A TIFF of four samples a pixel, as short as can be. */
  private static byte[] tiff(int bits, int extra, boolean planes) {
    int bytes = bits / 8;
    int pixels = WIDTH * HEIGHT;
    ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'I', 'I', 42, 0}).putInt(0);
    for (int i = 0; i < 4 * pixels; i++) {
      int value = planes ? sample(i % pixels, i / pixels) : sample(i / 4, i % 4);
      if (bits == 8) {
        file.put((byte) value);
      } else {
        file.putShort((short) (257 * value));
      }
    }
    int depths = file.position();
    file.putShort((short) bits).putShort((short) bits);
    file.putShort((short) bits).putShort((short) bits);
    int offsets = file.position();
    for (int c = 0; c < 4; c++) {
      file.putInt(8 + c * pixels * bytes);
    }
    int lengths = file.position();
    for (int c = 0; c < 4; c++) {
      file.putInt(pixels * bytes);
    }
    int directory = file.position();
    file.putInt(4, directory);
    TreeMap<Integer, int[]> tags = new TreeMap<>(); // type, count, value
    tags.put(256, new int[] {3, 1, WIDTH});
    tags.put(257, new int[] {3, 1, HEIGHT});
    tags.put(258, new int[] {3, 4, depths});
    tags.put(259, new int[] {3, 1, 1});
    tags.put(262, new int[] {3, 1, 2});
    tags.put(273, planes ? new int[] {4, 4, offsets} : new int[] {4, 1, 8});
    tags.put(277, new int[] {3, 1, 4});
    tags.put(278, new int[] {3, 1, HEIGHT});
    tags.put(279, planes ? new int[] {4, 4, lengths} : new int[] {4, 1, 4 * pixels * bytes});
    tags.put(284, new int[] {3, 1, planes ? 2 : 1});
    tags.put(338, new int[] {3, 1, extra});
    file.putShort((short) tags.size());
    tags.forEach(
        (tag, entry) ->
            file.putShort((short) (int) tag)
                .putShort((short) entry[0])
                .putInt(entry[1])
                .putInt(entry[2]));
    file.putInt(0);
    byte[] made = new byte[file.position()];
    file.flip().get(made);
    return made;
  }
}
