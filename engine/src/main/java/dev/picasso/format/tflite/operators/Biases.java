package dev.picasso.format.tflite.operators;

import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.Quantization;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.format.tflite.file.TensorContent;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.util.Optional;

/**
 * What is added for each filter. The kernels of TensorFlow Lite add the integers of a bias to those
 * of a product, so that they stand for what the product's do, scale of input times scale of
 * weights, whatever the bias says of itself; a converter may have made one bias of two that look
 * alike.
 */
final class Biases {
  private static final int WEIGHTS = 1;

  private Biases() {}

  /**
   * One number for each filter, if there are any.
   *
   * @param input where the bias stands
   * @param x where that stands which is multiplied with the weights
   */
  static Optional<Tensor> of(Operation op, int input, int x, long filters) {
    if (op.optional(input).isEmpty()) {
      return Optional.empty();
    }
    Tensor bias = op.weights(input, "biases", 1);
    if (bias.size() != filters) {
      throw new Unsupported("it has " + bias.size() + " biases for " + filters + " filters.");
    }
    Optional<Quantization> factor = quantization(op, x);
    Optional<Quantization> weights = quantization(op, WEIGHTS);
    boolean integers = quantization(op, input).isPresent() && op.stored(input).data().isPresent();
    return integers && factor.isPresent() && weights.isPresent()
        ? Optional.of(product(op.stored(input), factor.get(), weights.get()))
        : Optional.of(bias);
  }

  private static Optional<Quantization> quantization(Operation op, int input) {
    StoredTensor tensor = op.stored(input);
    return tensor.isQuantized() ? tensor.quantization() : Optional.empty();
  }

  private static Tensor product(StoredTensor bias, Quantization x, Quantization weights) {
    float[] values = TensorContent.read(bias.asIntegers()).as(DataType.FLOAT).floats();
    int scales = weights.scales().size();
    if (scales != 1 && scales != values.length) {
      throw new Unsupported("it has " + scales + " scales for " + values.length + " filters.");
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * x.scale() * weights.scales().get(scales == 1 ? 0 : i));
    }
    return Tensor.of(values, values.length);
  }
}
