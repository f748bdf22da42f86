package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.model.Model;

/** Checks of classes that a person names by number. */
final class Targets {
  /** Which number means what, for the help of commands. */
  static final String HELP =
      "Which class. Of a single output s with a sigmoid, 1 is s and 0 is −s; without one, 0 is s"
          + " and 1 is −s.";

  private Targets() {}

  static void require(Model model, int target) {
    int targets = model.scores().targets();
    if (target < 0 || target >= targets) {
      throw new PicassoException(
          "--class is " + target + "; the model has the classes 0 to " + (targets - 1) + ".");
    }
  }
}
