package dev.picasso.visualization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Prediction;
import java.util.Locale;
import java.util.Optional;

/** Results as JSON, alike in files and in answers of the web interface. */
public final class ResultJson {
  private ResultJson() {}

  /** Where results come from. */
  public static ObjectNode of(Provenance provenance) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("picasso", provenance.picasso());
    ObjectNode model = json.putObject("model");
    model.put("id", provenance.model());
    model.put("file", provenance.file());
    model.put("sha256", provenance.sha256());
    model.put("format", provenance.format());
    json.put("visualization", provenance.visualization());
    ObjectNode settings = json.putObject("settings");
    provenance.settings().forEach(settings::put);
    if (!provenance.held().isEmpty()) {
      ObjectNode held = json.putObject("held");
      provenance
          .held()
          .forEach(
              (input, file) ->
                  held.putObject(input).put("file", file.file()).put("sha256", file.sha256()));
    }
    json.put("made", provenance.made().toString());
    return json;
  }

  /**
   * One image's results.
   *
   * @param files where its pictures and arrays lie; empty when they were not written
   */
  public static ObjectNode of(ImageResult result, Optional<ResultFiles> files) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("image", result.image());
    result.problem().ifPresent(problem -> json.put("problem", problem));
    ArrayNode predictions = json.putArray("predictions");
    for (Prediction prediction : result.predictions()) {
      predictions
          .addObject()
          .put("index", prediction.index())
          .put("label", prediction.label())
          .set("probability", number(prediction.probability()));
    }
    ArrayNode panels = json.putArray("panels");
    for (int i = 0; i < result.panels().size(); i++) {
      int index = i;
      panels.add(of(result.panels().get(i), files.map(f -> f.panels().get(index))));
    }
    if (!result.warnings().isEmpty()) {
      result.warnings().forEach(json.putArray("warnings")::add);
    }
    files.ifPresent(
        f -> {
          json.put("original", f.original());
          f.example().ifPresent(e -> json.put("example", e));
        });
    return json;
  }

  /** JSON has no NaN and no infinity: null stands for them. */
  private static JsonNode number(double value) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return Double.isFinite(value) ? make.numberNode(value) : make.nullNode();
  }

  private static ObjectNode of(Panel panel, Optional<ResultFiles.OfPanel> files) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("label", panel.label());
    json.set("number", number(panel.number()));
    json.put("meaning", panel.meaning());
    json.set("low", number(panel.scale().low()));
    json.set("high", number(panel.scale().high()));
    json.put("colours", panel.scale().colours().name().toLowerCase(Locale.ROOT));
    json.put("transparency", panel.transparency());
    json.put("height", panel.map().height());
    json.put("width", panel.map().width());
    files.ifPresent(
        f -> json.put("overlay", f.overlay()).put("map", f.map()).put("array", f.array()));
    return json;
  }
}
