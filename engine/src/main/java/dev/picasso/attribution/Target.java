package dev.picasso.attribution;

import java.util.Map;

/**
 * What is explained: a number that the model computes, as a weighted sum of its values. {@link
 * Seeds} turns it into the weights, for every method alike.
 */
public sealed interface Target {
  /** The score of a class. */
  record OfClass(int index) implements Target {}

  /** How much more one class is favoured than another: the difference of their scores. */
  record Difference(int index, int against) implements Target {}

  /** Any weights over the scores, by class; the others count nothing. */
  record Weighted(Map<Integer, Double> weights) implements Target {
    public Weighted {
      weights = Map.copyOf(weights);
    }
  }

  /** The mean of a channel of a layer over its positions. */
  record Channel(String layer, int channel) implements Target {}

  /**
   * A channel of a layer at one position.
   *
   * @param row of the layer's grid, from the top
   * @param column of it, from the left
   */
  record Neuron(String layer, int channel, int row, int column) implements Target {}

  /** The sum of a class's scores over an area of a dense output. */
  record Region(int index, Area area) implements Target {}

  /** How much more one class is favoured than another over an area: the sum of that. */
  record RegionDifference(int index, int against, Area area) implements Target {}

  /** Positions of a dense output. */
  sealed interface Area {
    /** Those at which the class, of two the first, has the highest score of all. */
    record Predicted() implements Area {}

    /** A rectangle of the model's input, in shares of its sides from 0 to 1. */
    record Box(double left, double top, double right, double bottom) implements Area {}

    /** The position nearest to a place of the model's input, in shares of its sides. */
    record Point(double x, double y) implements Area {}
  }

  /** Whether it is about one class against another. */
  default boolean comparesClasses() {
    return this instanceof Difference || this instanceof RegionDifference;
  }

  /** The score of a class. */
  static Target ofClass(int index) {
    return new OfClass(index);
  }
}
