package dev.picasso.format.tfjs;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.function.Supplier;

/**
 * A weight of a TensorFlow.js model, read when asked for.
 *
 * @param name as in the manifest
 * @param shape its lengths
 * @param reader reads the numbers, made what they were before they were quantized; throws a {@link
 *     dev.picasso.format.ModelException} if they are none
 */
public record StoredWeight(String name, Shape shape, Supplier<Tensor> reader) {

  public Tensor read() {
    return reader.get();
  }
}
