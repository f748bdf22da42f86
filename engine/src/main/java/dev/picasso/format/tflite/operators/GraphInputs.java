package dev.picasso.format.tflite.operators;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tflite.file.ElementType;
import dev.picasso.format.tflite.file.Quantization;
import dev.picasso.format.tflite.file.StoredTensor;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The inputs of a graph. One whose elements are bytes takes the same numbers as floats, so that the
 * model can be differentiated; what they stand for is computed from them.
 */
final class GraphInputs {
  /** As many numbers as an image of 16,384 × 16,384 pixels has. */
  private static final double MOST = 1L << 28;

  private static final long USUAL_SIDE = 224;
  private static final long MOST_TRIED = 1L << 24;

  private final ImportOptions options;
  private final boolean single;
  private final boolean anyBatch;

  /**
   * Inputs.
   *
   * @param single whether there is only one, which needs no name
   * @param anyBatch whether the first axis is the batch, however long the file has it
   */
  GraphInputs(ImportOptions options, boolean single, boolean anyBatch) {
    this.options = options;
    this.single = single;
    this.anyBatch = anyBatch;
  }

  /** The values that the operators read. */
  LaidOut add(GraphBuilder g, StoredTensor tensor, String name) {
    DataType type = isBytes(tensor.type()) ? DataType.FLOAT : Conversions.type(tensor);
    Value input = g.input(name, type, shape(tensor, name));
    return LaidOut.asIs(tensor.isQuantized() ? real(g, input, tensor) : input);
  }

  private static boolean isBytes(ElementType type) {
    return type.bits() <= 16 && type.bits() > 1 && type != ElementType.BOOL;
  }

  /** scale · (x − zero point). */
  private static Value real(GraphBuilder g, Value stored, StoredTensor tensor) {
    Quantization quantization = tensor.quantization().orElseThrow();
    Value centred =
        quantization.zeroPoint() == 0 ? stored : g.add(stored, (double) -quantization.zeroPoint());
    return quantization.scale() == 1 ? centred : g.mul(centred, quantization.scale());
  }

  /** A sentence about a size that the file leaves open and nobody told; else empty. */
  Optional<String> assumption(StoredTensor tensor, String name) {
    return told(name).isEmpty() && isOpen(tensor)
        ? assumed(tensor)
            .map(
                s ->
                    "The file leaves the size of the input %s open; taken as %s."
                        .formatted(name, s.with(0, Shape.BATCH)))
        : Optional.empty();
  }

  /** A sentence about the integers of an input; empty where there is nothing to say. */
  static Optional<String> note(StoredTensor tensor, String name) {
    if (!isBytes(tensor.type()) || tensor.type().isFloating()) {
      return Optional.empty();
    }
    String range =
        "The input %s takes the integers of the file (%s, %d to %d) as floats"
            .formatted(name, tensor.type(), tensor.type().least(), tensor.type().greatest());
    return Optional.of(
        tensor.type() == ElementType.UINT8
            ? range + ": pixels as they are."
            : tensor.type() == ElementType.INT8 ? range + ": pixels minus 128." : range + ".");
  }

  private Optional<Shape> told(String name) {
    return Optional.ofNullable(options.inputShapes().get(name))
        .or(() -> single ? Optional.ofNullable(options.inputShapes().get("")) : Optional.empty());
  }

  private Shape shape(StoredTensor tensor, String name) {
    Optional<Shape> told = told(name);
    if (told.isPresent() && told.get().rank() != tensor.shape().rank()) {
      throw new Unsupported(
          "the shape %s was told; the file has %s.".formatted(told.get(), tensor.shape()));
    }
    Shape shape = told.orElse(tensor.shape());
    if (told.isEmpty() && isOpen(tensor)) {
      shape = assumed(tensor).orElseThrow(GraphInputs::untold);
    }
    requirePossible(shape);
    if (shape.rank() == 0) {
      return shape;
    }
    if (anyBatch) {
      return shape.with(0, Shape.BATCH);
    }
    return shape.dim(0) < 0 ? shape.with(0, Math.max(tensor.shape().dim(0), 1)) : shape;
  }

  private static Unsupported untold() {
    return new Unsupported(
        "the file leaves its size open; tell it in the configuration (input shape).");
  }

  /** Whether the file leaves a length open, and has no other than one in its place. */
  private static boolean isOpen(StoredTensor tensor) {
    return IntStream.range(1, tensor.shape().rank())
        .anyMatch(i -> tensor.open().contains(i) && tensor.shape().dim(i) <= 1);
  }

  /** Images of 224 × 224 pixels in three colours, where the file leaves that open. */
  private static Optional<Shape> assumed(StoredTensor tensor) {
    Shape shape = tensor.shape();
    if (shape.rank() != 4) {
      return Optional.empty();
    }
    boolean channelsOpen = tensor.open().contains(3) && shape.dim(3) <= 1;
    boolean first = !tensor.open().contains(1) && shape.dim(1) <= 4 && channelsOpen;
    int channels = first ? 1 : 3;
    for (int i = 1; i < 4; i++) {
      if (tensor.open().contains(i) && shape.dim(i) <= 1) {
        shape = shape.with(i, i == channels ? 3 : USUAL_SIDE);
      }
    }
    return Optional.of(shape);
  }

  private static void requirePossible(Shape shape) {
    double size = 1;
    for (long dim : shape.dims()) {
      size *= Math.abs(dim);
    }
    if (!(size >= 1 && size <= MOST)) {
      throw new Unsupported("its shape is " + shape + ", which no image has.");
    }
  }

  /** Whether one set of inputs is so small that the graph can be tried with several. */
  static boolean canBeTried(List<StoredTensor> inputs) {
    return inputs.stream().allMatch(i -> i.shape().size() <= MOST_TRIED);
  }

  /** Whether the first axis of a tensor may be a batch of any length. */
  static boolean mayBeBatch(StoredTensor tensor) {
    return tensor.shape().rank() > 1 && (tensor.open().contains(0) || tensor.shape().dim(0) == 1);
  }
}
