package dev.picasso.image;

/**
 * How pixels between pixels are found. The filters, and their behaviour when a picture shrinks, are
 * those of Pillow ({@code Image.resize}), since most networks were trained on its pixels.
 */
public enum ResizeFilter {
  /** The pixel that lies there. */
  NEAREST(0),
  /** The mean of the pixels that fall on one; Pillow's BOX. */
  AREA(.5) {
    @Override
    double weight(double x) {
      return x > -.5 && x <= .5 ? 1 : 0;
    }
  },
  /** A triangle. */
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys' cubic convolution with a = −½. */
  BICUBIC(2) {
    @Override
    double weight(double x) {
      double a = -.5;
      double d = Math.abs(x);
      if (d < 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
  },
  /** A sinc windowed by a wider one, three zeros to each side. */
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  };

  private final double support;

  ResizeFilter(double support) {
    this.support = support;
  }

  /** How far the filter reaches to each side, in pixels. */
  double support() {
    return support;
  }

  /** The weight of a pixel at that distance, before the weights are made to sum to one. */
  double weight(double x) {
    return x == 0 ? 1 : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }
}
