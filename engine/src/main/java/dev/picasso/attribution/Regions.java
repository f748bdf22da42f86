package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.ClassMap;
import dev.picasso.model.Model;
import dev.picasso.model.Scores;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** Classes summed over an area of a dense output. */
final class Regions {
  private Regions() {}

  /**
   * Where the class is predicted.
   *
   * @param predicted what the model takes each place of the image for
   * @throws InapplicableException if it takes none for the class
   */
  static Seed seed(Model model, int index, ClassMap predicted) {
    Scores.Dense dense = PredictedClasses.dense(model);
    int[] classes = predicted.classes();
    int known = Seeds.known(model, index);
    if (Arrays.stream(classes).noneMatch(c -> c == known)) {
      throw new InapplicableException(
          "The model predicts "
              + model.label(known)
              + " nowhere in the image; choose a box or a point, or another class.");
    }
    return seed(model, dense, known, place -> classes[place] == known);
  }

  /** Where the area is given. */
  static Seed seed(Model model, Target.Region region) {
    Scores.Dense dense = PredictedClasses.dense(model);
    int index = Seeds.known(model, region.index());
    if (region.area() instanceof Target.Area.Point point) {
      int row = place(point.y(), dense.height());
      int column = place(point.x(), dense.width());
      return seed(model, dense, index, place -> place == row * dense.width() + column);
    }
    if (region.area() instanceof Target.Area.Box box) {
      int left = place(box.left(), dense.width());
      int right = last(box.right(), dense.width());
      int top = place(box.top(), dense.height());
      int bottom = last(box.bottom(), dense.height());
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

  /** A class where a seed asks for it, less another one at the same places. */
  static Seed lead(Model model, Seed one, int index, int against) {
    int places = Math.toIntExact(one.weights().size()) / model.scores().targets();
    int other = Seeds.known(model, against);
    float[] weights = one.weights().floats();
    for (int place = 0; place < places; place++) {
      weights[other * places + place] -= weights[index * places + place];
    }
    return new Seed(one.value(), Tensor.of(weights, one.weights().shape().dims()));
  }

  private static int place(double share, int length) {
    return (int) Math.max(0, Math.min(length - 1, Math.floor(share * length)));
  }

  /** The last place that reaches over less than this share. */
  private static int last(double share, int length) {
    return (int) Math.max(0, Math.min(length - 1, Math.ceil(share * length) - 1));
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
}
