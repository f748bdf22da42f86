package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java's reader checks the files. */
class PngTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 300", "300, 1", "37, 23", "512, 384"})
  void everyPixelComesBack(int width, int height) throws IOException {
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_BINARY
        }) {
      BufferedImage image = drawn(width, height, type);
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.of(image, Optional.empty())));
      assertThat(read.getColorModel().hasAlpha()).isEqualTo(image.getColorModel().hasAlpha());
      assertThat(pixels(read)).isEqualTo(pixels(image));
    }
  }

  private static BufferedImage drawn(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
