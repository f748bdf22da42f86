package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.perturbation.Small.PIXELS;
import static dev.picasso.attribution.perturbation.Small.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Maps;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelShapTest {
  @TempDir Path folder;

  private static KernelShap shap(int samples, int regions, int seed) {
    return new KernelShap(samples, Superpixels.GRID, regions, "0", seed, false);
  }

  /** The cell of a pixel in a grid of so many a side. */
  private static IntUnaryOperator cells(int side) {
    return i -> i / SIDE * side / SIDE * side + i % SIDE * side / SIDE;
  }

  /** What each region adds, averaged over all orders in which four come. */
  private static double[] byOrders(float[] w, float[] x) {
    IntUnaryOperator cell = cells(2);
    List<List<Integer>> orders = new ArrayList<>();
    permute(new ArrayList<>(List.of(0, 1, 2, 3)), 0, orders);
    double[] values = new double[4];
    for (List<Integer> order : orders) {
      boolean[] seen = new boolean[PIXELS];
      for (int region : order) {
        double before = Small.p(w, x, seen);
        for (int i = 0; i < PIXELS; i++) {
          seen[i] |= cell.applyAsInt(i) == region;
        }
        values[region] += (Small.p(w, x, seen) - before) / orders.size();
      }
    }
    return values;
  }

  private static void permute(List<Integer> items, int from, List<List<Integer>> orders) {
    if (from == items.size()) {
      orders.add(List.copyOf(items));
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, orders);
      Collections.swap(items, from, i);
    }
  }

  @Test
  void ofFewRegionsTheValuesAreExact() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    double[] values = byOrders(w, x);
    Maps maps =
        Small.explain(shap(16, 4, 0), Small.sigmoid(folder, w), Small.images(x).each(2), 1, 0);
    float[] map = maps.values().floats();
    for (int i = 0; i < PIXELS; i++) {
      double share = values[cells(2).applyAsInt(i)] / 16;
      assertThat((double) map[i]).isEqualTo(share, within(1e-6));
      assertThat((double) map[PIXELS + i]).isEqualTo(-share, within(1e-6));
    }
    assertThat(maps.total().orElseThrow().floats()[0])
        .isEqualTo((float) (Small.p(w, x) - .5), within(1e-5f));
    assertThat(maps.error().orElseThrow().floats()).containsOnly(0);
  }

  @Test
  void drawnSetsComeNearTheExactValues() {
    Random random = new Random(4);
    int n = 8;
    ShapleyValues shapley = new ShapleyValues(n);
    float[] v = new float[1 << n];
    double[] weights = random.doubles(n, -1, 1).toArray();
    for (int set = 0; set < v.length; set++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += (set >> j & 1) * weights[j];
      }
      v[set] = (float) Math.tanh(sum);
    }
    double[] exact = shapley.exact(v).values();
    double square = 0;
    int runs = 40;
    for (int run = 0; run < runs; run++) {
      List<BitSet> sets = shapley.drawn(100, random);
      float[] numbers = new float[sets.size()];
      for (int k = 0; k < numbers.length; k++) {
        numbers[k] = v[(int) sets.get(k).toLongArray()[0]];
      }
      float[][] ends = {{v[0], v[v.length - 1]}};
      Fit fit = shapley.estimated(sets, new float[][] {numbers}, ends).orElseThrow().get(0);
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double z = (fit.values()[j] - exact[j]) / fit.errors()[j];
        square += z * z / n / runs;
        sum += fit.values()[j];
      }
      assertThat(sum).isEqualTo((double) v[v.length - 1] - v[0], within(1e-6));
    }
    assertThat(Math.sqrt(square)).as("distance in standard errors").isBetween(.7, 1.4);
  }

  @Test
  void ofALinearModelEvenDrawnSetsAreExact() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    double[] adds = new double[16];
    IntStream.range(0, PIXELS).forEach(i -> adds[cells(4).applyAsInt(i)] += w[i] * x[i]);
    float[] map = Small.map(shap(200, 16, 3), Small.linear(folder, w), x, 0);
    for (int i = 0; i < PIXELS; i++) {
      assertThat((double) map[i]).isEqualTo(adds[cells(4).applyAsInt(i)] / 4, within(1e-5));
    }
  }

  @Test
  void theMapSumsToWhatHidingAllTakesAway() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] x = Small.random(2);
    Maps maps = Small.explain(shap(100, 16, 3), model, Small.images(x), 1);
    assertThat(maps.residuals().orElseThrow()[0]).isLessThan(1e-4);
    assertThat(maps.total().orElseThrow().floats()[0])
        .isEqualTo((float) (Small.p(Small.random(1), x) - .5), within(1e-5f));
  }

  @Test
  void fewSamplesHaveFewRegions() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] map = Small.map(shap(40, 64, 3), model, Small.random(2), 1);
    assertThat(IntStream.range(0, PIXELS).mapToObj(i -> map[i]).distinct().count())
        .isLessThanOrEqualTo(10);
  }

  /** One region counts far more than all others: no more samples are needed to see that. */
  @Test
  void whereTheStrongestTenthStaysItStopsEarly() throws IOException {
    float[] w = new float[PIXELS];
    float[] x = new float[PIXELS];
    Arrays.fill(x, 1);
    IntStream.range(0, PIXELS).forEach(i -> w[i] = i == 27 ? 1 : .01f);
    Model model = Small.sigmoid(folder, w);
    KernelShap stopping = new KernelShap(4000, Superpixels.GRID, 64, "0", 1, true);
    Maps maps = Small.explain(stopping, model, Small.images(x), 1);
    assertThat(maps.residuals().orElseThrow()[0]).isLessThan(1e-4);
    int samples = Integer.parseInt(maps.notes().get(0).replace(" samples", ""));
    assertThat(samples).isIn(500, 1000, 2000, 4000);
    assertThat(maps.values().floats())
        .containsExactly(Small.map(shap(samples, 64, 1), model, x, 1), within(1e-6f));
  }

  @Test
  void setsThatCannotTellRegionsApartGiveNothing() {
    ShapleyValues shapley = new ShapleyValues(30);
    List<BitSet> sets = shapley.drawn(14, new Random(1));
    assertThat(shapley.estimated(sets, new float[1][14], new float[1][2])).isEmpty();
  }
}
