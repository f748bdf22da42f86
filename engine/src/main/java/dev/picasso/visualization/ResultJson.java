package dev.picasso.visualization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Frame;
import dev.picasso.image.Prediction;
import dev.picasso.image.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results as JSON, alike in files and in answers of the web interface. */
public final class ResultJson {
  /** The field that says of which input of the model results are, where it has several. */
  public static final String INPUT = "input";

  /** The field of an image's results that has those of other inputs beside it, of the same form. */
  public static final String INPUTS = "inputs";

  private ResultJson() {}

  /** What JSON tells of an image, and of each other input beside it. */
  public static List<JsonNode> all(JsonNode image) {
    List<JsonNode> all = new ArrayList<>(List.of(image));
    image.path(INPUTS).forEach(all::add);
    return all;
  }

  /** One image's results without files. */
  public static ObjectNode of(ImageResult result) {
    return of(result, new ResultFiles(List.of()));
  }

  /**
   * One image's results.
   *
   * @param files where its pictures and numbers lie
   * @param frame where on the image its maps lie
   */
  public static ObjectNode of(ImageResult result, ResultFiles files, Frame frame) {
    ObjectNode json = of(result, files);
    double width = frame.originalWidth();
    double height = frame.originalHeight();
    Region seen = frame.seen();
    json.put("imageWidth", frame.originalWidth()).put("imageHeight", frame.originalHeight());
    // The part of the picture that maps cover, in shares; it may reach beyond the picture.
    json.putObject("seen")
        .put("left", seen.left() / width)
        .put("top", seen.top() / height)
        .put("right", seen.right() / width)
        .put("bottom", seen.bottom() / height);
    return json;
  }

  private static ObjectNode of(ImageResult result, ResultFiles files) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("image", result.image());
    result.problem().ifPresent(problem -> json.put("problem", problem));
    ArrayNode predictions = json.putArray("predictions");
    for (Prediction prediction : result.predictions()) {
      predictions
          .addObject()
          .put("index", prediction.index())
          .put("label", prediction.label())
          .set("probability", value(prediction.probability()));
    }
    ArrayNode parts = json.putArray("panels");
    for (int i = 0; i < result.parts().size(); i++) {
      Part part = result.parts().get(i);
      ObjectNode panel = parts.addObject().put("kind", part.kind()).put("label", part.label());
      part.facts().forEach((name, fact) -> panel.set(name, value(fact)));
      put(files.of(Optional.of(i)), panel);
    }
    if (!result.warnings().isEmpty()) {
      result.warnings().forEach(json.putArray("warnings")::add);
    }
    put(files.of(Optional.empty()), json);
    return json;
  }

  private static void put(List<ResultFiles.Entry> files, ObjectNode json) {
    files.forEach(file -> json.put(file.role().key(), file.name()));
  }

  /** A text, a number or a list; JSON has no NaN and no infinity: null stands for them. */
  public static JsonNode value(Object fact) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (fact instanceof List<?> list) {
      ArrayNode array = make.arrayNode();
      list.forEach(item -> array.add(value(item)));
      return array;
    }
    if (fact instanceof Integer whole) {
      return make.numberNode(whole);
    }
    if (fact instanceof Number number) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? make.numberNode(value) : make.nullNode();
    }
    return fact instanceof Boolean flag
        ? make.booleanNode(flag)
        : make.textNode(String.valueOf(fact));
  }
}
