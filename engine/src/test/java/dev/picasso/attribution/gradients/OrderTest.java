package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void theNumberAtAPlaceIsThatOfTheSortedNumbers() {
    Random random = new Random(1);
    for (int n = 1; n < 60; n++) {
      double[] numbers = random.doubles(n).map(d -> Math.floor(10 * d)).toArray();
      numbers[n / 2] = Double.POSITIVE_INFINITY;
      double[] sorted = numbers.clone();
      Arrays.sort(sorted);
      for (int k = 0; k < n; k++) {
        assertThat(Order.smallest(numbers, k)).isEqualTo(sorted[k]);
      }
    }
  }
}
