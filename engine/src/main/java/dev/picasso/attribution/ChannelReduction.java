package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the channels of a pixel become one number. */
public enum ChannelReduction {
  /** The largest absolute value: Simonyan et al. 2013, section 3.1. Not negative. */
  MAX_OF_ABSOLUTE {
    @Override
    void take(float[] map, float[] values, int first, int step) {
      for (int i = 0; i < map.length; i++) {
        map[i] = Math.max(map[i], Math.abs(values[first + i * step]));
      }
    }
  },
  /** The absolute value of the largest, as the first Picasso had it. Not negative. */
  ABSOLUTE_OF_MAX {
    @Override
    void begin(float[] map) {
      Arrays.fill(map, Float.NEGATIVE_INFINITY);
    }

    @Override
    void take(float[] map, float[] values, int first, int step) {
      for (int i = 0; i < map.length; i++) {
        map[i] = Math.max(map[i], values[first + i * step]);
      }
    }

    @Override
    void end(float[] map) {
      for (int i = 0; i < map.length; i++) {
        map[i] = Math.abs(map[i]);
      }
    }
  },
  /** The sum, with its sign. */
  SUM {
    @Override
    void take(float[] map, float[] values, int first, int step) {
      for (int i = 0; i < map.length; i++) {
        map[i] += values[first + i * step];
      }
    }
  };

  void begin(float[] map) {}

  /** Takes the values of one channel into the map: pixel i is at {@code first + i * step}. */
  abstract void take(float[] map, float[] values, int first, int step);

  void end(float[] map) {}

  /** A map [height, width] for each row of a tensor in the layout of the model's input. */
  public List<HeatMap> maps(Tensor x, InputSpec input) {
    int pixels = input.height() * input.width();
    int channels = input.channels();
    int channelStride = input.channelStride();
    int pixelStride = input.pixelStride();
    FloatBuffer all = x.floatBuffer();
    float[] values = new float[pixels * channels];
    List<HeatMap> maps = new ArrayList<>();
    for (int n = 0; n < x.shape().dim(0); n++) {
      all.get(values);
      float[] map = new float[pixels];
      begin(map);
      for (int c = 0; c < channels; c++) {
        take(map, values, c * channelStride, pixelStride);
      }
      end(map);
      maps.add(HeatMap.of(input.width(), input.height(), map));
    }
    return maps;
  }
}
