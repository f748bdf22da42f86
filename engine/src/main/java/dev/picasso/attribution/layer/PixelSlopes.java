package dev.picasso.attribution.layer;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model's input follows from the red, green and blue of its pixels, as far as that is a
 * matter of each pixel and of straight lines: scaling, means, the order of channels, grey. It is
 * measured with four pictures.
 */
final class PixelSlopes {
  private static final int COLOURS = 3;

  private final InputSpec input;
  private final float[] black;
  private final List<float[]> slopes;

  private PixelSlopes(InputSpec input, float[] black, List<float[]> slopes) {
    this.input = input;
    this.black = black;
    this.slopes = slopes;
  }

  static PixelSlopes of(InputSpec input, ImagePreprocessor preprocessor) {
    if (input.channels() != 1 && input.channels() != COLOURS) {
      throw new InapplicableException(
          "A picture is made of grey or of red, green and blue; this model takes "
              + input.channels()
              + " channels.");
    }
    float[] black = fed(preprocessor, Picture.grey(input.width(), input.height(), 0));
    List<float[]> slopes = new ArrayList<>();
    for (int colour = 0; colour < COLOURS; colour++) {
      float[] rgb = new float[COLOURS * input.width() * input.height()];
      for (int i = colour; i < rgb.length; i += COLOURS) {
        rgb[i] = 255;
      }
      float[] slope = fed(preprocessor, Picture.of(input.width(), input.height(), rgb));
      for (int i = 0; i < slope.length; i++) {
        slope[i] -= black[i];
      }
      slopes.add(slope);
    }
    return new PixelSlopes(input, black, slopes);
  }

  private static float[] fed(ImagePreprocessor preprocessor, Picture picture) {
    return preprocessor.normalize(List.of(picture)).as(DataType.FLOAT).floats();
  }

  /**
   * What the model is fed with, [1, …].
   *
   * @param planes red, green and blue of each pixel, 0 to 1
   */
  Tensor fed(List<float[]> planes) {
    float[] x = black.clone();
    for (int e = 0; e < x.length; e++) {
      for (int colour = 0; colour < COLOURS; colour++) {
        x[e] += slopes.get(colour)[e] * planes.get(colour)[pixel(e)];
      }
    }
    return Tensor.of(x, input.shape().with(0, 1).dims());
  }

  /** The gradient by red, green and blue, from that by what is fed. */
  List<float[]> gradients(float[] byInput) {
    List<float[]> planes = new ArrayList<>();
    for (int colour = 0; colour < COLOURS; colour++) {
      float[] plane = new float[input.width() * input.height()];
      for (int e = 0; e < byInput.length; e++) {
        plane[pixel(e)] += slopes.get(colour)[e] * byInput[e];
      }
      planes.add(plane);
    }
    return planes;
  }

  private int pixel(int element) {
    return element / input.pixelStride() % (input.width() * input.height());
  }
}
