package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.model.Model;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.layers.Layer;
import dev.picasso.model.layers.Layers;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Models as answers show them. */
final class ModelJson {
  private ModelJson() {}

  static ObjectNode of(ServedModel served) {
    Path path = served.configured().request().path();
    ObjectNode json = Json.object();
    json.put("id", served.id());
    json.put("title", served.configured().request().title());
    json.put("file", String.valueOf(path.getFileName()));
    json.put("modified", modified(path));
    json.put("state", served.state().name().toLowerCase(Locale.ROOT));
    served.problem().ifPresent(problem -> json.put("problem", problem));
    if (served.asksForInputs()) {
      json.put("asksForInputs", true);
    }
    json.put("top", served.configured().top());
    ArrayNode samples = json.putArray("samples");
    for (Path sample : served.configured().images()) {
      String name = String.valueOf(sample.getFileName());
      samples
          .addObject()
          .put("name", name)
          .put("url", Route.ROOT + "/models/" + encoded(served.id()) + "/samples/" + encoded(name));
    }
    served.given().ifPresent(mark -> json.put("given", mark));
    served.ready().ifPresent(ready -> add(json, ready, served.said()));
    return json;
  }

  /** The same with the model's layers, once it is ready; there may be hundreds. */
  static ObjectNode withLayers(ServedModel served) {
    ObjectNode json = of(served);
    served.ready().ifPresent(ready -> addLayers(json, ready.model().layers()));
    return json;
  }

  private static void addLayers(ObjectNode json, Layers layers) {
    layers.lastSpatial().ifPresent(last -> json.put("defaultLayer", last.name()));
    ArrayNode stages = json.putArray("stages");
    layers.stages().forEach(stage -> stages.add(stage.name()));
    ArrayNode list = json.putArray("layers");
    for (Layer layer : layers.all()) {
      ObjectNode one = list.addObject().put("name", layer.name()).put("kind", layer.kind());
      one.put("shape", layer.shapeInFile().toString());
      if (layer.isSpatial()) {
        one.putObject("grid")
            .put("height", layer.grid().height())
            .put("width", layer.grid().width());
      }
      one.put("parameters", layer.parameters());
    }
  }

  private static void add(ObjectNode json, ReadyModel ready, List<String> said) {
    Model model = ready.model();
    json.put("format", model.imported().format());
    model
        .input()
        .ifPresent(
            input ->
                json.putObject("input")
                    .put("height", input.height())
                    .put("width", input.width())
                    .put("channels", input.channels()));
    List<InputSlot> pictures = ready.held().explainable();
    if (pictures.size() > 1) {
      ArrayNode inputs = json.putArray("inputs");
      pictures.forEach(slot -> inputs.add(InputJson.slot(slot)));
    }
    json.put("classCount", model.shownTargets());
    if (model.scores().single()) {
      json.put("oneOutput", true);
    }
    model
        .scores()
        .dense()
        .ifPresent(
            map -> json.putObject("places").put("height", map.height()).put("width", map.width()));
    ArrayNode classes = json.putArray("classes");
    model.shownClasses().forEach(classes::add);
    json.put("probabilities", model.scores().areProbabilities());
    json.put("numbers", model.tellsNumbers());
    model.assumedSoftmax().ifPresent(note -> json.put("assumedSoftmax", note));
    ready.input().guessedRange().ifPresent(range -> json.put("guessedRange", range));
    ArrayNode notes = json.putArray("notes");
    ready.notes().forEach(notes::add);
    said.forEach(notes::add);
  }

  /** As in "2017-05-31T21:29:48Z"; empty where the file is gone. */
  static String modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant().toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Those that everybody sees, and a person's own. */
  static ArrayNode list(List<ServedModel> served, List<ServedModel> own) {
    ArrayNode list = Json.array();
    served.forEach(m -> list.add(of(m).put("own", false)));
    own.forEach(m -> list.add(of(m).put("own", true)));
    return list;
  }

  /** A part of an address. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
