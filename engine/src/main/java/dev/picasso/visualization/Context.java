package dev.picasso.visualization;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Predictions;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Prediction;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that a visualization gets to work with.
 *
 * @param explainer runs the model and its derived graphs, and stops when asked to
 * @param preprocessor turns altered pictures into the model's input
 * @param images what to explain, at the model's size
 * @param classes which are shown for an image
 * @param listener hears of progress, and tells when to stop
 * @param doubts what was noticed of the image at work
 * @param computed maps that were computed before
 * @param others the models beside this one
 */
public record Context(
    Explainer explainer,
    ImagePreprocessor preprocessor,
    List<ImageInput> images,
    Classes classes,
    Listener listener,
    Doubts doubts,
    Computed computed,
    OtherModels others) {

  public Context {
    images = List.copyOf(images);
  }

  /** A context in which nothing was noticed yet. */
  public Context(
      Explainer explainer,
      ImagePreprocessor preprocessor,
      List<ImageInput> images,
      Classes classes,
      Listener listener) {
    this(
        explainer,
        preprocessor,
        images,
        classes,
        listener,
        new Doubts(),
        new Computed(),
        OtherModels.NONE);
  }

  /** The same with other classes shown. */
  public Context with(Classes shown) {
    return new Context(explainer, preprocessor, images, shown, listener, doubts, computed, others);
  }

  /** Explains one image; it tells how far it is by {@link Steps}. */
  @FunctionalInterface
  public interface PerImage {
    ImageResult explain(ImageInput image, Steps steps);
  }

  /** How far the work on one image is. */
  @FunctionalInterface
  public interface Steps {
    /**
     * A share of the image's work is done.
     *
     * @param share from 0 to 1
     * @throws StoppedException if the person asked to stop
     */
    void done(double share);
  }

  /**
   * Explains image after image. What is wrong with one image becomes its result and the others go
   * on; what was noticed of it is said with its result.
   *
   * @throws StoppedException if the person asked to stop
   */
  public Results eachImage(PerImage work) {
    List<ImageResult> results = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      int index = i;
      Steps steps = share -> report(index, share);
      steps.done(0);
      doubts.forget();
      ImageResult explained =
          Objects.requireNonNull(
              explain(work, images.get(i), steps), "the work on an image gives null");
      explained.panels().forEach(doubts::ofMap);
      ImageResult result = explained.withWarnings(doubts.sentences());
      results.add(result);
      listener.finished(i, result);
    }
    listener.progress(1);
    return new Results(results);
  }

  private static ImageResult explain(PerImage work, ImageInput image, Steps steps) {
    try {
      return work.explain(image, steps);
    } catch (StoppedException | MachineException e) {
      throw e;
    } catch (PicassoException e) {
      return ImageResult.failed(image.name(), String.valueOf(e.getMessage()));
    }
  }

  private void report(int image, double share) {
    if (listener.cancelled()) {
      throw new StoppedException();
    }
    listener.progress((image + share) / images.size());
  }

  /**
   * Says something that a person should know before believing the results of the image at work.
   *
   * @param sentence one or more whole sentences
   */
  public void warn(String sentence) {
    doubts.add(sentence);
  }

  /** How many classes are shown for an image. */
  public int top() {
    return classes.top();
  }

  /**
   * The classes of an image that are shown: those that were chosen; else the most probable ones,
   * best first, and those whose probability is no number last, with a warning. Of a model of
   * numbers it is the first ones, in the order of the file. Of a pair it is both.
   */
  public List<Prediction> predict(ImageInput image) {
    Predictions predictions = explainer.predict(image.prepared().x());
    doubts.ofOutputs(predictions, explainer.model());
    if (!classes.chosen().isEmpty()) {
      return chosen(predictions);
    }
    return preprocessor
        .decode(predictions.probabilities().floats(), top())
        .orElseGet(() -> named(predictions, predictions.told(explainer.model(), 0, top())));
  }

  /** A preprocessing of the user's names classes as it likes. */
  private List<Prediction> chosen(Predictions predictions) {
    List<Prediction> usual = named(predictions, classes.chosen());
    return preprocessor
        .decode(predictions.probabilities().floats(), predictions.targets())
        .map(all -> usual.stream().map(p -> sameIn(all, p)).toList())
        .orElse(usual);
  }

  private static Prediction sameIn(List<Prediction> all, Prediction usual) {
    return all.stream().filter(p -> p.index() == usual.index()).findFirst().orElse(usual);
  }

  private List<Prediction> named(Predictions predictions, List<Integer> targets) {
    Model model = explainer.model();
    return targets.stream()
        .map(t -> new Prediction(t, model.label(t), predictions.probability(0, t)))
        .toList();
  }
}
