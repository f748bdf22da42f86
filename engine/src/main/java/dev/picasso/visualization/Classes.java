package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.model.Model;
import java.util.List;

/**
 * Which classes of an image are shown.
 *
 * @param top how many of the most probable ones, where none are chosen
 * @param chosen which, in this order, whatever the image shows; empty for the most probable ones
 */
public record Classes(int top, List<Integer> chosen) {
  public Classes {
    chosen = List.copyOf(chosen);
    if (chosen.isEmpty() && top < 1) {
      throw new PicassoException("There must be at least 1 class to show, not " + top + ".");
    }
  }

  /** The most probable ones of each image. */
  public static Classes top(int count) {
    return new Classes(count, List.of());
  }

  /** The same ones for each image. */
  public static Classes chosen(List<Integer> classes) {
    return new Classes(classes.size(), classes);
  }

  /**
   * Refuses classes that a model has not.
   *
   * @throws PicassoException naming one, and those that there are
   */
  public void require(Model model) {
    int targets = model.scores().targets();
    for (int target : chosen) {
      if (target < 0 || target >= targets) {
        throw new PicassoException(
            "There is no class %d; the model has the classes 0 to %d."
                .formatted(target, targets - 1));
      }
    }
  }
}
