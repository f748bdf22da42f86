package dev.picasso.format;

import dev.picasso.PicassoException;
import java.util.List;

/** A model file that cannot be read. The message names every problem at once, and what to do. */
public class ModelException extends PicassoException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Several problems of one file.
   *
   * @param summary as in "vgg.h5: 2 of 23 layers cannot be imported."
   * @param problems a line each, as in "gru (GRU): there is no importer for this layer."
   * @param remedy what to do; may be empty
   */
  public static ModelException of(String summary, List<String> problems, String remedy) {
    StringBuilder text = new StringBuilder(summary);
    problems.forEach(p -> text.append("\n  ").append(p));
    if (!remedy.isEmpty()) {
      text.append('\n').append(remedy);
    }
    return new ModelException(text.toString());
  }
}
