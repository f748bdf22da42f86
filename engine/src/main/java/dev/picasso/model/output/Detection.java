package dev.picasso.model.output;

import dev.picasso.graph.Graph;
import java.util.Optional;

/**
 * A model that finds objects, which is no classifier.
 *
 * @param evidence what tells so, as in "its metadata say so (task: detect)"
 * @param classes where its classes are; empty where that is not known
 */
public record Detection(String evidence, Optional<Classes> classes) {
  /**
   * The scores of classes at many places.
   *
   * @param graph the model's, with the value in it
   * @param value the scores
   * @param axis along which the classes lie; the rank where there is one
   * @param text what a person would write to choose them
   */
  public record Classes(Graph graph, String value, int axis, String text) {}
}
