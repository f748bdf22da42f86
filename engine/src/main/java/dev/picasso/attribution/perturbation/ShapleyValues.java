package dev.picasso.attribution.perturbation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The Shapley values of regions: what each adds to a number, averaged over all orders in which they
 * come. Either from all 2^n sets of regions, or estimated by Kernel SHAP from some.
 *
 * @param regions n
 */
record ShapleyValues(int regions) {
  /** All sets, each by the bits of its place. */
  List<BitSet> everySet() {
    return IntStream.range(0, 1 << regions)
        .mapToObj(set -> BitSet.valueOf(new long[] {set}))
        .toList();
  }

  /**
   * The values by their definition, φ_j = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ j) − v(S)).
   *
   * @param v the number of each set
   */
  Fit exact(float[] v) {
    double[] shares = new double[regions];
    for (int size = 0; size < regions; size++) {
      shares[size] = 1 / (regions * choose(regions - 1, size));
    }
    double[] values = new double[regions];
    for (int set = 0; set < v.length; set++) {
      for (int j = 0; j < regions; j++) {
        int with = set | 1 << j;
        if (with != set) {
          values[j] += shares[Integer.bitCount(set)] * ((double) v[with] - v[set]);
        }
      }
    }
    return new Fit(values, new double[regions]);
  }

  private static double choose(int n, int k) {
    double ways = 1;
    for (int i = 1; i <= k; i++) {
      ways = ways * (n - k + i) / i;
    }
    return ways;
  }

  /**
   * Draws sets as often as the Shapley kernel weighs them, (n − 1) / (C(n, s) s (n − s)), each
   * followed by the set of the other regions.
   *
   * @param count how many sets, an odd one left out
   */
  List<BitSet> drawn(int count, Random random) {
    double[] upTo = new double[regions];
    for (int size = 1; size < regions; size++) {
      upTo[size] = upTo[size - 1] + 1. / ((double) size * (regions - size));
    }
    List<BitSet> sets = new ArrayList<>();
    int[] order = IntStream.range(0, regions).toArray();
    while (sets.size() + 2 <= count) {
      double at = random.nextDouble() * upTo[regions - 1];
      int size = 1;
      while (size < regions - 1 && upTo[size] <= at) {
        size++;
      }
      BitSet set = new BitSet(regions);
      for (int i = 0; i < size; i++) {
        int other = i + random.nextInt(regions - i);
        int chosen = order[other];
        order[other] = order[i];
        order[i] = chosen;
        set.set(chosen);
      }
      sets.add(set);
      BitSet rest = (BitSet) set.clone();
      rest.flip(0, regions);
      sets.add(rest);
    }
    return sets;
  }

  /**
   * The φ that minimize Σ (v(S) − v(∅) − Σ_{j ∈ S} φ_j)² over drawn sets, with Σ φ = v(all) − v(∅);
   * Lundberg and Lee 2017, in the form of Covert and Lee 2021, arXiv 2012.01536, section 3.
   *
   * <p>Standard errors are those of the sampling, a set and its complement being one draw.
   *
   * @param drawn sets that were {@link #drawn}
   * @param numbers the number of each set, for each row
   * @param ends of each row the numbers of no region and of all
   * @return empty if the sets are too few to tell the regions apart
   */
  Optional<List<Fit>> estimated(List<BitSet> drawn, float[][] numbers, float[][] ends) {
    return Inverse.of(together(drawn))
        .map(
            inverse ->
                IntStream.range(0, numbers.length)
                    .mapToObj(row -> estimate(drawn, numbers[row], ends[row], inverse))
                    .toList());
  }

  /** How often two regions are seen together. */
  private double[][] together(List<BitSet> sets) {
    double[][] a = new double[regions][regions];
    for (BitSet set : sets) {
      int[] members = set.stream().toArray();
      for (int i : members) {
        for (int j : members) {
          a[i][j]++;
        }
      }
    }
    return a;
  }

  private Fit estimate(List<BitSet> drawn, float[] v, float[] ends, Inverse inverse) {
    double none = ends[0];
    double all = ends[1];
    double[] right = new double[regions];
    for (int k = 0; k < drawn.size(); k++) {
      addTo(right, drawn.get(k), v[k] - none);
    }
    double[] ones = new double[regions];
    Arrays.fill(ones, 1);
    double[] direction = inverse.times(ones);
    double[] values = inverse.times(right);
    shift(values, direction, all - none);
    double[] errors = new double[regions];
    for (int k = 0; k + 1 < drawn.size(); k += 2) {
      double[] pull = new double[regions];
      for (int half = k; half < k + 2; half++) {
        BitSet set = drawn.get(half);
        addTo(pull, set, v[half] - none - set.stream().mapToDouble(j -> values[j]).sum());
      }
      double[] influence = inverse.times(pull);
      shift(influence, direction, 0);
      for (int j = 0; j < regions; j++) {
        errors[j] += influence[j] * influence[j];
      }
    }
    return new Fit(values, Arrays.stream(errors).map(Math::sqrt).toArray());
  }

  private static void addTo(double[] sums, BitSet set, double number) {
    for (int j = set.nextSetBit(0); j >= 0; j = set.nextSetBit(j + 1)) {
      sums[j] += number;
    }
  }

  /** Moves numbers along a direction until they sum to what they have to. */
  private static void shift(double[] numbers, double[] direction, double sum) {
    double given = 0;
    double length = 0;
    for (int j = 0; j < numbers.length; j++) {
      given += numbers[j];
      length += direction[j];
    }
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] -= direction[j] * (given - sum) / length;
    }
  }
}
