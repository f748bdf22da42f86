package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.Layer;
import dev.picasso.graph.Tensor;

/** Low-rank corrections of weights, as LoRA trains them: W + alpha / rank · A·B. */
final class LowRank {
  private LowRank() {}

  /** The weights, the last axis for the columns, with their correction, where the layer has one. */
  static Tensor added(Layer layer, Tensor matrix, String nameOfA, String nameOfB) {
    int rank = layer.integer("lora_rank", 0);
    double scale = layer.number("lora_alpha", rank) / rank;
    if (rank == 0 || !layer.hasMoreWeights()) {
      return matrix;
    }
    int columns = (int) matrix.shape().dim(-1);
    long[] left = matrix.shape().with(-1, rank).dims();
    float[] a = layer.weight(nameOfA, left).floats();
    float[] b = layer.weight(nameOfB, rank, columns).floats();
    float[] sum = matrix.floats();
    for (int i = 0; i < sum.length; i++) {
      double product = 0;
      for (int r = 0; r < rank; r++) {
        product += (double) a[i / columns * rank + r] * b[r * columns + i % columns];
      }
      sum[i] += (float) (scale * product);
    }
    return Tensor.of(sum, matrix.shape().dims());
  }
}
