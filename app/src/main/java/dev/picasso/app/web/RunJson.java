package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Run;
import dev.picasso.run.ClassesJson;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.run.ResultsWriter;
import dev.picasso.run.Tally;
import dev.picasso.run.Truth;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Runs as answers show them. */
final class RunJson {
  /** The field that names the kept run that one goes on with. */
  static final String REST_OF = "restOf";

  private RunJson() {}

  /** What was asked. */
  static ObjectNode order(Run run) {
    ObjectNode json = Json.object();
    json.put("id", run.id());
    json.put("model", run.order().model().id());
    json.put("modelTitle", run.order().model().configured().request().title());
    run.given().ifPresent(mark -> json.put("given", mark));
    if (run.order().others() instanceof SeenModels seen && !seen.given().isEmpty()) {
      ObjectNode given = json.putObject("othersGiven");
      seen.given().forEach(given::put);
    }
    run.order().goesOn().ifPresent(earlier -> json.put(REST_OF, earlier));
    json.put("visualization", run.order().visualization().id());
    json.put("visualizationTitle", run.order().visualization().title());
    ObjectNode settings = json.putObject("settings");
    run.order().settings().forEach(settings::put);
    ClassesJson.put(json, run.order().classes());
    if (!run.order().classes().isPair()) { // checks are of maps of one class
      BeliefOrders.map(run.order().visualization(), run.order().settings())
          .ifPresent(map -> json.put("map", map));
    }
    ExplainedInputs inputs = run.order().inputs();
    if (inputs.all()) {
      json.put("inputs", ExplainedInputs.EACH);
    } else if (!inputs.isShown()) {
      inputs.names().forEach(json.putArray("inputs")::add);
    }
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
  static ObjectNode of(ShownRun run) {
    ObjectNode json = run.order();
    json.setAll(run.status());
    ArrayNode images = json.putArray("images");
    Tally tally = new Tally();
    for (int i = 0; i < run.total(); i++) {
      ObjectNode image = image(run, i);
      images.add(image);
      if (!image.has("pending")) {
        tally.add(image);
      }
    }
    return json.setAll(tally.last());
  }

  /** One image's results with the files as addresses, or that they are still to come. */
  static ObjectNode image(ShownRun run, int index) {
    ObjectNode picture = run.picture(index);
    Optional<ObjectNode> result = run.result(index);
    if (result.isEmpty()) {
      return picture.put("pending", true);
    }
    ObjectNode json = result.get();
    json.setAll(picture);
    String folder = Route.ROOT + "/runs/" + run.id() + "/files/";
    for (JsonNode input : ResultJson.all(json)) {
      for (ResultFiles.Entry file : ResultFiles.in(input).entries()) {
        JsonNode owner = file.part().<JsonNode>map(input.path("panels")::path).orElse(input);
        if (owner instanceof ObjectNode object) {
          object.put(file.role().key(), folder + file.name());
        }
      }
    }
    return json;
  }

  /** The same for a row of the page: each part also has its files, and what a menu says of them. */
  static ObjectNode row(ShownRun run, int index) {
    ObjectNode json = image(run, index).put("index", index);
    json.put("numbers", run.tellsNumbers());
    told(run, json).ifPresent(best -> json.put("best", Json.text(best)));
    run.result(index).ifPresent(result -> SameMaps.mark(run, result, json));
    ResultJson.all(json).forEach(input -> input.path("panels").forEach(RunJson::offer));
    return json;
  }

  /** Says of a part what can be saved. */
  private static void offer(JsonNode part) {
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

  /** The model's most probable class, where that is known; of numbers the first. */
  private static Optional<JsonNode> told(ShownRun run, ObjectNode image) {
    if (image.path("numbers").asBoolean()) {
      return Optional.ofNullable(image.path("predictions").get(0));
    }
    JsonNode told = image.path(Truth.FIELD).path("told");
    return told.isObject()
        ? Optional.of(told)
        : run.order().has("classes") ? Optional.empty() : best(image.path("predictions"));
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

  /**
   * Writes a file of results: where they come from, all that is finished, and how often the model
   * is right. One image's results are in memory at a time.
   *
   * @param text stays open
   */
  static void write(ShownRun run, Writer text) throws IOException {
    write(run, text, (index, result) -> result);
  }

  /**
   * The same with results changed.
   *
   * @param change gets an image's place and results
   */
  static void write(ShownRun run, Writer text, BiFunction<Integer, ObjectNode, ObjectNode> change)
      throws IOException {
    Tally tally = new Tally();
    try (ResultsWriter file = ResultsWriter.to(text, run.provenance())) {
      for (int i = 0; i < run.total(); i++) {
        int index = i;
        Optional<ObjectNode> result = stored(run, i).map(r -> change.apply(index, r));
        if (result.isPresent()) {
          file.image(result.get());
          tally.add(result.get());
        }
      }
      file.end(tally.last());
    }
  }

  /** The results, or why they are gone: there is no other answer once one has begun. */
  private static Optional<ObjectNode> stored(ShownRun run, int index) {
    try {
      return run.result(index);
    } catch (PicassoException e) {
      String image = run.picture(index).path("image").asText();
      return Optional.of(ResultJson.of(ImageResult.failed(image, String.valueOf(e.getMessage()))));
    }
  }
}
