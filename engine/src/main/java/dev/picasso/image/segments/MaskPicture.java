package dev.picasso.image.segments;

import dev.picasso.image.ImageException;
import dev.picasso.image.PixelSource;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Masks as pictures, by the first of these rules that fits:
 *
 * <ul>
 *   <li>A picture with transparent pixels: what is not transparent is in.
 *   <li>Black and white, where most of what is not black is a light grey: the lighter half is in,
 *       so that soft edges and a little noise of a JPEG do no harm.
 *   <li>Any other picture holds numbers or colours of classes: all that is not black is in, but for
 *       the border that Pascal VOC leaves open, white (number 255) or (224, 224, 192).
 * </ul>
 */
public final class MaskPicture {
  private static final int HALF = 128;
  private static final int WHITE = 0xFFFFFF;
  private static final int PASCAL_BORDER = 0xE0E0C0;

  /** A picture of more colours is a photograph. */
  private static final int MOST_COLOURS = 4096;

  private MaskPicture() {}

  /**
   * The pixels that are in.
   *
   * @throws ImageException if it is a photograph
   */
  public static Mask read(PixelSource picture) {
    if (picture.hasFourth()) {
      Mask visible = visible(picture);
      if (visible.area() < picture.width() * picture.height()) {
        return visible;
      }
    }
    BitSet light = new BitSet();
    BitSet coloured = new BitSet();
    BitSet border = new BitSet();
    Set<Integer> colours = new HashSet<>();
    int width = picture.width();
    float[] row = new float[3 * width];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        float red = row[3 * x];
        float green = row[3 * x + 1];
        float blue = row[3 * x + 2];
        boolean grey = red == green && green == blue;
        int colour = (Math.round(red) << 16) | (Math.round(green) << 8) | Math.round(blue);
        light.set(at, grey && red >= HALF);
        coloured.set(at, red > 0 || green > 0 || blue > 0);
        border.set(at, colour == WHITE || colour == PASCAL_BORDER);
        if (!grey && colours.size() <= MOST_COLOURS) {
          colours.add(colour);
        }
      }
    }
    if (colours.size() > MOST_COLOURS) {
      throw new ImageException(
          picture.name()
              + ": this is no mask, it has more than "
              + MOST_COLOURS
              + " colours; a mask is black where the class is not.");
    }
    if (2 * light.cardinality() > coloured.cardinality()) {
      return Mask.of(width, picture.height(), light::get);
    }
    coloured.andNot(border);
    return Mask.of(width, picture.height(), coloured::get);
  }

  private static Mask visible(PixelSource picture) {
    int width = picture.width();
    float[] row = new float[4 * width];
    BitSet visible = new BitSet();
    for (int y = 0; y < picture.height(); y++) {
      picture.rowOfFour(y, row);
      for (int x = 0; x < width; x++) {
        visible.set(y * width + x, row[4 * x + 3] >= HALF);
      }
    }
    return Mask.of(width, picture.height(), visible::get);
  }
}
