package dev.picasso.gradient;

import dev.picasso.graph.Attributes;

/**
 * Resizing along one axis as a matrix: y = A·x, by the definition of ONNX's Resize. Row i holds the
 * weights of the input pixels in output pixel i.
 *
 * @param scale output pixels for each input pixel
 */
record Interpolation(int in, int out, float scale, Attributes attributes) {

  /** [out · in], row-major. */
  float[] matrix() {
    float[] matrix = new float[Math.multiplyExact(in, out)];
    for (int i = 0; i < out; i++) {
      float at = position(i);
      switch (attributes.text("mode", "nearest")) {
        case "nearest" -> matrix[i * in + clamp(nearest(at))] += 1;
        case "linear" -> weigh(matrix, i, at, 1);
        case "cubic" -> weigh(matrix, i, at, 2);
        default ->
            throw new UnsupportedGradientException("mode " + attributes.text("mode", "nearest"));
      }
    }
    return matrix;
  }

  /** Where output pixel i lies among the input pixels. */
  private float position(int i) {
    String mode = attributes.text("coordinate_transformation_mode", "half_pixel");
    return switch (mode) {
      case "half_pixel" -> (i + .5f) / scale - .5f;
      case "pytorch_half_pixel" -> out > 1 ? (i + .5f) / scale - .5f : 0;
      case "half_pixel_symmetric" -> {
        float adjustment = out / (scale * in);
        float offset = in / 2f * (1 - adjustment);
        yield offset + (i + .5f) / scale - .5f;
      }
      case "align_corners" -> out == 1 ? 0 : i * (in - 1f) / (out - 1f);
      case "tf_half_pixel_for_nn" -> (i + .5f) / scale;
      case "asymmetric" -> i / scale;
      default -> throw new UnsupportedGradientException("coordinates " + mode);
    };
  }

  private int nearest(float at) {
    String mode = attributes.text("nearest_mode", "round_prefer_floor");
    return (int)
        switch (mode) {
          case "round_prefer_floor" -> Math.ceil(at - .5f);
          case "round_prefer_ceil" -> Math.floor(at + .5f);
          case "floor" -> Math.floor(at);
          case "ceil" -> Math.ceil(at);
          default -> throw new UnsupportedGradientException("nearest_mode " + mode);
        };
  }

  /** Adds the weights of the pixels within reach of a position, pixels outside as the edge. */
  private void weigh(float[] matrix, int row, float at, int reach) {
    boolean smooth = attributes.flag("antialias", false) && scale < 1;
    boolean exclude = attributes.flag("exclude_outside", false);
    float stretch = smooth ? 1 / scale : 1;
    int low = (int) Math.floor(at - reach * stretch) - 1;
    int high = (int) Math.ceil(at + reach * stretch) + 1;
    float sum = 0;
    for (int k = low; k <= high; k++) {
      float weight = weight((k - at) / stretch, reach);
      if (weight == 0 || (exclude && (k < 0 || k >= in))) {
        continue;
      }
      sum += weight;
      matrix[row * in + clamp(k)] += weight;
    }
    for (int k = 0; k < in; k++) {
      matrix[row * in + k] /= sum;
    }
  }

  /** The triangle, or Keys' cubic. */
  private float weight(float distance, int reach) {
    float d = Math.abs(distance);
    if (reach == 1) {
      return Math.max(0, 1 - d);
    }
    float a = attributes.real("cubic_coeff_a", -.75);
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  private int clamp(int k) {
    return Math.max(0, Math.min(in - 1, k));
  }
}
