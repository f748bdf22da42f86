package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Progress;
import dev.picasso.attribution.StrongestTenth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fits a line to what a picture's random sets of regions say: to all sets, or to so many that the
 * line is stable by {@link StrongestTenth}, each row for itself.
 */
record Fitting(Switches switches, boolean stable) {
  /** Sets before the first look at how stable it is. */
  static final int FIRST = 250;

  /** How a line is fitted. */
  @FunctionalInterface
  interface Line {
    /**
     * A fit for each row; empty if so few sets cannot tell the regions apart.
     *
     * @param sets the first of all
     * @param numbers of each row as many
     */
    Optional<List<Fit>> to(List<BitSet> sets, float[][] numbers);
  }

  /** What was fitted to how many sets. */
  record Found(Fit fit, int sets) {}

  /** For each row; empty if all sets cannot tell the regions apart. */
  Optional<List<Found>> of(List<BitSet> sets, Line line, Progress progress) {
    int rows = switches.rows();
    List<StrongestTenth> tenths =
        Stream.generate(() -> new StrongestTenth(FIRST)).limit(rows).toList();
    List<Integer> open = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    TreeMap<Integer, Found> found = new TreeMap<>();
    float[][] numbers = new float[rows][0];
    for (int from = 0; from < sets.size() && !open.isEmpty(); ) {
      int look = stable ? tenths.get(open.get(0)).next() : sets.size();
      int to = Math.min(sets.size(), look);
      double all = sets.size();
      Progress part = progress.part(from / all, to / all);
      numbers = joined(numbers, switches.numbers(sets.subList(from, to), part));
      Optional<List<Fit>> fits = line.to(sets.subList(0, to), numbers);
      boolean last = to == sets.size();
      for (int row : List.copyOf(open)) {
        Optional<Fit> fit = fits.map(each -> each.get(row));
        float[] map = fit.map(f -> switches.spread(f.values())).orElseGet(() -> new float[0]);
        if (last || tenths.get(row).isStable(map)) {
          open.remove((Integer) row);
          fit.ifPresent(f -> found.put(row, new Found(f, to)));
        }
      }
      from = to;
    }
    progress.done(1);
    return found.size() == rows ? Optional.of(List.copyOf(found.values())) : Optional.empty();
  }

  private static float[][] joined(float[][] before, float[][] more) {
    float[][] all = new float[before.length][];
    for (int row = 0; row < all.length; row++) {
      all[row] = Arrays.copyOf(before[row], before[row].length + more[row].length);
      System.arraycopy(more[row], 0, all[row], before[row].length, more[row].length);
    }
    return all;
  }
}
