package dev.picasso.format.tflite.file;

import dev.picasso.graph.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a subgraph: a constant with its bytes, or what an operator computes.
 *
 * @param name as in the file, perhaps empty, perhaps several names with semicolons between them
 * @param shape as the file has it; lengths that it leaves open are 1
 * @param open the axes whose lengths the file leaves open
 * @param quantization of integers that stand for real numbers
 * @param data the bytes of a constant, where they lie in the file; read-only
 * @param oddity why its elements cannot be had, as in "is sparse"; empty where they can
 */
public record StoredTensor(
    String name,
    ElementType type,
    Shape shape,
    List<Integer> open,
    Optional<Quantization> quantization,
    Optional<ByteBuffer> data,
    Optional<Sparsity> sparsity,
    Optional<String> oddity) {

  public StoredTensor {
    open = List.copyOf(open);
  }

  /** The same tensor with its integers standing for themselves. */
  public StoredTensor asIntegers() {
    return new StoredTensor(name, type, shape, open, Optional.empty(), data, sparsity, oddity);
  }

  /** Whether its elements stand for real numbers. */
  public boolean isReal() {
    return type.isFloating() || quantization.isPresent();
  }

  /** Whether its elements are integers that stand for real numbers. */
  public boolean isQuantized() {
    return !type.isFloating() && quantization.isPresent();
  }
}
