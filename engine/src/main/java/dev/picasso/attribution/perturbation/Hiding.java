package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Images;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * An image with parts of it hidden, as the model is fed with it: m ⊙ x + (1 − m) ⊙ cover, where a
 * mask m has a weight for each pixel. All pieces lie in one buffer one after another, so that
 * memory does not grow with their number.
 */
final class Hiding {
  private final InputSpec input;
  private final Tensor image;
  private final float[] x;
  private final float[] cover;
  private final ByteBuffer buffer;

  private Hiding(InputSpec input, Tensor image, float[] cover, int most) {
    this.input = input;
    this.image = image;
    this.x = image.floats();
    this.cover = cover;
    this.buffer = Tensor.allocate(4L * most * x.length);
  }

  /**
   * Hides parts of one of the distinct images.
   *
   * @param cover in the image's shape as fed
   * @param most masks at once
   */
  static Hiding of(InputSpec input, Images x, int image, float[] cover, int most) {
    return new Hiding(input, Batches.rows(x.distinct(), image, image + 1), cover, most);
  }

  /** The numbers of one of the distinct images, as fed. */
  static float[] numbers(Images x, int image) {
    return Batches.rows(x.distinct(), image, image + 1).floats();
  }

  /** The image itself, [1, …]. */
  Tensor image() {
    return image;
  }

  /**
   * The image under each of some masks. It lies in the buffer, and is gone when other masks are
   * applied.
   *
   * @param masks of as many pixels as the input: 1 leaves a pixel, 0 hides it
   * @return [masks, …]
   */
  Tensor under(List<float[]> masks) {
    FloatBuffer out = buffer.duplicate().order(buffer.order()).clear().asFloatBuffer();
    for (int k = 0; k < masks.size(); k++) {
      write(masks.get(k), out, k * x.length);
    }
    ByteBuffer written = buffer.duplicate().order(buffer.order()).clear();
    written.limit(4 * masks.size() * x.length);
    return Tensor.of(DataType.FLOAT, image.shape().with(0, masks.size()), written.slice());
  }

  private void write(float[] mask, FloatBuffer out, int start) {
    float[] row = new float[x.length];
    for (int c = 0; c < input.channels(); c++) {
      int at = c * input.channelStride();
      for (int i = 0; i < mask.length; i++, at += input.pixelStride()) {
        row[at] = mask[i] * x[at] + (1 - mask[i]) * cover[at];
      }
    }
    out.put(start, row);
  }
}
