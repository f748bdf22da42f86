package dev.picasso.image;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a model that answers for every place takes each place for: an index of a class, in the frame
 * of its input. Class maps do not change.
 */
public final class ClassMap {
  private final int width;
  private final int height;
  private final int[] classes;

  private ClassMap(int width, int height, int[] classes) {
    if (width < 1 || height < 1 || classes.length != (long) width * height) {
      throw new IllegalArgumentException(
          "a map of %d × %d does not take %d classes".formatted(width, height, classes.length));
    }
    this.width = width;
    this.height = height;
    this.classes = classes;
  }

  /**
   * A map over indices that the caller no longer changes.
   *
   * @param classes width · height indices, row by row; −1 where nothing is known
   */
  public static ClassMap of(int width, int height, int[] classes) {
    return new ClassMap(width, height, classes);
  }

  /**
   * The class with the largest score at each place, of several alike the first.
   *
   * @param scores [classes, height, width]; places where none is a number are −1
   */
  public static ClassMap ofScores(float[] scores, int count, int height, int width) {
    int size = Math.multiplyExact(height, width);
    if (scores.length != (long) count * size) {
      throw new IllegalArgumentException(
          "[%d, %d, %d] does not take %d scores".formatted(count, height, width, scores.length));
    }
    int[] classes = new int[size];
    for (int i = 0; i < size; i++) {
      float most = Float.NaN;
      classes[i] = -1;
      for (int c = 0; c < count; c++) {
        float score = scores[c * size + i];
        if (score > most || (Float.isNaN(most) && !Float.isNaN(score))) {
          most = score;
          classes[i] = c;
        }
      }
    }
    return new ClassMap(width, height, classes);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The class of a place; −1 where nothing is known. */
  public int at(int x, int y) {
    return classes[y * width + x];
  }

  /** A copy of all, row by row. */
  public int[] classes() {
    return classes.clone();
  }

  /** The share of all places that each class has that is there, by index. */
  public Map<Integer, Double> shares() {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int c : classes) {
      if (c >= 0) {
        counts.merge(c, 1, Integer::sum);
      }
    }
    Map<Integer, Double> shares = new TreeMap<>();
    counts.forEach((c, n) -> shares.put(c, (double) n / classes.length));
    return shares;
  }

  /** The same as a map of numbers, for the way into the frame of a picture. */
  private HeatMap numbers() {
    float[] numbers = new float[classes.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = classes[i] < 0 ? Float.NaN : classes[i];
    }
    return HeatMap.of(width, height, numbers);
  }

  /**
   * The map in the frame of a picture, without anything between two classes.
   *
   * @param outWidth width of the result, which shows the whole picture at any size
   * @return −1 where the model sees nothing
   */
  public ClassMap in(Frame frame, int outWidth, int outHeight) {
    float[] placed =
        frame.toOriginal(numbers(), outWidth, outHeight, Interpolation.NEAREST).values();
    int[] out = new int[placed.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.isNaN(placed[i]) ? -1 : (int) placed[i];
    }
    return new ClassMap(outWidth, outHeight, out);
  }
}
