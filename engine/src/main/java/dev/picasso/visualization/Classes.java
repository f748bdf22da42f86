package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.model.CalledClass;
import dev.picasso.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * Which classes of an image are shown.
 *
 * @param top how many of the most probable ones, where none are chosen
 * @param chosen which, in this order, whatever the image shows; empty for the most probable ones
 * @param ofTruth whether it is the class that each image truly shows; then the others mean nothing
 * @param isPair whether two classes are chosen and it is asked how far the first is ahead of the
 *     second: one question about both
 */
public record Classes(int top, List<Integer> chosen, boolean ofTruth, boolean isPair) {
  /** How files and requests say that the true class of each image is shown. */
  public static final String TRUE_LABELS = "true-labels";

  public Classes {
    chosen = List.copyOf(chosen);
    if (chosen.isEmpty() && top < 1) {
      throw new PicassoException("There must be at least 1 class to show, not " + top + ".");
    }
    if (isPair && (chosen.size() != 2 || ofTruth)) {
      throw new PicassoException("A pair is one class against another one.");
    }
    if (isPair && chosen.get(0).equals(chosen.get(1))) {
      throw new PicassoException(
          "Class "
              + chosen.get(0)
              + " cannot be set against itself; choose another one to set it against.");
    }
  }

  private Classes(int top, List<Integer> chosen) {
    this(top, chosen, false, false);
  }

  /** The most probable ones of each image. */
  public static Classes top(int count) {
    return new Classes(count, List.of());
  }

  /** The same ones for each image. */
  public static Classes chosen(List<Integer> classes) {
    return new Classes(classes.size(), classes);
  }

  /** The class that each image truly shows; {@link #of} finds it for one of them. */
  public static Classes trueLabels() {
    return new Classes(1, List.of(), true, false);
  }

  /**
   * How far a class is ahead of another one: why the one, and not the other.
   *
   * @throws PicassoException if both are the same
   */
  public static Classes pair(int of, int against) {
    return new Classes(1, List.of(of, against), false, true);
  }

  /** The class that a pair is about. */
  public int ofPair() {
    return chosen.get(0);
  }

  /** The class that it is set against. */
  public int against() {
    return chosen.get(1);
  }

  /** The same of a model that has so many. */
  public Classes of(int count) {
    return chosen.isEmpty() && top > count
        ? new Classes(Math.max(1, count), chosen, ofTruth, isPair)
        : this;
  }

  /**
   * The classes of an image of which it is known, or not, what it truly shows.
   *
   * @param label as people call it
   * @throws PicassoException if the true class is wanted, and is not known or none of the model's
   */
  public Classes of(Optional<String> label, Model model) {
    if (!ofTruth) {
      return this;
    }
    String known =
        label.orElseThrow(
            () ->
                new PicassoException(
                    "What this picture truly shows is not known, so its true label is not"
                        + " explained. Say it beside the images, by the names of folders or by a"
                        + " table."));
    return chosen(
        List.of(
            CalledClass.find(model, known)
                .orElseThrow(
                    () ->
                        new PicassoException(
                            "This picture truly shows \""
                                + known
                                + "\", by which "
                                + model.title()
                                + " calls none of its classes, or several."))));
  }

  /**
   * Refuses classes that a model has not, and a pair of a model with one output.
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
    if (isPair && model.scores().single()) {
      throw new PicassoException(
          model.title()
              + " has one output, so that one side of it against the other is the same map, twice"
              + " as strong. Explain one of them by itself.");
    }
  }
}
