package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Ahead;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Progress;
import dev.picasso.graph.Tensor;
import dev.picasso.image.segments.Segments;
import java.util.BitSet;
import java.util.List;

/**
 * An image whose regions are switched on and off, each as a whole.
 *
 * @param asked what is asked of the model
 * @param image one of the distinct images
 * @param segments its regions
 * @param cover what is in the place of hidden ones
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Switches(Asked asked, int image, Segments segments, float[] cover) {
  /** How many rows show the image. */
  int rows() {
    return asked.x().rowsOf(image).size();
  }

  /**
   * What each row of the image says when only some regions are seen, piece by piece.
   *
   * @param seen the regions that are seen, for each number
   * @return for each row that shows the image as many numbers
   */
  float[][] numbers(List<BitSet> seen, Progress progress) {
    int rows = rows();
    Tensor picture = Batches.rows(asked.x().distinct(), image, image + 1);
    Picture pixels = new Picture(picture.floats(), new float[cover.length]);
    float[][] numbers = new float[rows][seen.size()];
    try (var pieces =
        Ahead.rows(
            picture.shape(),
            seen.size(),
            asked.batch(image),
            (number, row) -> row.put(0, written(seen.get(number), pixels)))) {
      while (pieces.hasNext()) {
        Ahead.Rows piece = pieces.next();
        float[][] some = asked.numbers(image, piece.tensor());
        for (int r = 0; r < rows; r++) {
          System.arraycopy(some[r], 0, numbers[r], piece.from(), some[r].length);
        }
        progress.done((piece.from() + some[0].length) / (double) seen.size());
      }
    }
    return numbers;
  }

  /** The image's numbers, and where others are put together. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Picture(float[] numbers, float[] written) {}

  private float[] written(BitSet seen, Picture picture) {
    boolean[] on = new boolean[segments.count()];
    seen.stream().forEach(region -> on[region] = true);
    int pixels = asked.pixels();
    for (int c = 0; c < asked.input().channels(); c++) {
      int at = c * asked.input().channelStride();
      for (int i = 0; i < pixels; i++, at += asked.input().pixelStride()) {
        picture.written()[at] = on[segments.label(i)] ? picture.numbers()[at] : cover[at];
      }
    }
    return picture.written();
  }

  /** A number of each region at each of its pixels. */
  float[] spread(double[] values) {
    float[] plane = new float[asked.pixels()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) values[segments.label(i)];
    }
    return plane;
  }
}
