package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Explainer;
import java.util.List;

/** What is to be said of methods that treat rectifiers otherwise than the gradient does. */
final class Rectifiers {
  private Rectifiers() {}

  static List<String> doubts(Explainer model) {
    return model.hasRectifiers()
        ? List.of()
        : List.of(
            "The model has no rectifiers (ReLU), which guided backpropagation and deconvolution are"
                + " about: the maps are those of the plain gradient.");
  }
}
