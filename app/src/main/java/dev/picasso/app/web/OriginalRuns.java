package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.ResultFiles;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs and their pictures, as the first Picasso asked for them: one image, one request. */
final class OriginalRuns {
  private static final Set<String> NO_SETTINGS = Set.of("image", "visualizer", "model");

  /** How long a request waits for its result, in milliseconds. */
  private static final long PATIENCE = 600_000;

  private final Services services;
  private final RunOrders orders;

  OriginalRuns(Services services) {
    this.services = services;
    this.orders = new RunOrders(services);
  }

  /** Runs one visualization on one image, and waits for it. */
  void visualize(Context context) throws InterruptedException {
    Session session = services.people().session(context);
    OriginalVisualizer visualizer =
        OriginalVisualizer.named(required(context, "visualizer"), services.visualizations());
    StoredImage image = image(session, required(context, "image"));
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : context.queryParamMap().keySet()) {
      if (!NO_SETTINGS.contains(name)) {
        given.put(name, Optional.ofNullable(context.queryParam(name)).orElse(""));
      }
    }
    Map<String, String> settings =
        RunOrders.complete(visualizer.visualization(), visualizer.ours(given));
    ServedModel model = OriginalRoutes.model(services, context);
    Classes classes = Classes.top(model.configured().top());
    model.require(visualizer.visualization(), settings, classes);
    StepLimit.require(visualizer.visualization(), settings, services.limits().steps());
    Run run =
        orders.start(
            session,
            People.from(context),
            new Run.Order(
                model,
                visualizer.visualization(),
                settings,
                classes,
                ExplainedInputs.SHOWN,
                List.of(image),
                OtherModels.NONE));
    Run.Status status = run.awaitEnd(PATIENCE);
    if (status.state() == Run.State.RUNNING) {
      run.cancel();
      throw new HttpProblem(503, "This takes too long; ask for less.");
    }
    RunResult result =
        run.result(0)
            .orElseThrow(
                () -> new HttpProblem(400, status.problem().orElse("The run was cancelled.")));
    result
        .problem()
        .ifPresent(
            problem -> {
              throw new PicassoException(problem);
            });
    Json.send(context, answer(run, image, result));
  }

  private static String required(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name))
        .orElseThrow(() -> HttpProblem.wrong("The parameter " + name + " is missing."));
  }

  private static StoredImage image(Session session, String uid) {
    return session.images().stream()
        .filter(i -> String.valueOf(i.number()).equals(uid))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "image",
                    uid,
                    session.images().stream().map(i -> String.valueOf(i.number())).toList()));
  }

  private static ObjectNode answer(Run run, StoredImage image, RunResult result) {
    ObjectNode json = Json.object();
    json.put("input_file_name", Names.file(image.name()));
    ArrayNode probabilities = json.putArray("predict_probs");
    JsonNode stored = result.json();
    for (JsonNode p : stored.path("predictions")) {
      probabilities
          .addObject()
          .put("index", p.path("index").asInt())
          .put("name", p.path("label").asText())
          .put("prob", String.format(Locale.ROOT, "%.3f", p.path("probability").asDouble()));
    }
    List<String> outputs = new ArrayList<>();
    for (ResultFiles.Entry file : ResultFiles.in(stored).entries()) {
      if (file.role() == FileRole.OVERLAY || file.role() == FileRole.PICTURE) {
        outputs.add(file.name());
      }
    }
    json.put("has_output", !outputs.isEmpty());
    if (!outputs.isEmpty()) {
      ArrayNode names = json.putArray("output_file_names");
      outputs.forEach(name -> names.add(name(run, name)));
    }
    json.put("has_processed_input", stored.has("example"));
    if (stored.has("example")) {
      json.put("processed_input_file_name", name(run, stored.path("example").asText()));
    }
    return json;
  }

  /** The name of a result's file; runs have folders of their own, the original had one. */
  private static String name(Run run, String file) {
    return run.id() + "-" + file;
  }

  /** The files of a session's results under the original's names. */
  private static Map<String, Path> outputs(Session session) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Run run : session.runs()) {
      for (int i = 0; i < run.order().images().size(); i++) {
        run.result(i)
            .map(RunResult::json)
            .ifPresent(
                f -> names(f).forEach(n -> files.put(name(run, n), run.folder().resolve(n))));
      }
    }
    return files;
  }

  /** Pictures; the original had no other files. */
  private static List<String> names(JsonNode result) {
    return ResultFiles.in(result).entries().stream()
        .filter(file -> file.role().mediaType().equals("image/png"))
        .map(ResultFiles.Entry::name)
        .toList();
  }

  /** A picture of the session's results. */
  void output(Context context) throws IOException {
    Map<String, Path> files = outputs(services.people().session(context));
    String name = context.pathParam("file");
    send(
        context,
        Optional.ofNullable(files.get(name))
            .orElseThrow(() -> HttpProblem.unknown("file", name, files.keySet())));
  }

  static void send(Context context, Path picture) throws IOException {
    context.contentType("image/png").result(Files.newInputStream(picture));
  }
}
