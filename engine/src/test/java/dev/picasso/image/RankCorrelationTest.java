package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void orderCountsAndNotSize() {
    assertThat(of(new float[] {1, 2, 3, 4}, new float[] {1, 10, 100, 1000})).isEqualTo(1);
    assertThat(of(new float[] {1, 2, 3, 4}, new float[] {8, 7, 6, 5})).isEqualTo(-1);
    assertThat(of(new float[] {1, 2, 3, 4}, new float[] {2, 1, 4, 3}))
        .isCloseTo(.6, Offset.offset(1e-9));
  }

  @Test
  void equalNumbersShareTheirRank() {
    assertThat(of(new float[] {0, 0, 1, 2}, new float[] {0, 0, 1, 2})).isEqualTo(1);
    assertThat(of(new float[] {0, 0, 1, 1}, new float[] {0, 1, 0, 1})).isZero();
    assertThat(of(new float[] {0, 0, 0, 0}, new float[] {0, 1, 0, 1})).isNaN();
  }

  @Test
  void theFinerMapIsBroughtToTheCoarserOne() {
    HeatMap fine = HeatMap.of(4, 4, new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4});
    assertThat(RankCorrelation.of(fine, HeatMap.of(2, 2, new float[] {1, 2, 3, 4}))).isEqualTo(1);
  }

  private static double of(float[] a, float[] b) {
    return RankCorrelation.of(HeatMap.of(2, 2, a), HeatMap.of(2, 2, b));
  }
}
