package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Optional;
import java.util.Set;

/** The variables of a model that has none. */
record NoVariables() implements Variables {
  @Override
  public Set<String> keys() {
    return Set.of();
  }

  @Override
  public Optional<Shape> shape(String key) {
    return Optional.empty();
  }

  @Override
  public Optional<Tensor> read(String key) {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> text(String key) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // nothing is open
  }
}
