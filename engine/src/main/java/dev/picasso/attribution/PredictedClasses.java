package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.ClassMap;
import dev.picasso.model.Model;
import dev.picasso.model.Scores;
import java.util.List;
import java.util.Map;

/** What a model whose output is a map of classes takes each place of an image for. */
public final class PredictedClasses {
  private PredictedClasses() {}

  /**
   * The class with the highest score at each place.
   *
   * @param image [1, …], as the model is fed
   * @throws InapplicableException if the model has one answer for a whole image
   */
  public static ClassMap of(Explainer explainer, Tensor image) {
    Model model = explainer.model();
    Scores.Dense dense = dense(model);
    Map<String, Tensor> out = explainer.run(new Forward(List.of(dense.scores())), image, Map.of());
    float[] scores = Explainer.floats(out, dense.scores()).floats();
    return ClassMap.ofScores(scores, model.scores().targets(), dense.height(), dense.width());
  }

  /**
   * The scores at each place.
   *
   * @throws InapplicableException if the model has one answer for a whole image
   */
  static Scores.Dense dense(Model model) {
    return model
        .scores()
        .dense()
        .orElseThrow(
            () ->
                new InapplicableException(
                    model.title()
                        + " has one answer for a whole image, so that no region of its output can"
                        + " be explained; choose a class alone."));
  }
}
