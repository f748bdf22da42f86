package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseToFineTest {
  /** A function of the place that notes where it was asked for. */
  private static final class Noted implements CoarseToFine.Computing {
    private final IntToDoubleFunction function;
    private final List<Integer> asked = new ArrayList<>();

    Noted(IntToDoubleFunction function) {
      this.function = function;
    }

    @Override
    public float[][] at(List<Integer> places) {
      asked.addAll(places);
      float[][] row = new float[1][places.size()];
      for (int i = 0; i < places.size(); i++) {
        row[0][i] = (float) function.applyAsDouble(places.get(i));
      }
      return row;
    }
  }

  private static CoarseToFine.Found found(CoarseGrid grid, Noted exact) {
    return CoarseToFine.of(grid, 1, exact, Optional.empty(), 3);
  }

  @Test
  void whatChangesEvenlyIsFoundFromHalfOfThePlaces() {
    CoarseGrid grid = new CoarseGrid(21, 15);
    Noted slope = new Noted(p -> p % 21 + 2. * (p / 21));
    CoarseToFine.Found found = found(grid, slope);
    for (int p = 0; p < grid.size(); p++) {
      boolean border = p % 21 == 0 || p % 21 == 20 || p / 21 == 0 || p / 21 == 14;
      assertThat(found.numbers()[0][p])
          .isCloseTo(p % 21 + 2f * (p / 21), within(border ? .7f : 1e-5f));
    }
    assertThat(slope.asked).hasSize(158 + 24).doesNotHaveDuplicates();
    assertThat(found.notes().get(0))
        .startsWith("158 of 315 squares computed, the others estimated; on 24 of these,")
        .contains("rank correlation is 1.00 and the largest error is");
  }

  @Test
  void whereNumbersJumpAllPlacesAreComputed() {
    CoarseGrid grid = new CoarseGrid(20, 20);
    Noted step = new Noted(p -> p % 20 < 7 ? 0 : 1);
    float[] numbers = found(grid, step).numbers()[0];
    for (int p = 0; p < grid.size(); p++) {
      assertThat(numbers[p]).isEqualTo(p % 20 < 7 ? 0f : 1f);
    }
    Set<Integer> jump = new TreeSet<>();
    IntStream.range(0, 20).forEach(y -> jump.addAll(List.of(20 * y + 6, 20 * y + 7)));
    assertThat(step.asked).containsAll(jump).hasSize(200 + 20 + 24);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 2", "2, 2", "5, 1", "3, 4"})
  void smallGridsAreFoundToo(int across, int down) {
    CoarseGrid grid = new CoarseGrid(across, down);
    CoarseToFine.Found found = found(grid, new Noted(p -> p * p % 5));
    for (int p = 0; p < grid.size(); p++) {
      assertThat(found.numbers()[0][p]).isEqualTo(p * p % 5);
    }
  }

  @Test
  void theSampleIsThatOfItsSeed() {
    CoarseGrid grid = new CoarseGrid(20, 20);
    List<List<Integer>> asked = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      Noted even = new Noted(p -> p % 20);
      CoarseToFine.of(grid, 1, even, Optional.empty(), seed);
      asked.add(even.asked);
    }
    assertThat(asked.get(0)).isEqualTo(asked.get(1)).isNotEqualTo(asked.get(2));
  }

  @Test
  void theErrorThatIsToldIsThatOfTheEstimates() {
    CoarseGrid grid = new CoarseGrid(20, 20);
    // A chessboard: every estimate is 1 too low.
    CoarseToFine.Found found =
        found(grid, new Noted(p -> (p / 20 + p % 20) % 2 == 0 ? 0 : 1 + p * 1e-9));
    assertThat(found.notes().get(0)).endsWith("the largest error is 1.0");
  }

  @Test
  void cheapNumbersAreBroughtToTheExactOnes() {
    CoarseGrid grid = new CoarseGrid(19, 14);
    Random random = new Random(4);
    double[] detail = random.doubles(grid.size()).toArray();
    Noted exact = new Noted(p -> detail[p]);
    Noted cheap = new Noted(p -> detail[p] / 2 - .1);
    CoarseToFine.Found found = CoarseToFine.of(grid, 1, exact, Optional.of(cheap), 3);
    for (int p : grid.first()) {
      assertThat(found.numbers()[0][p]).isCloseTo((float) detail[p], within(1e-5f));
    }
    assertThat(exact.asked).hasSize(grid.anchors(4).size() + 24).doesNotHaveDuplicates();
  }

  @Test
  void betweenAnchorsNumbersChangeEvenly() {
    CoarseGrid grid = new CoarseGrid(7, 6);
    float[] numbers = new float[42];
    grid.anchors(4).forEach(p -> numbers[p] = 3 * (p % 7) - p / 7);
    assertThat(grid.anchors(4)).containsExactly(0, 4, 6, 28, 32, 34, 35, 39, 41);
    for (int p = 0; p < 42; p++) {
      assertThat(grid.fromAnchors(numbers, p, 4)).isCloseTo(3f * (p % 7) - p / 7, within(1e-5f));
    }
  }
}
