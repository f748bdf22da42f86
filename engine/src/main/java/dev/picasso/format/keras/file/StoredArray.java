package dev.picasso.format.keras.file;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.function.Supplier;

/**
 * An array of a weights file, read when asked for.
 *
 * @param name as in the file, such as "conv2d/kernel:0"
 * @param shape its lengths
 * @param reader reads the numbers as FLOAT; only while the file is open
 */
public record StoredArray(String name, Shape shape, Supplier<Tensor> reader) {

  public Tensor read() {
    return reader.get();
  }

  /** As in "conv2d/kernel:0 [3, 3, 1, 32]". */
  @Override
  public String toString() {
    return name + " " + shape;
  }
}
