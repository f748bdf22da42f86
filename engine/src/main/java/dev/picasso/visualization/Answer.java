package dev.picasso.visualization;

import dev.picasso.image.Prediction;
import java.util.Map;

/**
 * What a model makes of the picture by itself, said with its map where those of other models stand
 * beside it: whatever class the map is of.
 *
 * @param model what it is called where other models are chosen; empty for the one that is explained
 *     first
 * @param title as people read it
 * @param predicted its most probable class
 */
public record Answer(String model, String title, Prediction predicted) {
  /** What JSON says of it. */
  Map<String, Object> facts() {
    return Map.of(
        "model",
        model,
        "modelTitle",
        title,
        "predicted",
        predicted.label(),
        "predictedNumber",
        predicted.probability());
  }
}
