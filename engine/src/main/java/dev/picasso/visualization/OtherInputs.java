package dev.picasso.visualization;

import dev.picasso.attribution.Explainer;
import dev.picasso.model.config.ModelInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The other image inputs of a model with several, ready to be explained in their turn. Each has
 * sessions of its own, which are made when it is explained first. It owns them: close it.
 */
public final class OtherInputs implements AutoCloseable {
  private final Map<String, Opened> opened = new LinkedHashMap<>();
  private boolean closed;

  /**
   * An input that was explained once.
   *
   * @param explainer of the model in which it is the explained one
   * @param input the way of a picture into it
   * @param picture that it holds
   */
  record Opened(Explainer explainer, ModelInput input, ImageInput picture) {}

  /**
   * An input, opened by whoever asks first.
   *
   * @throws IllegalStateException if this has been closed
   */
  synchronized Opened get(String name, Supplier<Opened> opening) {
    if (closed) {
      throw new IllegalStateException("the model has been closed");
    }
    return opened.computeIfAbsent(name, n -> opening.get());
  }

  @Override
  public synchronized void close() {
    closed = true;
    opened.values().forEach(one -> one.explainer().close());
    opened.clear();
  }
}
