package dev.picasso.image.segments;

import dev.picasso.image.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A part of a mask that hangs together, over edges or corners of pixels.
 *
 * @param box the smallest window around it
 * @param area number of pixels
 * @param runs its pixels, from top to bottom and from left to right
 */
public record Island(Window box, int area, List<Run> runs) {
  public Island {
    runs = List.copyOf(runs);
  }

  /**
   * Pixels beside one another in a row.
   *
   * @param to one past the last column
   */
  public record Run(int y, int from, int to) {
    /** Whether a run of the row above touches this one, at least at a corner. */
    private boolean touches(Run above) {
      return above.from <= to && from <= above.to;
    }
  }

  /** All of a mask, the largest first, those alike in the order of their first pixels. */
  public static List<Island> in(Mask mask) {
    List<Run> runs = runs(mask);
    Map<Integer, List<Run>> together = new TreeMap<>();
    Forest forest = joined(runs);
    for (int i = 0; i < runs.size(); i++) {
      together.computeIfAbsent(forest.root(i), root -> new ArrayList<>()).add(runs.get(i));
    }
    return together.values().stream()
        .map(Island::of)
        .sorted(Comparator.comparing(Island::area).reversed())
        .toList();
  }

  private static List<Run> runs(Mask mask) {
    List<Run> runs = new ArrayList<>();
    int width = mask.width();
    for (int from = mask.next(0); from >= 0; ) {
      int y = from / width;
      int to = Math.min(mask.nextOutside(from), (y + 1) * width);
      runs.add(new Run(y, from - y * width, to - y * width));
      from = mask.next(to);
    }
    return runs;
  }

  private static Forest joined(List<Run> runs) {
    Forest forest = new Forest(runs.size());
    int above = 0;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      while (runs.get(above).y() < run.y() - 1
          || (runs.get(above).y() == run.y() - 1 && runs.get(above).to() < run.from())) {
        above++;
      }
      for (int a = above; runs.get(a).y() == run.y() - 1 && run.touches(runs.get(a)); a++) {
        forest.connect(a, i);
      }
    }
    return forest;
  }

  private static Island of(List<Run> runs) {
    int left = Integer.MAX_VALUE;
    int right = 0;
    int area = 0;
    for (Run run : runs) {
      left = Math.min(left, run.from());
      right = Math.max(right, run.to());
      area += run.to() - run.from();
    }
    int top = runs.get(0).y();
    int bottom = runs.get(runs.size() - 1).y() + 1;
    return new Island(new Window(left, top, right - left, bottom - top), area, runs);
  }

  /**
   * It alone as a mask.
   *
   * @param width of the mask in which it was found
   */
  public Mask mask(int width, int height) {
    return Mask.ofRuns(width, height, runs);
  }
}
