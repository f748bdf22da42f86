package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Forward;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.util.List;
import java.util.Map;

/**
 * The questions that a method asks of a model about images with parts of them hidden: all rows that
 * show one image share its runs.
 *
 * @param explainer runs the model
 * @param x the rows
 * @param questions what is asked of each
 * @param input how the model takes images
 */
record Asked(Explainer explainer, Images x, Questions questions, InputSpec input) {

  static Asked of(Explainer explainer, Images x, List<Target> targets) {
    return new Asked(explainer, x, Questions.of(explainer, x, targets), explainer.imageInput());
  }

  /** The number of distinct images. */
  int images() {
    return Math.toIntExact(x.distinct().shape().dim(0));
  }

  int pixels() {
    return input.height() * input.width();
  }

  /** How many variations of one image are run at once. */
  int batch(int image) {
    return questions.batch(x.rowsOf(image));
  }

  /**
   * What each row of an image says of some variations of it.
   *
   * @return for each of the rows a number for each of the points: the probability where there is
   *     one, else the score
   */
  float[][] numbers(int image, Tensor points) {
    return questions.numbers(x.rowsOf(image), points, Quantity.PROBABILITIES);
  }

  /** The program that tells the numbers of an image's rows. */
  Forward forward(int image) {
    return questions.forward(x.rowsOf(image), List.of());
  }

  /** The numbers of a row in what that program tells. */
  float[] read(int row, Map<String, Tensor> outputs) {
    return questions.read(row, outputs, Quantity.PROBABILITIES);
  }

  /** The part of the work that one image is. */
  Progress part(Progress all, int image) {
    double images = images();
    return all.part(image / images, (image + 1) / images);
  }

  /**
   * What the numbers are, for people: "probability", "score" of what is no class by itself, as the
   * lead of one over another, or "value" where there is neither.
   */
  String noun() {
    String scores = explainer.model().scores().scores();
    boolean classes = true;
    boolean probabilities = explainer.model().scores().areProbabilities();
    for (int row = 0; row < x.size(); row++) {
      classes &= questions.value(row).equals(scores);
      probabilities &= questions.hasProbability(row);
    }
    return probabilities
        ? "probability"
        : classes && explainer.model().scores().areProbabilities() ? "score" : "value";
  }
}
