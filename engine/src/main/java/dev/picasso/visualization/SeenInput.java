package dev.picasso.visualization;

/**
 * A model seen from another of its inputs, beside an image that goes into the first; to be closed.
 *
 * @param model in which that input is the explained one, and the first holds the image
 * @param picture that the input holds, as the model takes it
 */
public record SeenInput(ReadyModel model, ImageInput picture) implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
