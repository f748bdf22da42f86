package dev.picasso.attribution.gradients;

import dev.picasso.attribution.gradients.StraightWay.Found;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Means over ways from several baselines to one image, for each of the rows that show it. */
final class Integrals {
  private final double[][] sums;
  private final List<List<Found>> found = new ArrayList<>();

  Integrals(int rows, int numbers) {
    sums = new double[rows][numbers];
  }

  /** Adds a way: a finding for each row. */
  void add(List<Found> way) {
    for (int row = 0; row < sums.length; row++) {
      double[] map = way.get(row).map();
      for (int k = 0; k < map.length; k++) {
        sums[row][k] += map[k];
      }
    }
    found.add(way);
  }

  double[] mean(int row) {
    return Arrays.stream(sums[row]).map(sum -> sum / found.size()).toArray();
  }

  double rise(int row) {
    return found.stream().mapToDouble(way -> way.get(row).rise()).sum() / found.size();
  }

  /** How many steps were taken, of which kind, and what they miss if it is too much. */
  String note(int row) {
    int[] steps = found.stream().mapToInt(way -> way.get(row).steps()).sorted().toArray();
    int least = steps[0];
    int most = steps[steps.length - 1];
    boolean even = found.stream().allMatch(way -> way.get(row).even());
    String taken =
        (least == most ? "" : least + " to ")
            + most
            + (even ? " steps" : " steps of unequal length");
    boolean near = found.stream().allMatch(way -> way.get(row).off().passes());
    double missing = found.stream().mapToDouble(way -> way.get(row).off().missing()).sum();
    return near
        ? taken
        : String.format(
            Locale.ROOT,
            "%s, which still miss %.2g of a sum of %.2g; more were not tried",
            taken,
            missing / found.size(),
            rise(row));
  }
}
