package dev.picasso.visualization;

/**
 * One of the most probable classes of an image.
 *
 * @param index the model's output
 * @param probability or the value itself, where the model has no probabilities
 */
public record Prediction(int index, String label, double probability) {}
