package dev.picasso.belief;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.List;

/**
 * A step of one pixel.
 *
 * @param name where the picture moves
 */
record Shift(String name, int right, int down) {
  /** To all four sides. */
  static final List<Shift> ALL =
      List.of(
          new Shift("left", -1, 0),
          new Shift("right", 1, 0),
          new Shift("up", 0, -1),
          new Shift("down", 0, 1));

  /** The image moved by the step; the row or column that comes in repeats the one beside it. */
  Tensor of(Tensor x, InputSpec input) {
    float[] from = x.floats();
    float[] to = new float[from.length];
    for (int v = 0; v < input.height(); v++) {
      for (int u = 0; u < input.width(); u++) {
        int row = Math.max(0, Math.min(input.height() - 1, v - down));
        int column = Math.max(0, Math.min(input.width() - 1, u - right));
        for (int c = 0; c < input.channels(); c++) {
          int channel = c * input.channelStride();
          to[(v * input.width() + u) * input.pixelStride() + channel] =
              from[(row * input.width() + column) * input.pixelStride() + channel];
        }
      }
    }
    return Tensor.of(to, x.shape().dims());
  }

  /** A map of the moved image moved back, without the outermost pixels. */
  HeatMap back(HeatMap map) {
    return inner(map, right, down);
  }

  /** A map without its outermost pixels. */
  static HeatMap inner(HeatMap map) {
    return inner(map, 0, 0);
  }

  private static HeatMap inner(HeatMap map, int right, int down) {
    int width = map.width() - 2;
    float[] values = new float[width * (map.height() - 2)];
    for (int i = 0; i < values.length; i++) {
      values[i] = map.at(1 + i % width + right, 1 + i / width + down);
    }
    return HeatMap.of(width, map.height() - 2, values);
  }
}
