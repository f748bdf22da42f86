package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.model.Model;
import java.util.List;
import java.util.Optional;

/**
 * A method that says which parts of an image a number of the model comes from. It is a value: a
 * record whose components are its settings, and whose constructor without arguments gives their
 * defaults.
 *
 * <p>A method is one file. Found by {@link java.util.ServiceLoader}, it is on the page, in the REST
 * interface, on the command line ({@code explain} and {@code attribute}) and in the lists of
 * methods:
 *
 * <pre>{@code
 * @AutoService(Attribution.class)
 * public record GradientTimesInput() implements GraphMethod {
 *   public String id() { return "gradient-x-input"; }
 *   …
 *   public Value map(Sketch s) {
 *     return s.builder().mul(s.x(), s.gradient(s.x()));
 *   }
 * }
 * }</pre>
 */
public interface Attribution {
  /** Short and unique, for addresses and command lines, as in "grad-cam". */
  String id();

  /** For people, as in "Grad-CAM". */
  String title();

  /** What it shows, in a sentence for somebody who does not know the method. */
  String description();

  /** The paper, where there is one. */
  default Optional<Reference> reference() {
    return Optional.empty();
  }

  /** Which methods it is related to. */
  Family family();

  /** Where the numbers of its maps lie. */
  Maps.Frame frame();

  /**
   * How the channels of a pixel become one number where a picture is drawn, as a rule; only for
   * maps that have channels.
   */
  default ChannelReduction reduction() {
    return ChannelReduction.SUM;
  }

  /**
   * Whether 0 stands for a place that counts nothing. If not, only the differences between places
   * of one map tell something, so that it is drawn from its lowest number to its highest.
   */
  default boolean countsFromZero() {
    return true;
  }

  /**
   * What makes its maps of this model less believable than they look, in sentences; told with every
   * result.
   */
  default List<String> doubts(Explainer model) {
    return List.of();
  }

  /**
   * Refuses a model, or settings, that none of its images can be explained with. It takes no run of
   * the model, and is asked before the first image, so that this is told once.
   *
   * @param like a target of the kind that will be asked about
   * @throws dev.picasso.settings.SettingException naming the setting, where one is the reason
   * @throws InapplicableException if this model cannot be explained so
   */
  default void require(Model model, Target like) {}

  /**
   * The map of one target as a graph that any runtime runs: x in; scores, probabilities and {@link
   * GraphMaps#MAP} out.
   *
   * @param like any images as the model is fed with them, for how pictures become such
   * @return empty where the method draws random numbers, or goes by what it finds on the way
   * @throws InapplicableException if this model cannot be explained so, or not this target
   */
  default Optional<Graph> graph(Explainer model, Images like, Target target) {
    return Optional.empty();
  }

  /**
   * Explains each row of the images by its target.
   *
   * @param model runs the model and whatever is derived from it; it ends the work when it is to end
   * @param x the images, with a row for each question that is asked of them
   * @param targets as many as the images have rows
   * @param progress is told how far the work is
   * @return a map for each row
   * @throws InapplicableException if this model cannot be explained so, or not this target
   */
  Maps explain(Explainer model, Images x, List<Target> targets, Progress progress);
}
