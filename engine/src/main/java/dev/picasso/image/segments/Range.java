package dev.picasso.image.segments;

import dev.picasso.image.Picture;

/** The smallest and the largest sample of a picture. */
record Range(double low, double high) {
  /** What 8 bits can hold. */
  static final Range WHOLE = new Range(0, 255);

  static Range of(Picture picture) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        for (int c = 0; c < 3; c++) {
          low = Math.min(low, picture.sample(x, y, c));
          high = Math.max(high, picture.sample(x, y, c));
        }
      }
    }
    return new Range(low, high);
  }

  /** How far apart they are; 1 where all samples are alike. */
  double width() {
    return high > low ? high - low : 1;
  }

  /** A sample as a share of the way from low to high. */
  double share(double sample) {
    return (sample - low) / width();
  }
}
