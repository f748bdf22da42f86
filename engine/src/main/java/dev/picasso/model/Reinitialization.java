package dev.picasso.model;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import dev.picasso.model.layers.Weighted;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How weights become such that nothing was learnt into. What a layer multiplies by is drawn anew or
 * shuffled; its vectors, which are biases, scales, shifts and statistics, are shuffled, those of a
 * layer alike, so that no variance becomes negative. Scales stay those of the layer, so that
 * neither signal nor gradient dies out or explodes on the way.
 */
public enum Reinitialization {
  /**
   * Numbers from a normal distribution with the mean and the standard deviation of all numbers of
   * the constant.
   */
  NORMAL {
    @Override
    void write(FloatBuffer learnt, FloatBuffer to, SplittableRandom random) {
      double mean = 0;
      for (int i = 0; i < learnt.limit(); i++) {
        mean += learnt.get(i);
      }
      mean /= learnt.limit();
      double squares = 0;
      for (int i = 0; i < learnt.limit(); i++) {
        squares += (learnt.get(i) - mean) * (learnt.get(i) - mean);
      }
      double deviation = Math.sqrt(squares / learnt.limit());
      for (int i = 0; i < learnt.limit(); i++) {
        to.put(i, (float) (mean + deviation * random.nextGaussian()));
      }
    }
  },
  /** The numbers of the constant in another order. */
  PERMUTED {
    @Override
    void write(FloatBuffer learnt, FloatBuffer to, SplittableRandom random) {
      shuffle(learnt, to, random);
    }
  };

  /**
   * Writes a constant of several axes.
   *
   * @param learnt its numbers
   * @param to as many
   */
  abstract void write(FloatBuffer learnt, FloatBuffer to, SplittableRandom random);

  /**
   * The model with other weights in some of its layers.
   *
   * @param layers of the model; the same seed gives each of them the same weights in whatever
   *     company
   */
  public Model of(Model model, List<Weighted> layers, long seed) {
    Map<String, Tensor> others = new HashMap<>();
    for (Weighted layer : layers) {
      for (String name : layer.constants()) {
        Tensor learnt = model.scores().graph().constant(name).orElseThrow();
        boolean vector = isVector(learnt);
        String drawnFor = vector ? layer.name() : name;
        SplittableRandom random = new SplittableRandom(31 * seed + drawnFor.hashCode());
        others.put(name, other(learnt, vector, random));
      }
    }
    return model.withWeights(others);
  }

  private Tensor other(Tensor learnt, boolean vector, SplittableRandom random) {
    ByteBuffer bytes = Tensor.allocate(learnt.size() * DataType.FLOAT.bytes());
    if (vector) {
      shuffle(learnt.floatBuffer(), bytes.asFloatBuffer(), random);
    } else {
      write(learnt.floatBuffer(), bytes.asFloatBuffer(), random);
    }
    return Tensor.of(learnt.type(), learnt.shape(), bytes);
  }

  /** Whether at most one axis is longer than one. */
  private static boolean isVector(Tensor tensor) {
    long longest = 0;
    for (long dim : tensor.shape().dims()) {
      longest = Math.max(longest, dim);
    }
    return longest == tensor.size();
  }

  private static void shuffle(FloatBuffer from, FloatBuffer to, SplittableRandom random) {
    for (int i = 0; i < from.limit(); i++) {
      int other = random.nextInt(i + 1);
      to.put(i, to.get(other));
      to.put(other, from.get(i));
    }
  }
}
