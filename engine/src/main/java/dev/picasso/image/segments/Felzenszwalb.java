package dev.picasso.image.segments;

import dev.picasso.image.Fit;
import dev.picasso.image.Picture;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.image.ResizeFilter;
import java.util.List;

/**
 * Regions that grow together over a graph of the pixels. Felzenszwalb and Huttenlocher 2004, in
 * scikit-image's form: one graph of all three colours, eight neighbours, regions smaller than the
 * least joined in the order of their edges.
 *
 * @param scale larger makes larger regions; the k of the paper, for samples from 0 to 255
 * @param sigma the blur before, in pixels
 * @param minSize the fewest pixels of a region
 */
public record Felzenszwalb(double scale, double sigma, int minSize) implements Segmentation {
  private static final List<Double> XRAI_SCALES = List.of(50., 100., 150., 250., 500., 1200.);
  private static final double XRAI_SIGMA = .8;
  private static final int XRAI_MIN_SIZE = 150;
  private static final int XRAI_SIDE = 224;

  /** Numbers from −1 to 1 count as twice as far apart as those from 0 to 1. */
  private static final double XRAI_RANGE = 2 * 255;

  public Felzenszwalb {
    if (!(scale >= 0 && sigma >= 0 && minSize >= 0)) {
      throw new IllegalArgumentException(
          "scale %s, sigma %s and least size %d must not be negative"
              .formatted(scale, sigma, minSize));
    }
  }

  @Override
  public Segments segment(Picture picture) {
    return PixelGraph.of(picture, sigma, 1).joined(scale, minSize);
  }

  /**
   * The regions of XRAI, as in its authors' program: six scales from 50 to 1200, blur .8, no region
   * below 150 pixels, of the picture stretched to the range from −1 to 1 at 224 × 224 pixels. Their
   * program then widens each region by five pixels ({@link Mask#dilated}), so that its edge is in
   * it.
   *
   * <p>Pictures of another size are brought to 224 × 224 by Pillow's bicubic filter, where theirs
   * takes a spline behind a blur; the regions then differ a little.
   *
   * @return a list of six, of the picture's size
   */
  public static List<Segments> forXrai(Picture picture) {
    boolean fits = picture.width() == XRAI_SIDE && picture.height() == XRAI_SIDE;
    Picture small = fits ? picture : resized(picture);
    PixelGraph graph = PixelGraph.of(small, XRAI_SIGMA, XRAI_RANGE / Range.of(small).width());
    return XRAI_SCALES.stream()
        .map(scale -> graph.joined(scale, XRAI_MIN_SIZE))
        .map(s -> fits ? s : s.resized(picture.width(), picture.height()))
        .toList();
  }

  private static Picture resized(Picture picture) {
    Preprocessing size =
        Preprocessing.of(XRAI_SIDE, XRAI_SIDE).with(new Fit.Stretch(), ResizeFilter.BICUBIC);
    return new Preprocessor(size).fit(picture).pixels();
  }
}
