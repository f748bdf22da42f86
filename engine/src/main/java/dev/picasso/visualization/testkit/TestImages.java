package dev.picasso.visualization.testkit;

import dev.picasso.image.DecodedImage;
import java.util.List;

/** Images of the kinds that people have, and of some that they have rarely. */
public final class TestImages {
  private TestImages() {}

  /** Grey, colour, large, tiny, long, and of one colour. */
  public static List<DecodedImage> all() {
    return List.of(
        of("grey.png", 20, 20, true),
        of("colour.png", 40, 31, false),
        of("large.jpg", 420, 300, false),
        of("tiny.gif", 1, 1, false),
        of("long.png", 3, 50, false),
        flat("black.png", 16, 16));
  }

  /** A picture with gradients and edges, alike at every call. */
  public static DecodedImage of(String name, int width, int height, boolean grey) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int channel = grey ? 0 : c;
          int slope = 160 * x / width + 50 * channel * y / height;
          int square = (x * 5 / width + y * 4 / height) % 2 == 0 ? 40 : 0;
          rgb[3 * (y * width + x) + c] = (byte) Math.min(255, slope + square);
        }
      }
    }
    return DecodedImage.of(name, width, height, rgb);
  }

  private static DecodedImage flat(String name, int width, int height) {
    return DecodedImage.of(name, width, height, new byte[3 * width * height]);
  }
}
