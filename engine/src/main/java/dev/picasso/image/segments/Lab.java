package dev.picasso.image.segments;

import dev.picasso.image.Picture;

/** Pictures in CIELAB (D65), in which distances are near to what eyes tell apart. */
final class Lab {
  /** Colours equal in all of red, green and blue have neither a nor b. */
  private static final double[][] XYZ = {
    {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
  };

  private static final double[] WHITE = {.95047, 1, 1.08883};
  private static final double DARK = 216. / 24_389;

  private Lab() {}

  /**
   * Lightness from 0 to 100, a and b, each as a plane.
   *
   * @param range from black to white
   * @param factor all numbers are multiplied with it
   */
  static double[][] planes(Picture picture, Range range, double factor) {
    int size = picture.width() * picture.height();
    double[][] planes = new double[3][size];
    double[] rgb = new double[3];
    double[] f = new double[3];
    for (int i = 0; i < size; i++) {
      for (int c = 0; c < 3; c++) {
        rgb[c] = linear(range.share(picture.sample(i % picture.width(), i / picture.width(), c)));
      }
      for (int c = 0; c < 3; c++) {
        double[] row = XYZ[c];
        f[c] = curve((row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]) / WHITE[c]);
      }
      planes[0][i] = factor * (116 * f[1] - 16);
      planes[1][i] = factor * 500 * (f[0] - f[1]);
      planes[2][i] = factor * 200 * (f[1] - f[2]);
    }
    return planes;
  }

  // StrictMath: the same regions on every machine.

  private static double linear(double sample) {
    return sample > .04045 ? StrictMath.pow((sample + .055) / 1.055, 2.4) : sample / 12.92;
  }

  private static double curve(double t) {
    return t > DARK ? StrictMath.cbrt(t) : (24_389. / 27 * t + 16) / 116;
  }
}
