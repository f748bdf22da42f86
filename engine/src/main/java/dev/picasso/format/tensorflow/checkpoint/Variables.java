package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Optional;
import java.util.Set;

/** The stored values of a model's variables, by key, read when asked for; only while it is open. */
public interface Variables extends AutoCloseable {
  /** The keys of all that is stored, in alphabetical order; texts and others among them. */
  Set<String> keys();

  /**
   * The shape of what is stored under that key, without its numbers; empty if nothing is.
   *
   * @throws ModelException if the shape is none
   */
  Optional<Shape> shape(String key);

  /**
   * The numbers stored under that key, in the type in which they are; empty if nothing is.
   *
   * @throws ModelException if they are damaged or missing, or what is stored are no numbers
   */
  Optional<Tensor> read(String key);

  /**
   * The single text stored under that key, such as the serialized object graph under {@code
   * _CHECKPOINTABLE_OBJECT_GRAPH}; empty if nothing is.
   *
   * @throws ModelException if it is damaged, or what is stored is no single text
   */
  Optional<byte[]> text(String key);

  @Override
  void close();

  /** No variables at all. */
  static Variables none() {
    return new NoVariables();
  }
}
