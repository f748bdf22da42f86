package dev.picasso.visualization;

import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Prediction;
import dev.picasso.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of an image where one class is set against another: how far the one is ahead, the
 * difference of their scores.
 *
 * @param classes the one, then the other
 */
record PairOfClasses(Context context, ImageInput image, List<Prediction> classes) {
  PairOfClasses {
    classes = List.copyOf(classes);
  }

  private Prediction one() {
    return classes.get(0);
  }

  private Prediction other() {
    return classes.get(1);
  }

  /** Of the whole picture. */
  AskedClasses asked() {
    boolean mean = context.explainer().model().scores().dense().isPresent();
    Target target = new Target.Difference(one().index(), other().index());
    return asked(target, mean ? ", the mean over all places" : "", "");
  }

  /**
   * Of a part of it.
   *
   * @throws InapplicableException if that is where the one is predicted, which is nowhere
   */
  AskedClasses asked(AskedClasses.Where where) {
    Target target = new Target.RegionDifference(one().index(), other().index(), where.area());
    String words =
        where.area() instanceof Target.Area.Predicted
            ? "where " + one().label() + " is predicted"
            : where.words();
    String sum = where.area() instanceof Target.Area.Point ? "" : ", summed over the region";
    return asked(target, ", " + words, sum);
  }

  private AskedClasses asked(Target target, String where, String sum) {
    String names = one().label() + " against " + other().label();
    String score =
        "; the score is that of " + one().label() + " less that of " + other().label() + where;
    String number = "difference of the " + scores(context.explainer().model()) + sum;
    return new AskedClasses(
        classes,
        List.of(new AskedClasses.One(target, names, lead(target), Optional.of(number), score)),
        "");
  }

  private double lead(Target target) {
    Tensor x = image.prepared().x();
    Images rows = Images.of(x, context.preprocessor());
    Questions questions = Questions.of(context.explainer(), rows, List.of(target));
    return questions.numbers(List.of(0), x, Quantity.LOGITS)[0][0];
  }

  /** What the numbers are whose difference is explained. */
  private static String scores(Model model) {
    if (model.tellsNumbers()) {
      return "outputs";
    }
    return switch (model.head().kind()) {
      case SOFTMAX, LOG_SOFTMAX, SIGMOID, NONE -> "logits";
      case PROBABILITIES, SHARES -> "probabilities";
      case NUMBERS -> "scores";
    };
  }
}
