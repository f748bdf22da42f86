package dev.picasso.image.segments;

import dev.picasso.image.Picture;
import java.util.Arrays;

/**
 * Superpixels: k-means over colour and place, each cluster looking at its surroundings only.
 * Achanta et al. 2012, in scikit-image's form: samples are stretched to the whole range, clusters
 * begin as cells of a grid, and after ten rounds parts that came off are joined with a neighbour,
 * so that every region is connected.
 *
 * @param segments about how many regions; the result has somewhat more or fewer
 * @param compactness the weight of place against colour in CIELAB: 1 follows colours closely, 40
 *     makes near squares
 */
public record Slic(int segments, double compactness) implements Segmentation {
  private static final int ROUNDS = 10;

  /** Regions smaller than this share of an even one are joined with a neighbour. */
  private static final double SMALLEST = .5;

  public Slic {
    if (segments < 1 || !(compactness > 0)) {
      throw new IllegalArgumentException(
          "%d segments of compactness %s; both must be positive".formatted(segments, compactness));
    }
  }

  /** About as many regions, of the usual compactness of ten. */
  public static Slic of(int segments) {
    return new Slic(segments, 10);
  }

  @Override
  public Segments segment(Picture picture) {
    int[] clusters = clusters(picture);
    int regions = (int) Arrays.stream(clusters).distinct().count();
    int least = (int) (SMALLEST * clusters.length / regions);
    return connected(picture.width(), picture.height(), clusters, least);
  }

  /** The cluster of each pixel; they need not hang together. */
  int[] clusters(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    double step = Math.sqrt((double) width * height / segments);
    Grid down = Grid.of(height, step);
    Grid across = Grid.of(width, step);
    Clusters clusters = new Clusters(down.count() * across.count());
    double[][] lab = Lab.planes(picture, Range.of(picture), 1 / compactness);
    for (int k = 0; k < clusters.size(); k++) {
      // All of one colour, so that the first round goes by places alone.
      clusters.set(k, across.place(k % across.count()), down.place(k / across.count()));
    }
    int spacing = Math.max(down.step(), across.step());
    int[] nearest = new int[width * height];
    for (int round = 0; round < ROUNDS; round++) {
      if (!clusters.assign(lab, width, height, spacing, nearest)) {
        break;
      }
      clusters.moveToMeans(lab, width, nearest);
    }
    return nearest;
  }

  /** Places at even distances along an axis. */
  private record Grid(int start, int step, int count) {
    static Grid of(int size, double step) {
      int whole = (int) Math.max(1, Math.min(Math.rint(step), size));
      int start = (int) Math.min(step / 2, size / 2.);
      return new Grid(start, whole, Math.max(1, (size - start + whole - 1) / whole));
    }

    int place(int i) {
      return start + i * step;
    }
  }

  /** Takes labels apart where they do not hang together, and small parts to the one before. */
  private static Segments connected(int width, int height, int[] labels, int least) {
    Forest forest = new Forest(labels.length);
    for (int i = 0; i < labels.length; i++) {
      if (i % width > 0 && labels[i - 1] == labels[i]) {
        forest.connect(i - 1, i);
      }
      if (i >= width && labels[i - width] == labels[i]) {
        forest.connect(i - width, i);
      }
    }
    for (int i = 1; i < labels.length; i++) {
      // A part is named by its first pixel; what lies left of it or above is another part.
      if (forest.root(i) == i && forest.size(i) < least) {
        forest.connect(i % width > 0 ? i - 1 : i - width, i);
      }
    }
    for (int i = 1; i < labels.length && forest.size(0) < least; i++) {
      // The first pixel outside the first part touches it.
      forest.connect(0, i);
    }
    return Segments.of(width, height, forest.roots());
  }
}
