package dev.picasso.image.draw;

import java.util.Arrays;
import java.util.List;

/** How numbers become colours. Between the given colours, equally spaced, they run evenly. */
public enum ColourMap {
  /** From black to pale yellow, of evenly growing lightness; for numbers of one sign. */
  INFERNO(
      0x000004, 0x040312, 0x0b0724, 0x150b37, 0x210c4a, 0x2f0a5b, 0x3d0965, 0x4a0c6b, 0x57106e,
      0x64156e, 0x71196e, 0x7d1e6d, 0x8a226a, 0x972766, 0xa32c61, 0xb0315b, 0xbc3754, 0xc63d4d,
      0xd04545, 0xda4e3c, 0xe35933, 0xeb6429, 0xf1711f, 0xf67e14, 0xf98c0a, 0xfb9b06, 0xfcaa0f,
      0xfbba1f, 0xf9c932, 0xf5d949, 0xf2e865, 0xf3f586, 0xfcffa4),
  /** From dark violet to yellow, of evenly growing lightness; for numbers of one sign. */
  VIRIDIS(
      0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453781, 0x424086, 0x3e4989, 0x3b528b,
      0x375b8d, 0x33638d, 0x2f6b8e, 0x2c728e, 0x297a8e, 0x26828e, 0x23898e, 0x21918c, 0x1f978b,
      0x1f9f88, 0x21a685, 0x27ad81, 0x31b57b, 0x3dbc74, 0x4cc26c, 0x5cc863, 0x6ece58, 0x81d34d,
      0x95d840, 0xaadc32, 0xc0df25, 0xd5e21a, 0xeae51a, 0xfde725),
  /** The rainbow from blue over green to red, which parts steps well and misleads about sizes. */
  TURBO(
      0x30123b, 0x392972, 0x4040a1, 0x4456c7, 0x466be3, 0x467ff6, 0x4193fe, 0x36a8f9, 0x28bbeb,
      0x1ccdd7, 0x17dcc2, 0x1ee8af, 0x32f197, 0x4df97c, 0x6dfd62, 0x8bfe4b, 0xa4fc3b, 0xb9f534,
      0xcdeb34, 0xdfde36, 0xedcf39, 0xf8be39, 0xfdab33, 0xfd952b, 0xfa7d20, 0xf46516, 0xea500d,
      0xde3e08, 0xd02f04, 0xbe2102, 0xa91501, 0x910b01, 0x7a0402),
  /** From black to white; for numbers of one sign. */
  GREY(0x000000, 0xffffff),
  /** Blue below, red above, near white at zero; for numbers of both signs. */
  DIVERGING(
      0x0b2f6b, 0x1f5aa6, 0x4f8fcd, 0x9cc3e4, 0xf4f4f2, 0xf2b9a0, 0xd9735b, 0xb22f35, 0x6b0f1e),
  /** Purple below, orange above, near white at zero; for those who do not see red well. */
  PURPLE_ORANGE(
      0x2d004b, 0x532686, 0x8073ac, 0xb1a9d1, 0xd8daeb, 0xf7f6f5, 0xfee0b6, 0xfcb661, 0xe08214,
      0xb15706, 0x7f3b08);

  @SuppressWarnings("ImmutableEnumChecker") // nothing hands the array out or writes to it
  private final int[] colours;

  ColourMap(int... colours) {
    this.colours = colours;
  }

  /** The given colours, equally spaced, each as 0xRRGGBB. */
  public List<Integer> stops() {
    return Arrays.stream(colours).boxed().toList();
  }

  /** Whether it has a neutral middle, for numbers of both signs. */
  public boolean isDiverging() {
    return this == DIVERGING || this == PURPLE_ORANGE;
  }

  /**
   * A colour as 0xRRGGBB.
   *
   * @param share from 0, the first colour, to 1, the last; others are cut off, NaN is the first
   */
  public int rgb(double share) {
    // Comparisons, for it is asked for each pixel: Math.min and max think of −0 and NaN as well.
    double place = share > 0 ? (share < 1 ? share : 1) * (colours.length - 1) : 0;
    int below = place < colours.length - 1 ? (int) place : colours.length - 2;
    double part = place - below;
    int from = colours[below];
    int to = colours[below + 1];
    return between(from >> 16, to >> 16, part) << 16
        | between(from >> 8 & 0xFF, to >> 8 & 0xFF, part) << 8
        | between(from & 0xFF, to & 0xFF, part);
  }

  private static int between(int from, int to, double part) {
    return (int) (from + part * (to - from) + .5);
  }
}
