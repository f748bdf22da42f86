package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps whose places lie elsewhere than side by side in the picture. */
class HeatMapTest {
  private static final int CELLS = 4;
  private static final int SIDE = 64;

  /** One cell is one, all others are zero. */
  private static HeatMap peakAt(int column, int row) {
    float[] values = new float[CELLS * CELLS];
    values[row * CELLS + column] = 1;
    return HeatMap.of(CELLS, CELLS, values);
  }

  private static int[] peakOf(HeatMap map) {
    int[] peak = new int[2];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        if (Float.isFinite(map.at(x, y)) && !(map.at(x, y) <= map.at(peak[0], peak[1]))) {
          peak = new int[] {x, y};
        }
      }
    }
    return peak;
  }

  @ParameterizedTest(name = "shifted by {0} and {1} of a side")
  @CsvSource({"0, 0", ".125, 0", "0, -.125", ".0625, .125"})
  void aCellIsDrawnWhereItLies(double right, double down) {
    HeatMap map = peakAt(1, 2).over(new Region(right, down, 1 + right, 1 + down));
    int[] peak = peakOf(map.resized(SIDE, SIDE, Interpolation.SMOOTH));
    assertThat((peak[0] + .5) / SIDE).isCloseTo(1.5 / CELLS + right, within(1. / SIDE));
    assertThat((peak[1] + .5) / SIDE).isCloseTo(2.5 / CELLS + down, within(1. / SIDE));
  }

  @Test
  void theModelsInputMayBeAPartOfThePicture() {
    Frame letterboxed = new Frame(200, 100, SIDE, SIDE, 2, 2, 40, -10);
    HeatMap map = peakAt(1, 2).over(new Region(.125, .125, 1.125, 1.125));
    int[] peak = peakOf(letterboxed.toOriginal(map, 200, 100, Interpolation.SMOOTH));
    assertThat(peak[0] + .5).isCloseTo(40 + 2 * SIDE * (1.5 / CELLS + .125), within(1.));
    assertThat(peak[1] + .5).isCloseTo(-10 + 2 * SIDE * (2.5 / CELLS + .125), within(1.));
  }

  @Test
  void theOutermostCellsGoOnToTheEdgesAndNoFurther() {
    HeatMap all = HeatMap.of(1, 1, new float[] {3}).over(new Region(.25, .25, .75, .75));
    assertThat(all.resized(8, 8, Interpolation.SMOOTH).values()).containsOnly(3f);
    Frame within = new Frame(32, 32, 8, 8, 1, 1, 12, 12);
    HeatMap placed = within.toOriginal(all, 32, 32, Interpolation.SMOOTH);
    assertThat(placed.at(12, 12)).isEqualTo(3);
    assertThat(placed.at(11, 12)).isNaN();
  }

  @Test
  void whatIsMadeOfAMapLiesWhereItDoes() {
    Region part = new Region(.1, .2, 1.1, 1.2);
    HeatMap map = peakAt(1, 1).over(part);
    assertThat(map.abs().covered()).isEqualTo(part);
    assertThat(GaussianBlur.of(1).of(map).covered()).isEqualTo(part);
    assertThat(map.resized(9, 9, Interpolation.SMOOTH).isOverAll()).isTrue();
    assertThat(map.isOverAll()).isFalse();
  }
}
