package dev.picasso.attribution.layer;

/**
 * Waves that make a picture: a real Fourier basis (of Hartley, cos + sin along each axis), whose
 * waves weigh as much as they do in photographs, the inverse of their frequency. In it neighbouring
 * pixels are decorrelated, so that a step of ascent changes shapes and not grain. Pictures wrap
 * around.
 */
final class Spectrum {
  private final int height;
  private final int width;
  private final float[] down;
  private final float[] across;
  private final float[] weights;

  Spectrum(int height, int width) {
    this.height = height;
    this.width = width;
    this.down = waves(height);
    this.across = waves(width);
    this.weights = new float[height * width];
    double lowest = 1. / Math.max(height, width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double frequency = Math.hypot(frequency(y, height), frequency(x, width));
        weights[y * width + x] = (float) (.25 / Math.max(frequency, lowest));
      }
    }
  }

  /** Waves a pixel. */
  private static double frequency(int i, int n) {
    return Math.min(i, n - i) / (double) n;
  }

  /** Orthonormal and symmetric, [n · n]. */
  private static float[] waves(int n) {
    float[] waves = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double angle = 2 * Math.PI * ((long) i * j % n) / n;
        waves[i * n + j] = (float) ((Math.cos(angle) + Math.sin(angle)) / Math.sqrt(n));
      }
    }
    return waves;
  }

  /** A plane of pixels from the amplitudes of all waves. */
  float[] picture(float[] amplitudes) {
    return transformed(times(amplitudes));
  }

  /** The gradient by the amplitudes, from that by the pixels. */
  float[] gradient(float[] byPixel) {
    return times(transformed(byPixel));
  }

  private float[] times(float[] plane) {
    float[] product = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      product[i] = plane[i] * weights[i];
    }
    return product;
  }

  /** Along rows, then along columns; its own transposed and inverse. */
  private float[] transformed(float[] plane) {
    float[] rows = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < width; k++) {
        addRow(rows, y * width, across, k * width, plane[y * width + k]);
      }
    }
    float[] all = new float[plane.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < height; k++) {
        addRow(all, y * width, rows, k * width, down[y * height + k]);
      }
    }
    return all;
  }

  private void addRow(float[] to, int at, float[] from, int start, float times) {
    for (int x = 0; x < width; x++) {
      to[at + x] += times * from[start + x];
    }
  }
}
