package dev.picasso.visualization;

import dev.picasso.attribution.Family;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Reference;
import dev.picasso.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something a person picks to see what a model does with images. One class is one visualization,
 * found by {@link java.util.ServiceLoader}; it has no fields, since several requests run it at
 * once.
 *
 * @param <S> a record of settings; form, REST schema, command line options and checks come from it
 */
public interface Visualization<S extends Record> {
  /** Short and unique, for addresses and command lines, as in "partial-occlusion". */
  String id();

  /** For people, as in "Partial occlusion". */
  String title();

  /** What it is good for, in a sentence for somebody who does not know the method. */
  String description();

  /** Which ones it stands beside in lists. */
  default Family family() {
    return Family.PREDICTION;
  }

  /** The paper, where there is one. */
  default Optional<Reference> reference() {
    return Optional.empty();
  }

  /** The settings that a form starts with. */
  S defaults();

  /**
   * How many of the most probable classes of an image are shown where nobody says how many; empty
   * for as many as the model shows.
   */
  default Optional<Integer> top() {
    return Optional.empty();
  }

  /**
   * Refuses a model, or settings, that it cannot explain any image of. It is asked before the
   * first, so that this is told once, and not for each image.
   *
   * @throws dev.picasso.settings.SettingException naming the setting, where one is the reason
   * @throws dev.picasso.PicassoException if it is not for such a model
   */
  default void require(Model model, S settings) {}

  /**
   * Refuses classes that it cannot explain in any image; asked after {@link #require(Model,
   * Record)}. As a rule a visualization shows classes by themselves, and refuses a pair; one that
   * explains how far the one is ahead of the other does not.
   *
   * @throws dev.picasso.PicassoException if it cannot explain them
   */
  default void require(Model model, S settings, Classes classes) {
    if (classes.isPair()) {
      throw new InapplicableException(
          title()
              + " does not explain one class against another. Choose one class, or a method that"
              + " explains their difference, as Grad-CAM does.");
    }
  }

  /**
   * What settings call the models that are looked at beside the one that is explained; none as a
   * rule. Which models these are is kept with the results.
   */
  default List<String> others(S settings) {
    return List.of();
  }

  /**
   * The same settings where those models are called otherwise.
   *
   * @param called gives each its name
   */
  default S callingOthers(S settings, UnaryOperator<String> called) {
    return settings;
  }

  /**
   * Explains all images of the context. Settings arrive checked.
   *
   * <p>Images are independent of each other: the page asks for one at a time, so that each is shown
   * as soon as it is done.
   *
   * @throws dev.picasso.PicassoException if nothing can be explained; what is wrong with one image
   *     only belongs into its result, as {@link Context#eachImage} does it
   */
  Results run(Context context, S settings);

  /**
   * A Pebble template of this name beside the class shows the results; empty for the standard one.
   */
  default Optional<String> template() {
    return Optional.empty();
  }
}
