package dev.picasso.image;

/**
 * A class that a model thinks of.
 *
 * @param index which of the model's outputs it is
 * @param label its name
 * @param probability 0 to 1
 */
public record Prediction(int index, String label, double probability) {}
