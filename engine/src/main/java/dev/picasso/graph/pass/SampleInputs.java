package dev.picasso.graph.pass;

import dev.picasso.PicassoException;
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
   * @throws PicassoException if memory is too small for such inputs
   */
  public static Map<String, Tensor> of(Graph graph, long batch, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    long left = most();
    for (Value input : graph.inputs()) {
      Shape shape = input.shape().withBatch(batch);
      left -= numbers(shape);
      if (left < 0) {
        throw new PicassoException(
            "the input "
                + input.name()
                + " "
                + shape
                + " is too large to be tried; give Java more memory with PICASSO_OPTS=-Xmx…");
      }
      float[] numbers = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = input.type().isFloating() ? random.nextFloat() : random.nextInt(2);
      }
      Tensor tensor = Tensor.of(numbers, shape.dims());
      inputs.put(input.name(), input.type() == DataType.FLOAT ? tensor : tensor.as(input.type()));
    }
    return inputs;
  }

  /** How many numbers leave room for the copies that runs make of them, and for what they make. */
  static long most() {
    return Runtime.getRuntime().maxMemory() / 16;
  }

  /** How many numbers there are; very many where nobody can count them. */
  static long numbers(Shape shape) {
    try {
      return shape.size();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
