package dev.picasso.image.draw;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Colours of classes that are told apart: first seven of Okabe and Ito, which people see who do not
 * see red or green well, then always the one that is furthest from all before. Greys are not among
 * them, as they would not be seen over a picture. The colours are always the same; class 256 has
 * that of class 0 again.
 */
final class Palette {
  private static final int SIZE = 256;

  /** Sky blue, orange, green, yellow, blue, vermillion, purple. */
  private static final int[] FIRST = {
    0x56b4e9, 0xe69f00, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7
  };

  /** Steps of a channel at which colours are looked for, from 0 to 255. */
  private static final int STEP = 17;

  private static final int SIDE = 255 / STEP + 1;

  /** The least difference between the largest and the smallest channel. */
  private static final int COLOURFUL = 85;

  private static final int[] COLOURS = colours();

  private Palette() {}

  /** The colour of a class, 0xRRGGBB. */
  static int rgb(int index) {
    return COLOURS[Math.floorMod(index, SIZE)];
  }

  private static int[] colours() {
    int[] candidates =
        IntStream.range(0, SIDE * SIDE * SIDE)
            .map(i -> channel(i / (SIDE * SIDE)) << 16 | channel(i / SIDE) << 8 | channel(i))
            .filter(Palette::isColourful)
            .toArray();
    int[] colours = Arrays.copyOf(FIRST, SIZE);
    int[] nearest = new int[candidates.length];
    Arrays.fill(nearest, Integer.MAX_VALUE);
    for (int n = 0; n < SIZE; n++) {
      if (n >= FIRST.length) {
        colours[n] = candidates[furthest(nearest)];
      }
      for (int i = 0; i < candidates.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(colours[n], candidates[i]));
      }
    }
    return colours;
  }

  private static int channel(int step) {
    return step % SIDE * STEP;
  }

  private static boolean isColourful(int rgb) {
    int red = rgb >> 16;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    int most = Math.max(red, Math.max(green, blue));
    return most - Math.min(red, Math.min(green, blue)) >= COLOURFUL;
  }

  private static int furthest(int[] nearest) {
    int furthest = 0;
    for (int i = 1; i < nearest.length; i++) {
      furthest = nearest[i] > nearest[furthest] ? i : furthest;
    }
    return furthest;
  }

  /**
   * Nearly as eyes see it: green weighs most, red the more the redder both are. In whole numbers.
   */
  private static int distance(int a, int b) {
    int red = (a >> 16 & 0xFF) - (b >> 16 & 0xFF);
    int green = (a >> 8 & 0xFF) - (b >> 8 & 0xFF);
    int blue = (a & 0xFF) - (b & 0xFF);
    int redness = ((a >> 16 & 0xFF) + (b >> 16 & 0xFF)) / 2;
    return (((512 + redness) * red * red) >> 8)
        + 4 * green * green
        + (((767 - redness) * blue * blue) >> 8);
  }
}
