package dev.picasso.attribution.gradients;

/** The least and the largest number of an image as fed. */
record Extent(float low, float high) {
  static Extent of(float[] image) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : image) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new Extent(low, high);
  }

  double width() {
    return (double) high - low;
  }
}
