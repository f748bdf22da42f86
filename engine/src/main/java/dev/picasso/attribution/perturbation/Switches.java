package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Progress;
import dev.picasso.image.segments.Segments;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

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
    int batch = Math.min(seen.size(), asked.batch(image));
    Hiding hiding = Hiding.of(asked.input(), asked.x(), image, cover, batch);
    List<float[]> masks = Stream.generate(() -> new float[asked.pixels()]).limit(batch).toList();
    float[][] numbers = new float[rows][seen.size()];
    for (int from = 0; from < seen.size(); from += batch) {
      int count = Math.min(batch, seen.size() - from);
      for (int k = 0; k < count; k++) {
        mask(seen.get(from + k), masks.get(k));
      }
      float[][] some = asked.numbers(image, hiding.under(masks.subList(0, count)));
      for (int r = 0; r < rows; r++) {
        System.arraycopy(some[r], 0, numbers[r], from, count);
      }
      progress.done((from + count) / (double) seen.size());
    }
    return numbers;
  }

  private void mask(BitSet seen, float[] mask) {
    for (int i = 0; i < mask.length; i++) {
      mask[i] = seen.get(segments.label(i)) ? 1 : 0;
    }
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
