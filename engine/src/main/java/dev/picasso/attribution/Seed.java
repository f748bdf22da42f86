package dev.picasso.attribution;

import dev.picasso.graph.Tensor;

/**
 * A target as weights: the number that is explained is the sum of a value's elements, each times
 * its weight.
 *
 * @param value of the graph of the model's {@link dev.picasso.model.Scores}
 * @param weights [1, …], of the value's shape for one image
 */
record Seed(String value, Tensor weights) {}
