package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** How the channels of a pixel become one number. */
public enum ChannelReduction {
  /** The largest absolute value: Simonyan et al. 2013, section 3.1. Not negative. */
  MAX_OF_ABSOLUTE {
    @Override
    float reduce(FloatBuffer values, int at, int stride, int channels) {
      float largest = 0;
      for (int c = 0; c < channels; c++) {
        largest = Math.max(largest, Math.abs(values.get(at + c * stride)));
      }
      return largest;
    }
  },
  /** The absolute value of the largest, as the first Picasso had it. Not negative. */
  ABSOLUTE_OF_MAX {
    @Override
    float reduce(FloatBuffer values, int at, int stride, int channels) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int c = 0; c < channels; c++) {
        largest = Math.max(largest, values.get(at + c * stride));
      }
      return Math.abs(largest);
    }
  },
  /** The sum, with its sign. */
  SUM {
    @Override
    float reduce(FloatBuffer values, int at, int stride, int channels) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += values.get(at + c * stride);
      }
      return sum;
    }
  };

  abstract float reduce(FloatBuffer values, int at, int stride, int channels);

  /** A map [height, width] for each row of a tensor in the layout of the model's input. */
  public List<HeatMap> maps(Tensor x, InputSpec input) {
    int pixels = input.height() * input.width();
    int channels = input.channels();
    int channelStride = input.channelStride();
    int pixelStride = input.pixelStride();
    FloatBuffer values = x.floatBuffer();
    List<HeatMap> maps = new ArrayList<>();
    for (int n = 0; n < x.shape().dim(0); n++) {
      float[] map = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        int at = n * pixels * channels + i * pixelStride;
        map[i] = reduce(values, at, channelStride, channels);
      }
      maps.add(HeatMap.of(input.width(), input.height(), map));
    }
    return maps;
  }
}
