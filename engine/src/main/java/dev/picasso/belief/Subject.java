package dev.picasso.belief;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.Questions;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Prediction;
import dev.picasso.image.segments.Mask;
import dev.picasso.model.InputSpec;
import dev.picasso.visualization.Context;
import dev.picasso.visualization.ImageInput;
import java.util.List;
import java.util.Optional;

/**
 * A map that is checked, with all it takes to ask the model and the method again.
 *
 * @param explainer runs the model
 * @param image that is explained
 * @param about the class that is explained, as the model sees it in the image
 * @param target that class, for methods
 * @param method that made the map, with its settings
 * @param x the image as the model is fed with it, one row
 * @param maps the map, as computed, one row
 * @param object where the class is in the image, in pixels of the original picture, where that is
 *     known
 * @param seed for what is drawn at random
 */
public record Subject(
    Explainer explainer,
    ImageInput image,
    Prediction about,
    Target target,
    Attribution method,
    Images x,
    Maps maps,
    Optional<Mask> object,
    long seed) {

  /**
   * The map of a class in an image, computed if it was not of late.
   *
   * @param progress of the map
   */
  public static Subject of(
      Context context,
      ImageInput image,
      Prediction about,
      Attribution method,
      Objects objects,
      long seed,
      Progress progress) {
    Target target = Target.ofClass(about.index());
    Images x = Images.of(image.prepared().x(), context.preprocessor());
    Maps maps =
        context
            .computed()
            .get(
                method,
                List.of(target),
                image.prepared().x(),
                () -> method.explain(context.explainer(), x, List.of(target), progress));
    return new Subject(
        context.explainer(), image, about, target, method, x, maps, objects.in(image), seed);
  }

  /** How the model takes images. */
  public InputSpec input() {
    return explainer.imageInput();
  }

  /**
   * The map as it is shown, a number for each pixel of the model's input; its channels are reduced
   * as the method is usually shown.
   */
  public HeatMap map() {
    return pixels(maps);
  }

  /**
   * The same of other maps of the method.
   *
   * @param others one row
   * @throws InapplicableException if a number of them is none
   */
  public HeatMap pixels(Maps others) {
    HeatMap map = others.heatMaps(input(), method.reduction()).get(0);
    for (float value : map.values()) {
      if (!Float.isFinite(value)) {
        throw new InapplicableException(
            "The map holds numbers that are none (NaN or infinite), so that it cannot be checked.");
      }
    }
    return map.resized(input().width(), input().height(), Interpolation.SMOOTH);
  }

  /**
   * The map for what sums its numbers: counted from its lowest one where the method's zero has no
   * meaning.
   */
  public HeatMap evidence() {
    HeatMap map = map();
    if (method.countsFromZero()) {
      return map;
    }
    float[] values = map.values();
    float lowest = Float.POSITIVE_INFINITY;
    for (float value : values) {
      lowest = Math.min(lowest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= lowest;
    }
    return HeatMap.of(map.width(), map.height(), values);
  }

  /** The method's map of the same class for another input in the image's place. */
  public Maps explained(Tensor other, Progress progress) {
    return explained(explainer, target, other, progress);
  }

  /** The same of another class, or by another model of the same input. */
  public Maps explained(Explainer by, Target of, Tensor other, Progress progress) {
    return method.explain(by, x.with(other), List.of(of), progress);
  }

  /**
   * The class's probability for other inputs in the image's place; its score where the model has no
   * probabilities.
   *
   * @param others [P, …]
   */
  public float[] probabilities(Tensor others) {
    return numbers(others, Quantity.PROBABILITIES);
  }

  /** The class's score for other inputs in the image's place. */
  public float[] scores(Tensor others) {
    return numbers(others, Quantity.LOGITS);
  }

  private float[] numbers(Tensor others, Quantity of) {
    Questions questions = Questions.of(explainer, x, List.of(target));
    return questions.numbers(List.of(0), others, of)[0];
  }

  /**
   * What {@link #probabilities} are, for people: "probability", or "score" where there are none.
   */
  public String noun() {
    return explainer.model().scores().areProbabilities() ? "probability" : "score";
  }

  /** How many inputs are best asked about at once. */
  public int batch() {
    return Questions.of(explainer, x, List.of(target)).batch(List.of(0));
  }
}
