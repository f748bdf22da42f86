package dev.picasso.image.draw;

import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;

/**
 * Draws heat maps in the frame of the original picture: over it, or alone. Cells of a map that are
 * three pixels of the picture wide or wider are drawn as such, and not run into one another.
 *
 * @param picture the original at the size at which it is shown
 * @param frame the way from the model's pixels to the original
 */
public record Drawing(Picture picture, Frame frame) {
  /** The longest side of what is drawn; photographs are larger, screens are not. */
  private static final int LONGEST = 1600;

  /**
   * Drawings for a picture. Large ones are shrunk to 1600 pixels a side; small ones grow by a whole
   * factor until the model's pixels fit.
   */
  public static Drawing of(PixelSource original, Frame frame) {
    int longest = Math.max(original.width(), original.height());
    if (longest > LONGEST) {
      double factor = (double) LONGEST / longest;
      int width = (int) Math.max(1, Math.round(original.width() * factor));
      int height = (int) Math.max(1, Math.round(original.height() * factor));
      return new Drawing(resized(original, width, height), frame);
    }
    double modelPixels = Math.max(1 / frame.scaleX(), 1 / frame.scaleY());
    int factor = (int) Math.min(Math.ceil(modelPixels - .01), (double) LONGEST / longest);
    return new Drawing(enlarged(original, Math.max(1, factor)), frame);
  }

  private static Picture resized(PixelSource original, int width, int height) {
    return new Preprocessor(Preprocessing.of(height, width)).fit(original).pixels();
  }

  private static Picture enlarged(PixelSource original, int factor) {
    Picture picture = Picture.of(original);
    if (factor == 1) {
      return picture;
    }
    int width = picture.width() * factor;
    int height = picture.height() * factor;
    float[] rgb = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = picture.sample(x / factor, y / factor, c);
        }
      }
    }
    return Picture.of(width, height, rgb);
  }

  /** The original alone. */
  public Canvas original() {
    return Canvas.of(picture);
  }

  /**
   * A map as a display shows it. All displays draw from the same map; nothing is computed anew.
   *
   * @param map covers the model's input
   * @param scale how its numbers become colours, as a rule by {@link Display#scale}
   */
  public Canvas draw(HeatMap map, Scale scale, Display display) {
    HeatMap placed = placed(display.smoothed(map), picture.width(), picture.height());
    Blender blender = new Blender(picture, placed, scale);
    float opacity = (float) display.opacity();
    return new Canvas(
        switch (display.blending()) {
          case MAP -> blender.alone();
          case OVERLAY -> blender.over(opacity);
          case STRENGTH -> blender.byStrength(opacity);
          case MASKED -> blender.masked(display.threshold());
          case SIDE_BY_SIDE -> Beside.draw(Canvas.of(picture).image(), blender.alone());
          case CONTOUR -> new Contours(placed, scale).drawOver(blender.below(), display.levels());
          case BOXES ->
              Boxes.drawOver(blender.below(), Strong.of(placed, scale, display.threshold()), scale);
        });
  }

  /**
   * A map alone, as large as the picture; transparent where the model sees nothing.
   *
   * @param map covers the model's input
   */
  public Canvas map(HeatMap map, Scale scale) {
    return draw(map, scale, Display.defaults().with(Blending.MAP));
  }

  /**
   * A map over the picture. Where the model sees nothing, the picture is shown darker.
   *
   * @param map covers the model's input
   * @param transparency the weight of the picture, 0 to 1; the map has the rest
   */
  public Canvas overlay(HeatMap map, Scale scale, double transparency) {
    Display display = Display.defaults().with(Blending.OVERLAY).withOpacity(1 - transparency);
    return draw(map, scale, display);
  }

  /**
   * Where a map is strong, in the pixels of the original, whatever the size at which it is shown.
   *
   * @param map covers the model's input
   */
  public Strong strong(HeatMap map, Scale scale, Display display) {
    HeatMap placed = placed(display.smoothed(map), frame.originalWidth(), frame.originalHeight());
    return Strong.of(placed, scale, display.threshold());
  }

  /** The cells of a coarse map stay what they are, whatever the size at which it is drawn. */
  private HeatMap placed(HeatMap map, int width, int height) {
    return frame.toOriginal(map, width, height, Interpolation.enlargedBy(frame.pixelsOfCell(map)));
  }
}
