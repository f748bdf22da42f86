package dev.picasso.attribution.perturbation;

import dev.picasso.image.HeatMap;
import dev.picasso.image.RankCorrelation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Numbers at all places of a grid of which some are computed. Every second place is, as on a
 * chessboard; then those between where the numbers around lie far apart; the others are the mean of
 * those around. Numbers of a cheap program are first brought to those of the exact one at places
 * {@value #APART} apart: by the slope between the two, and by what is left, which is taken to
 * change evenly from one such place to the next. At last a few places that are not exact are
 * computed exactly, drawn at random, for what they tell of the error.
 */
final class CoarseToFine {
  /** In standard deviations of the numbers: how far those around may lie apart. */
  private static final double FAR = 1.5;

  private static final int APART = 4;
  private static final int SAMPLE = 24;

  private final CoarseGrid grid;
  private final Computing exact;
  private final Optional<Computing> cheap;
  private final float[][] numbers;
  private final Set<Integer> known = new TreeSet<>();
  private Optional<Correction> correction = Optional.empty();
  private int computed;

  /**
   * From cheap numbers to exact ones, for each target.
   *
   * @param slopes of the exact ones over the cheap ones
   * @param left what that leaves, at the anchors
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Correction(double[] slopes, float[][] left) {}

  /** Computes the numbers of some places: a row for each target. */
  @FunctionalInterface
  interface Computing {
    float[][] at(List<Integer> places);
  }

  /**
   * What was found.
   *
   * @param numbers a row for each target, with a number for each place
   * @param notes for each target how they came about and how good they are
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Found(float[][] numbers, List<String> notes) {}

  private CoarseToFine(CoarseGrid grid, int targets, Computing exact, Optional<Computing> cheap) {
    this.grid = grid;
    this.exact = exact;
    this.cheap = cheap;
    this.numbers = new float[targets][grid.size()];
  }

  /**
   * Computes and estimates.
   *
   * @param targets how many numbers there are for each place
   * @param cheap a program that is faster and less right, where there is one
   */
  static Found of(
      CoarseGrid grid, int targets, Computing exact, Optional<Computing> cheap, long seed) {
    CoarseToFine work = new CoarseToFine(grid, targets, exact, cheap);
    work.compute(grid.first());
    List<Integer> rough = work.rough();
    work.compute(rough);
    List<Integer> rest = new ArrayList<>(grid.others());
    rest.removeAll(rough);
    rest.removeAll(work.known);
    for (float[] of : work.numbers) {
      rest.forEach(place -> of[place] = grid.between(of, place));
    }
    return new Found(work.numbers, work.observed(seed));
  }

  private void put(List<Integer> places, float[][] found) {
    for (int r = 0; r < numbers.length; r++) {
      for (int i = 0; i < places.size(); i++) {
        numbers[r][places.get(i)] = found[r][i];
      }
    }
  }

  private void computeExactly(List<Integer> places) {
    put(places, exact.at(places));
    known.addAll(places);
  }

  private void compute(List<Integer> places) {
    List<Integer> missing = places.stream().filter(p -> !known.contains(p)).toList();
    computed += missing.size();
    if (cheap.isEmpty()) {
      computeExactly(missing);
    } else {
      correct(missing);
    }
  }

  /** The cheap numbers at some places, brought to the exact ones at the anchors. */
  private void correct(List<Integer> places) {
    Computing fast = cheap.orElseThrow();
    if (correction.isEmpty()) {
      correction = Optional.of(correction(fast, grid.anchors(APART)));
    }
    Correction by = correction.get();
    List<Integer> rest = places.stream().filter(p -> !known.contains(p)).toList();
    float[][] rough = fast.at(rest);
    for (int r = 0; r < numbers.length; r++) {
      for (int i = 0; i < rest.size(); i++) {
        float left = grid.fromAnchors(by.left()[r], rest.get(i), APART);
        numbers[r][rest.get(i)] = (float) (by.slopes()[r] * rough[r][i]) + left;
      }
    }
  }

  private Correction correction(Computing fast, List<Integer> anchors) {
    computeExactly(anchors);
    float[][] rough = fast.at(anchors);
    double[] slopes = new double[numbers.length];
    float[][] left = new float[numbers.length][grid.size()];
    for (int r = 0; r < numbers.length; r++) {
      float[] all = numbers[r];
      float[] right = new float[anchors.size()];
      for (int i = 0; i < right.length; i++) {
        right[i] = all[anchors.get(i)];
      }
      slopes[r] = slope(rough[r], right);
      for (int i = 0; i < right.length; i++) {
        left[r][anchors.get(i)] = (float) (right[i] - slopes[r] * rough[r][i]);
      }
    }
    return new Correction(slopes, left);
  }

  /** The least squares' line's; 1 where all are alike. */
  private static double slope(float[] of, float[] to) {
    double meanOf = mean(of);
    double meanTo = mean(to);
    double both = 0;
    double squares = 0;
    for (int i = 0; i < of.length; i++) {
      both += (of[i] - meanOf) * (to[i] - meanTo);
      squares += (of[i] - meanOf) * (of[i] - meanOf);
    }
    return squares == 0 ? 1 : both / squares;
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float n : numbers) {
      sum += n;
    }
    return sum / numbers.length;
  }

  /** Places between those that are computed at which the numbers of a target change much. */
  private List<Integer> rough() {
    List<Integer> first = grid.first();
    Set<Integer> rough = new TreeSet<>();
    for (float[] of : numbers) {
      double far = FAR * deviation(of, first);
      grid.others().stream().filter(p -> grid.spread(of, p) > far).forEach(rough::add);
    }
    return List.copyOf(rough);
  }

  private static double deviation(float[] numbers, List<Integer> places) {
    double mean = places.stream().mapToDouble(p -> numbers[p]).average().orElse(0);
    double squares =
        places.stream().mapToDouble(p -> (numbers[p] - mean) * (numbers[p] - mean)).sum();
    return Math.sqrt(squares / places.size());
  }

  /** Computes a sample exactly, and tells what that says of the others. */
  private List<String> observed(long seed) {
    List<Integer> left = new ArrayList<>();
    for (int place = 0; place < grid.size(); place++) {
      if (!known.contains(place)) {
        left.add(place);
      }
    }
    Collections.shuffle(left, new Random(seed));
    List<Integer> sample =
        left.subList(0, Math.min(SAMPLE, left.size())).stream().sorted().toList();
    if (sample.isEmpty()) {
      return Collections.nCopies(numbers.length, "all squares computed");
    }
    float[][] right = exact.at(sample);
    List<String> notes = new ArrayList<>();
    for (int r = 0; r < numbers.length; r++) {
      float[] estimates = new float[sample.size()];
      double largest = 0;
      for (int i = 0; i < estimates.length; i++) {
        estimates[i] = numbers[r][sample.get(i)];
        largest = Math.max(largest, Math.abs(estimates[i] - right[r][i]));
      }
      notes.add(note(largest, correlation(estimates, right[r]), sample.size()));
    }
    put(sample, right);
    known.addAll(sample);
    return notes;
  }

  private static double correlation(float[] a, float[] b) {
    return RankCorrelation.of(HeatMap.of(a.length, 1, a), HeatMap.of(b.length, 1, b));
  }

  private String note(double largest, double correlation, int sample) {
    String ranks =
        Double.isFinite(correlation)
            ? String.format(Locale.ROOT, "the rank correlation is %.2f and ", correlation)
            : "";
    return String.format(
        Locale.ROOT,
        "%d of %d squares computed, the others estimated; on %d of these, computed to see how far"
            + " off that is, %sthe largest error is %.2g",
        computed,
        grid.size(),
        sample,
        ranks,
        largest);
  }
}
