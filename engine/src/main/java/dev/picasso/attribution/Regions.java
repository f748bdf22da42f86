package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.Scores;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Classes summed over an area of a dense output. */
final class Regions {
  private Regions() {}

  /** Where the area follows from what the model makes of the image. */
  static Seed seed(Explainer explainer, Tensor image, Target.Region region) {
    Model model = explainer.model();
    if (!(region.area() instanceof Target.Area.Predicted)) {
      return seed(model, region);
    }
    Scores.Dense dense = dense(model);
    Map<String, Tensor> out = explainer.run(new Forward(List.of(dense.scores())), image, Map.of());
    float[] scores = Explainer.floats(out, dense.scores()).floats();
    int places = dense.height() * dense.width();
    int index = Seeds.known(model, region.index());
    Seed seed = seed(model, dense, index, place -> best(scores, places, place) == index);
    if (isEmpty(seed)) {
      throw new InapplicableException(
          "The model predicts "
              + model.label(index)
              + " nowhere in the image; choose a box or a point, or another class.");
    }
    return seed;
  }

  private static int best(float[] scores, int places, int place) {
    int best = 0;
    for (int c = 1; c * places < scores.length; c++) {
      if (scores[c * places + place] > scores[best * places + place]) {
        best = c;
      }
    }
    return best;
  }

  private static boolean isEmpty(Seed seed) {
    for (float weight : seed.weights().floats()) {
      if (weight != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the area is given. */
  static Seed seed(Model model, Target.Region region) {
    Scores.Dense dense = dense(model);
    int index = Seeds.known(model, region.index());
    if (region.area() instanceof Target.Area.Point point) {
      int row = place(point.y(), dense.height());
      int column = place(point.x(), dense.width());
      return seed(model, dense, index, place -> place == row * dense.width() + column);
    }
    if (region.area() instanceof Target.Area.Box box) {
      int left = place(box.left(), dense.width());
      int right = place(box.right(), dense.width());
      int top = place(box.top(), dense.height());
      int bottom = place(box.bottom(), dense.height());
      return seed(
          model,
          dense,
          index,
          place -> {
            int row = place / dense.width();
            int column = place % dense.width();
            return row >= top && row <= bottom && column >= left && column <= right;
          });
    }
    throw new IllegalArgumentException("the area depends on the image");
  }

  private static int place(double share, int length) {
    return (int) Math.max(0, Math.min(length - 1, Math.floor(share * length)));
  }

  private static Seed seed(Model model, Scores.Dense dense, int index, IntPredicate inside) {
    int places = dense.height() * dense.width();
    float[] weights = new float[model.scores().targets() * places];
    for (int place = 0; place < places; place++) {
      weights[index * places + place] = inside.test(place) ? 1 : 0;
    }
    return new Seed(
        dense.scores(),
        Tensor.of(weights, 1, model.scores().targets(), dense.height(), dense.width()));
  }

  private static Scores.Dense dense(Model model) {
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
