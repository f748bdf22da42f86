package dev.picasso.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Outputs that a run writes where they stay: the runtime's Java side hands out copies in Java's
 * heap, which would be copied once more. Only floats whose number is known before, and that are
 * enough to be worth it.
 */
final class LargeOutputs {
  private static final long LARGE = 64 << 10;

  /** Of a graph whose shapes are perhaps what it is run for. */
  static final LargeOutputs NONE = new LargeOutputs(List.of(), List.of());

  private final List<Value> inputs;
  private final List<Value> outputs;

  private LargeOutputs(List<Value> inputs, List<Value> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  static LargeOutputs of(Graph graph) {
    return new LargeOutputs(
        graph.inputs(),
        graph.outputs().stream()
            .distinct()
            .filter(name -> graph.constant(name).isEmpty())
            .map(graph::value)
            .filter(value -> value.type() == DataType.FLOAT)
            .filter(value -> Arrays.stream(value.shape().dims()).noneMatch(Shape::isFree))
            .toList());
  }

  /** Memory for the outputs of a run on these inputs; whoever runs closes the handles. */
  Map<String, Place> places(
      OrtEnvironment environment, Map<String, Tensor> given, OutputMemory memory)
      throws OrtException {
    OptionalLong batch = batch(given);
    Map<String, Place> places = new LinkedHashMap<>();
    for (Value output : outputs) {
      if (output.shape().isStatic() || batch.isPresent()) {
        Shape shape = output.shape().withBatch(batch.orElse(1));
        long bytes = Math.multiplyExact(shape.size(), (long) output.type().bytes());
        if (bytes >= LARGE && bytes <= Integer.MAX_VALUE) {
          ByteBuffer place = memory.take(bytes);
          places.put(
              output.name(),
              new Place(
                  Tensors.over(environment, place, shape, output.type()),
                  Tensor.of(output.type(), shape, place)));
        }
      }
    }
    return places;
  }

  private OptionalLong batch(Map<String, Tensor> given) {
    for (Value input : inputs) {
      Tensor tensor = given.get(input.name());
      for (int axis = 0; tensor != null && axis < input.shape().rank(); axis++) {
        if (input.shape().dim(axis) == Shape.BATCH) {
          return OptionalLong.of(tensor.shape().dim(axis));
        }
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Where one output goes.
   *
   * @param handle what the runtime writes to
   * @param result the same memory, to be read when the run has ended
   */
  record Place(OnnxTensor handle, Tensor result) {}
}
