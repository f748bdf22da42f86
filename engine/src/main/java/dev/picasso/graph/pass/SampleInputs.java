package dev.picasso.graph.pass;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Inputs to try a graph with. */
public final class SampleInputs {
  private SampleInputs() {}

  /**
   * A tensor for each input of the graph: numbers in [0, 1) for floating types, zeros and ones for
   * the others.
   *
   * @param batch the length of axes that are the batch
   */
  public static Map<String, Tensor> of(Graph graph, long batch, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    for (Value input : graph.inputs()) {
      Shape shape = input.shape().withBatch(batch);
      float[] numbers = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = input.type().isFloating() ? random.nextFloat() : random.nextInt(2);
      }
      Tensor tensor = Tensor.of(numbers, shape.dims());
      inputs.put(input.name(), input.type() == DataType.FLOAT ? tensor : tensor.as(input.type()));
    }
    return inputs;
  }
}
