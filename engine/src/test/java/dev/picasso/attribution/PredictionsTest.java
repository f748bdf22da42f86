package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Tensor;
import org.junit.jupiter.api.Test;

class PredictionsTest {
  @Test
  void whatIsNoNumberComesLast() {
    float[] row = {Float.NaN, .1f, Float.POSITIVE_INFINITY, Float.NaN, .7f};
    Tensor numbers = Tensor.of(row, 1, row.length);
    Predictions predictions = new Predictions(numbers, numbers);
    assertThat(predictions.top(0, 5)).containsExactly(2, 4, 1, 0, 3);
    assertThat(predictions.top(0, 2)).containsExactly(2, 4);
  }
}
