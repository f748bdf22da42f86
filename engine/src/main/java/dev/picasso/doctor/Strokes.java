package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import java.util.List;

/** Pictures of dark strokes on white, such as a scanned digit. */
final class Strokes {
  /** Networks for single digits, letters or pieces of clothing take about so many pixels a side. */
  private static final int SMALL = 64;

  private static final double WHITE = 200;

  private Strokes() {}

  /** Whether a small network for grey is given such pictures, all of them bright at the border. */
  static boolean areDarkOnWhite(Preprocessing given, List<Picture> pictures) {
    return given.colour() == ColourMode.GRAY
        && given.height() <= SMALL
        && given.width() <= SMALL
        && pictures.stream().allMatch(p -> border(p) > WHITE);
  }

  private static double border(Picture picture) {
    double sum = 0;
    int n = 0;
    for (int y = 0; y < picture.height(); y++) {
      boolean whole = y == 0 || y == picture.height() - 1;
      for (int x = 0; x < picture.width(); x += whole ? 1 : Math.max(1, picture.width() - 1)) {
        sum += (picture.sample(x, y, 0) + picture.sample(x, y, 1) + picture.sample(x, y, 2)) / 3;
        n++;
      }
    }
    return sum / n;
  }
}
