package dev.picasso.docs.methods;

import dev.picasso.attribution.Attribution;
import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Region;
import java.util.Locale;

/**
 * A place of a picture.
 *
 * @param x from the left, a share of the width
 * @param y from the top, a share of the height
 */
record Place(double x, double y) {
  /** How finely a peak is looked for, along each side. */
  private static final int FINE = 256;

  /** Where a map is largest, in the picture as its file has it. */
  static Place ofPeak(Trial trial, Attribution method) {
    HeatMap map = trial.map(method).orElseThrow();
    return ofPeak(
        trial.image().prepared().frame().toOriginal(map, FINE, FINE, Interpolation.SMOOTH));
  }

  /**
   * Where the strongest cell of a layer looks, in the picture as its file has it: of a cell at the
   * edge its own middle, although its number goes on to the edge of what the model sees.
   */
  static Place ofStrongestCell(Trial trial, Attribution method) {
    HeatMap cells =
        trial
            .maps(method)
            .orElseThrow()
            .heatMaps(trial.model().explainer().imageInput(), method.reduction())
            .get(0);
    Place peak = ofPeak(cells);
    Region covered = cells.covered();
    Frame frame = trial.image().prepared().frame();
    double x = covered.left() + peak.x * (covered.right() - covered.left());
    double y = covered.top() + peak.y * (covered.bottom() - covered.top());
    return new Place(
        frame.originalX(x * frame.width()) / frame.originalWidth(),
        frame.originalY(y * frame.height()) / frame.originalHeight());
  }

  /** Where a map is largest. */
  static Place ofPeak(HeatMap map) {
    int atX = -1;
    int atY = -1;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        if (Float.isFinite(map.at(x, y)) && (atX < 0 || map.at(x, y) > map.at(atX, atY))) {
          atX = x;
          atY = y;
        }
      }
    }
    return new Place((atX + .5) / map.width(), (atY + .5) / map.height());
  }

  int pixelX(int width) {
    return (int) (x * width);
  }

  int pixelY(int height) {
    return (int) (y * height);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f from the left, %.2f from the top", x, y);
  }
}
