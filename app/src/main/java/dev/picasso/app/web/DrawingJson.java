package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.model.drawing.ModelDrawing;
import java.util.List;

/** The drawing of a model's layers as answers show it. */
final class DrawingJson {
  private DrawingJson() {}

  static ObjectNode of(ModelDrawing drawing) {
    ObjectNode json = Json.object();
    json.put("width", ModelDrawing.WIDTH)
        .put("head", ModelDrawing.HEAD)
        .put("row", ModelDrawing.ROW)
        .put("mostRows", ModelDrawing.MOST_ROWS);
    ArrayNode layers = json.putArray("layers");
    for (ModelDrawing.Drawn layer : drawing.layers()) {
      ObjectNode one =
          layers
              .addObject()
              .put("name", layer.name())
              .put("kind", layer.kind())
              .put("shape", layer.shape())
              .put("parameters", layer.parameters());
      if (!layer.details().isEmpty()) {
        ObjectNode details = one.putObject("details");
        layer.details().forEach(d -> details.put(d.name(), d.value()));
      }
      layer
          .layer()
          .ifPresent(
              known -> one.put("spatial", known.isSpatial()).put("channels", known.channels()));
    }
    ArrayNode sections = json.putArray("sections");
    for (ModelDrawing.Section section : drawing.sections()) {
      ObjectNode one = sections.addObject().put("times", section.times());
      add(one.putArray("blocks"), section.blocks());
      add(one.putArray("more"), section.more());
    }
    return json;
  }

  private static void add(ArrayNode list, List<ModelDrawing.Block> blocks) {
    for (ModelDrawing.Block block : blocks) {
      ObjectNode one = list.addObject().put("width", block.width()).put("height", block.height());
      ArrayNode boxes = one.putArray("boxes");
      for (ModelDrawing.Box box : block.boxes()) {
        ObjectNode drawn =
            boxes.addObject().put("x", box.x()).put("y", box.y()).put("height", box.height());
        box.layers().forEach(drawn.putArray("layers")::add);
      }
      ArrayNode lines = one.putArray("lines");
      block
          .lines()
          .forEach(
              line -> {
                ArrayNode points = lines.addArray();
                line.points().forEach(p -> points.add(Math.round(p * 10) / 10.));
              });
    }
  }
}
