package dev.picasso.belief;

import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.List;

/** Maps that look at no model; one that tells something of a model must be better than they. */
final class ModelFreeMaps {
  /** What {@link #beside} gives, in words. */
  static final List<String> BESIDE = List.of("the map", "centre blob", "edge filter");

  private ModelFreeMaps() {}

  /**
   * A map and those that it is compared with where numbers are summed: a blob in the middle and
   * edges, neither of them negative.
   */
  static List<HeatMap> beside(Subject subject, HeatMap map) {
    HeatMap distance = centre(subject.input());
    float[] blob = distance.values();
    for (int i = 0; i < blob.length; i++) {
      blob[i] += 2;
    }
    return List.of(
        map,
        HeatMap.of(map.width(), map.height(), blob),
        edges(subject.input(), Altered.numbers(subject.x())));
  }

  /** A blob in the middle: −d², where d is the distance as a share of each half side. */
  static HeatMap centre(InputSpec input) {
    float[] values = new float[input.width() * input.height()];
    for (int i = 0; i < values.length; i++) {
      int row = i / input.width();
      double x = (2. * (i % input.width()) + 1) / input.width() - 1;
      double y = (2. * row + 1) / input.height() - 1;
      values[i] = (float) -(x * x + y * y);
    }
    return HeatMap.of(input.width(), input.height(), values);
  }

  /**
   * An edge filter: the length of the gradient by Sobel, √(Gx² + Gy²), of the mean of the channels
   * as the model is fed with them; the outermost pixel goes on beyond the edge.
   */
  static HeatMap edges(InputSpec input, float[] image) {
    HeatMap grey = mean(input, image);
    float[] values = new float[input.width() * input.height()];
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        double across = smoothed(grey, x + 1, y, true) - smoothed(grey, x - 1, y, true);
        double down = smoothed(grey, x, y + 1, false) - smoothed(grey, x, y - 1, false);
        values[y * input.width() + x] = (float) Math.hypot(across, down);
      }
    }
    return HeatMap.of(input.width(), input.height(), values);
  }

  /** A place twice and its two neighbours: above and below for differences across, else beside. */
  private static double smoothed(HeatMap grey, int x, int y, boolean across) {
    int dx = across ? 0 : 1;
    int dy = 1 - dx;
    return at(grey, x - dx, y - dy) + 2 * at(grey, x, y) + at(grey, x + dx, y + dy);
  }

  private static double at(HeatMap grey, int x, int y) {
    return grey.at(
        Math.max(0, Math.min(grey.width() - 1, x)), Math.max(0, Math.min(grey.height() - 1, y)));
  }

  private static HeatMap mean(InputSpec input, float[] image) {
    double[][] planes = Substrate.planes(input, image);
    float[] mean = new float[planes[0].length];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (double[] plane : planes) {
        sum += plane[i];
      }
      mean[i] = (float) (sum / planes.length);
    }
    return HeatMap.of(input.width(), input.height(), mean);
  }
}
