package dev.picasso.gradient;

import dev.picasso.PicassoException;
import java.util.List;

/** A graph that cannot be differentiated; the message names every node in the way. */
public class DifferentiationException extends PicassoException {
  private static final long serialVersionUID = 1L;

  DifferentiationException(List<String> nodes) {
    super(
        "The gradient cannot be computed through "
            + (nodes.size() == 1 ? "one operation" : nodes.size() + " operations")
            + " of this model:\n  "
            + String.join("\n  ", nodes)
            + "\nVisualizations without gradients, such as partial occlusion, still work.");
  }
}
