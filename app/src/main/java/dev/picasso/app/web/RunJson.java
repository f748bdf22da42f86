package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.run.ProvenanceJson;
import dev.picasso.run.ResultsWriter;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;

/** Runs as answers show them. */
final class RunJson {
  private RunJson() {}

  /** What was asked. */
  static ObjectNode order(Run run) {
    ObjectNode json = Json.object();
    json.put("id", run.id());
    json.put("model", run.order().model().id());
    json.put("visualization", run.order().visualization().id());
    ObjectNode settings = json.putObject("settings");
    run.order().settings().forEach(settings::put);
    json.put("top", run.order().top());
    if (!run.order().classes().chosen().isEmpty()) {
      run.order().classes().chosen().forEach(json.putArray("classes")::add);
    }
    BeliefOrders.map(run.order().visualization(), run.order().settings())
        .ifPresent(map -> json.put("map", map));
    return json;
  }

  /** How it stands, without the results. */
  static ObjectNode status(Run run, Run.Status status) {
    ObjectNode json = Json.object();
    json.put("state", status.state().name().toLowerCase(Locale.ROOT));
    status.problem().ifPresent(problem -> json.put("problem", problem));
    status.ahead().ifPresent(others -> json.put("ahead", others));
    json.put("progress", status.progress());
    status.secondsLeft().ifPresent(seconds -> json.put("secondsLeft", seconds));
    json.put("finished", status.finished());
    json.put("total", run.order().images().size());
    return json;
  }

  /** All of it; the files of results as addresses. */
  static ObjectNode of(Run run) {
    ObjectNode json = order(run);
    json.setAll(status(run, run.status()));
    ArrayNode images = json.putArray("images");
    for (int i = 0; i < run.order().images().size(); i++) {
      images.add(image(run, i));
    }
    return json;
  }

  /** One image's results with the files as addresses, or that they are still to come. */
  static ObjectNode image(Run run, int index) {
    StoredImage image = run.order().images().get(index);
    Optional<RunResult> result = run.result(index);
    if (result.isEmpty()) {
      return placed(Json.object().put("image", image.name()), image).put("pending", true);
    }
    ObjectNode json = placed(result.get().json(), image);
    String folder = Route.ROOT + "/runs/" + run.id() + "/files/";
    for (ResultFiles.Entry file : ResultFiles.in(json).entries()) {
      JsonNode owner = file.part().<JsonNode>map(json.path("panels")::path).orElse(json);
      if (owner instanceof ObjectNode object) {
        object.put(file.role().key(), folder + file.name());
      }
    }
    return json;
  }

  /** The same for a row of the page: each part also has its files, and what a menu says of them. */
  static ObjectNode row(Run run, int index) {
    ObjectNode json = image(run, index).put("index", index);
    if (run.order().classes().chosen().isEmpty()) {
      best(json.path("predictions")).ifPresent(best -> json.put("best", Json.text(best)));
    }
    run.result(index).ifPresent(result -> SameMaps.mark(run, result, json));
    for (JsonNode part : json.path("panels")) {
      if (part instanceof ObjectNode object) {
        ArrayNode files = object.putArray("files");
        for (FileRole role : FileRole.values()) {
          if (object.has(role.key())) {
            files
                .addObject()
                .put("role", role.key())
                .put("action", role.action())
                .put("address", object.path(role.key()).asText());
          }
        }
      }
    }
    return json;
  }

  /** The most probable of the classes that are shown. */
  private static Optional<JsonNode> best(JsonNode predictions) {
    Optional<JsonNode> best = Optional.empty();
    for (JsonNode prediction : predictions) {
      double probability = prediction.path("probability").asDouble(0);
      if (best.filter(b -> b.path("probability").asDouble(0) >= probability).isEmpty()) {
        best = Optional.of(prediction);
      }
    }
    return best;
  }

  /** Adds which image it is, and its size, so that a page leaves room for it. */
  private static ObjectNode placed(ObjectNode json, StoredImage image) {
    return json.put("imageId", image.id())
        .put("imageWidth", image.width())
        .put("imageHeight", image.height());
  }

  /**
   * Writes a file of results: where they come from, and all that is finished. One image's results
   * are in memory at a time.
   *
   * @param text stays open
   */
  static void write(Run run, Writer text) throws IOException {
    ObjectNode header = run.provenance().map(ProvenanceJson::of).orElseGet(Json::object);
    try (ResultsWriter file = ResultsWriter.to(text, header)) {
      for (int i = 0; i < run.order().images().size(); i++) {
        Optional<RunResult> result = run.result(i);
        if (result.isPresent()) {
          file.image(stored(result.get(), run.order().images().get(i)));
        }
      }
    }
  }

  /** The results, or why they are gone: there is no other answer once one has begun. */
  private static ObjectNode stored(RunResult result, StoredImage image) {
    try {
      return result.json();
    } catch (PicassoException e) {
      return ResultJson.of(ImageResult.failed(image.name(), String.valueOf(e.getMessage())));
    }
  }
}
