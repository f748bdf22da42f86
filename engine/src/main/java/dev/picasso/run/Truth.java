package dev.picasso.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Prediction;
import dev.picasso.model.CalledClass;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import java.util.List;
import java.util.Optional;

/**
 * What an image truly shows, beside what the model takes it for.
 *
 * @param label as people call it
 * @param index of the class that is called so; empty where the model calls none so, or several
 * @param name of that class; the label where there is none
 * @param told the model's most probable class
 */
public record Truth(String label, Optional<Integer> index, String name, Prediction told) {
  /** The field of an image's results. */
  public static final String FIELD = "truth";

  /**
   * Asks the model anew only where what is shown does not begin with its most probable class.
   *
   * @param shown the classes that were explained
   * @param label as people call what the image shows
   * @param listener may stop it
   */
  public static Truth of(
      ReadyModel model, Explained explained, Classes shown, String label, Listener listener) {
    Optional<Integer> index = CalledClass.find(model.model(), label);
    return new Truth(
        label,
        index,
        index.map(model.model()::label).orElse(label),
        told(model, explained, shown, listener));
  }

  private static Prediction told(
      ReadyModel model, Explained explained, Classes shown, Listener listener) {
    List<Prediction> predictions = explained.result().predictions();
    // Of a map of classes only those are told that are found somewhere.
    boolean bestFirst =
        !shown.ofTruth() && shown.chosen().isEmpty() && model.model().scores().dense().isEmpty();
    if (bestFirst && !predictions.isEmpty()) {
      return predictions.get(0);
    }
    ImageInput image = explained.image();
    return model.context(List.of(image), Classes.top(1), listener).predict(image).get(0);
  }

  /** Whether the model is right; empty where that cannot be said. */
  public Optional<Boolean> right() {
    return Double.isFinite(told.probability())
        ? index.map(of -> of == told.index())
        : Optional.empty();
  }

  /** As files and answers have it. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("label", label);
    index.ifPresent(of -> json.put("index", of).put("name", name));
    json.putObject("told")
        .put("index", told.index())
        .put("label", told.label())
        .set("probability", ResultJson.value(told.probability()));
    right().ifPresent(is -> json.put("right", is));
    return json;
  }
}
