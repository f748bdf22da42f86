package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Images;
import dev.picasso.image.Picture;
import dev.picasso.image.segments.Felzenszwalb;
import dev.picasso.image.segments.Quickshift;
import dev.picasso.image.segments.Segments;
import dev.picasso.image.segments.Slic;
import dev.picasso.model.InputSpec;

/** How a picture is cut into parts that are seen or hidden as a whole. */
public enum Superpixels {
  /** Even, compact regions along edges. */
  SLIC {
    @Override
    Segments cut(Picture picture, int about) {
      return Slic.of(about).segment(picture);
    }
  },
  /** Ragged regions of one colour, as in LIME's own program; it does not know their number. */
  QUICKSHIFT {
    @Override
    Segments cut(Picture picture, int about) {
      return Quickshift.LIME.segment(picture);
    }
  },
  /** Regions of very different sizes. */
  FELZENSZWALB {
    @Override
    Segments cut(Picture picture, int about) {
      int pixels = picture.width() * picture.height();
      return new Felzenszwalb(250, .8, Math.max(1, pixels / (2 * about))).segment(picture);
    }
  },
  /** Rectangles, whatever the picture shows. */
  GRID {
    @Override
    Segments cut(Picture picture, int about) {
      int width = picture.width();
      int height = picture.height();
      int across = Math.min(width, side(about, width, height));
      int down = Math.min(height, side(about, height, width));
      int[] numbers = new int[width * height];
      for (int i = 0; i < numbers.length; i++) {
        int column = i % width * across / width;
        numbers[i] = i / width * down / height * across + column;
      }
      return Segments.of(width, height, numbers);
    }

    private int side(int about, int along, int other) {
      return (int) Math.max(1, Math.round(Math.sqrt((double) about * along / other)));
    }
  };

  abstract Segments cut(Picture picture, int about);

  /**
   * The parts of one of the distinct images.
   *
   * @param about how many
   */
  Segments of(Images x, int image, InputSpec input, int about) {
    return cut(Pictures.of(x, image, input), about);
  }
}
