package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import java.util.List;

/** Goes through images one after another. */
final class EachImage {
  private EachImage() {}

  /** What is done with one image. */
  @FunctionalInterface
  interface Work {
    /**
     * Explains an image.
     *
     * @param image its place among the distinct ones
     * @param rows that show it, at least one
     */
    void on(int image, List<Integer> rows, Progress progress);
  }

  static void of(Images x, Progress progress, Work work) {
    int images = Math.toIntExact(x.distinct().shape().dim(0));
    for (int image = 0; image < images; image++) {
      List<Integer> rows = x.rowsOf(image);
      if (!rows.isEmpty()) {
        work.on(image, rows, progress.part((double) image / images, (image + 1.) / images));
      }
    }
    progress.done(1);
  }
}
