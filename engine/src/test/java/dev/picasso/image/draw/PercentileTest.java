package dev.picasso.image.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.image.HeatMap;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PercentileTest {
  @Property
  void itIsThatOfTheSortedValues(
      @ForAll @Size(min = 1, max = 60) float[] values,
      @ForAll @DoubleRange(max = 100) double percentile) {
    float[] sorted = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = Math.abs(values[i]);
    }
    Arrays.sort(sorted);
    double place = percentile / 100 * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    double expected = sorted[below] + (place - below) * ((double) sorted[above] - sorted[below]);
    HeatMap map = HeatMap.of(values.length, 1, values);
    assertThat(Percentile.ofAbsolute(List.of(map), percentile)).isEqualTo(expected);
  }

  @Test
  void hillsAndPlainsTakeNoLongerThanOtherMaps() {
    int n = 1 << 21; // of which the square is hours
    float[] hill = new float[n];
    for (int i = 0; i < n; i++) {
      hill[i] = Math.min(i, n - i);
    }
    assertThat(Percentile.ofAbsolute(List.of(HeatMap.of(n, 1, hill)), 50))
        .isCloseTo(n / 4., within(1.));
    float[] plain = new float[n];
    Arrays.fill(plain, 3);
    assertThat(Percentile.ofAbsolute(List.of(HeatMap.of(n, 1, plain)), 99)).isEqualTo(3);
  }
}
