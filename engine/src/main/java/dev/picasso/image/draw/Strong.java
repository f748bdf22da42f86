package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import dev.picasso.image.segments.Island;
import dev.picasso.image.segments.Mask;
import java.util.List;

/**
 * Where a map is strong.
 *
 * @param mask all pixels at or above the threshold
 * @param islands its parts that are large enough to be seen, the largest first
 */
public record Strong(Mask mask, List<Island> islands) {
  /** Parts below this share of the picture are specks; they are left out. */
  private static final double SPECK = .001;

  public Strong {
    islands = List.copyOf(islands);
  }

  /**
   * The parts of a map of at least some strength. Where all are specks, the largest is kept.
   *
   * @param threshold a share of the scale; of a scale for both signs what is positive
   */
  public static Strong of(HeatMap map, Scale scale, double threshold) {
    int width = map.width();
    int height = map.height();
    Mask mask =
        Mask.of(width, height, i -> scale.strength(map.at(i % width, i / width)) >= threshold);
    List<Island> all = Island.in(mask);
    double least = SPECK * width * height;
    int seen = (int) all.stream().takeWhile(i -> i.area() >= least).count();
    return new Strong(mask, all.subList(0, Math.min(Math.max(seen, 1), all.size())));
  }
}
