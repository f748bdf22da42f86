package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.report.Report;
import dev.picasso.app.report.ReportSource;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.Visualization;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kept runs: listed, named, repeated, and as a report. */
final class HistoryRoutes {
  private final Services services;
  private final RunHistory history;
  private final RunOrders orders;
  private final RunModels models;
  private final Report report = new Report();

  HistoryRoutes(Services services) {
    this.services = services;
    this.history = services.history();
    this.orders = new RunOrders(services);
    this.models = new RunModels(services);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/runs", "Kept runs, the newest first.", Body.json("KeptRuns"), this::list),
        Route.post(
            "/runs/{id}/name",
            "Gives a kept run a name, or none for an empty text.",
            Body.json("Name"),
            Body.json("KeptRun"),
            this::rename),
        Route.post(
            "/runs/{id}/repeat",
            "Starts the same again: its images, its model where the server has it, its settings.",
            Body.NONE,
            Body.json("Run"),
            this::repeat),
        Route.get(
            "/runs/{id}/small/{index}",
            "A small picture of an image's first map, of the first four images.",
            Body.PNG,
            this::small),
        Route.get(
            "/runs/{id}/report.html",
            "The results as one HTML file that needs nothing else.",
            Body.bytes("text/html"),
            this::report));
  }

  private Session session(Context context) {
    return services.people().session(context);
  }

  private void list(Context context) {
    Session session = session(context);
    ObjectNode json = Json.object();
    ArrayNode runs = json.putArray("runs");
    history.list(session).forEach(run -> runs.add(of(run, history.isOwn(session, run))));
    Json.send(context, json);
  }

  /**
   * A kept run as lists show it.
   *
   * @param own whether it may be named and deleted
   */
  static ObjectNode of(KeptRun run, boolean own) {
    ObjectNode json = Json.object();
    json.put("id", run.id()).put("name", run.name()).put("title", run.title());
    json.put("model", run.model()).put("graph", run.graph());
    json.put("visualization", run.visualization()).put("method", run.method());
    json.put("state", run.state());
    json.put("finished", run.finished()).put("total", run.images().size());
    json.put("made", run.made().toString()).put("bytes", run.bytes()).put("own", own);
    json.put("page", "/runs/" + run.id());
    ArrayNode images = json.putArray("images");
    for (int i = 0; i < run.images().size(); i++) {
      ObjectNode image = images.addObject().put("name", run.images().get(i).name());
      if (i < RunShelf.SMALL) {
        image.put("small", Route.ROOT + "/runs/" + run.id() + "/small/" + i);
      }
    }
    return json;
  }

  private void rename(Context context) {
    Session session = session(context);
    KeptRun run = history.own(session, context.pathParam("id"));
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("name"));
    JsonNode name = body.path("name");
    if (!name.isTextual()) {
      throw HttpProblem.wrong("\"name\" must be a text; an empty one takes the name away.");
    }
    boolean unused = history.archive().rename(run.id(), name.asText());
    Json.send(context, of(history.own(session, run.id()), true));
  }

  private void small(Context context) throws IOException {
    String id = context.pathParam("id");
    KeptRun run =
        history.archive().find(id).orElseThrow(() -> RunHistory.unknown(session(context), id));
    int index = RunRoutes.index(run.images().size(), context.pathParam("index"));
    Path folder = history.archive().folder(run.id());
    Path file =
        List.of(KeptFiles.small(index), KeptFiles.thumb(run.images().get(index).id())).stream()
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(() -> new HttpProblem(404, "There is no small picture of this image."));
    context
        .contentType("image/png")
        .header("Cache-Control", "private, max-age=86400")
        .result(Files.newInputStream(file));
  }

  /** Streams the file from what is stored. */
  private void report(Context context) throws IOException {
    Session session = session(context);
    String id = context.pathParam("id");
    KeptRun run =
        history
            .archive()
            .find(id)
            .orElseThrow(
                () ->
                    session.run(id).isPresent()
                        ? new HttpProblem(409, "The run has not ended yet; ask again when it has.")
                        : RunHistory.unknown(session, id));
    ReportSource source = ReportSource.of(history.archive().folder(run.id()));
    context
        .contentType("text/html; charset=utf-8")
        .header(
            "Content-Disposition",
            "attachment; filename=\"" + Names.file(run.title() + ".html") + "\"");
    try (Writer out =
        new OutputStreamWriter(context.res().getOutputStream(), StandardCharsets.UTF_8)) {
      report.write(source, Optional.of(run.name()), out);
    }
  }

  private void repeat(Context context) {
    Session session = session(context);
    ShownRun run = history.find(session, context.pathParam("id"));
    ObjectNode asked = run.order();
    ServedModel model = models.find(session, run);
    Visualization<?> visualization = orders.visualization(asked.path("visualization").asText());
    Map<String, String> given = new LinkedHashMap<>();
    asked.path("settings").properties().forEach(e -> given.put(e.getKey(), e.getValue().asText()));
    Map<String, String> settings = RunOrders.complete(visualization, given);
    model.require(visualization, settings);
    StepLimit.require(visualization, settings, services.limits().steps());
    List<StoredImage> images = new ArrayList<>();
    List<Optional<String>> labels = new ArrayList<>();
    for (int i = 0; i < run.total(); i++) {
      images.add(image(session, run, i));
      JsonNode label = run.picture(i).path("label");
      labels.add(Optional.of(label).filter(JsonNode::isTextual).map(JsonNode::asText));
    }
    OtherModels others = new SeenModels(services, session);
    Run started =
        orders.start(
            session,
            People.from(context),
            new Run.Order(
                model,
                visualization,
                settings,
                classes(asked),
                RunOrders.asked(asked.path("inputs")).orElse(ExplainedInputs.SHOWN),
                images,
                labels,
                others));
    Json.send(context.status(202), RunJson.of(new LiveRun(started, services.pages())));
  }

  private static Classes classes(ObjectNode asked) {
    if (asked.path("classes").asText().equals(Classes.TRUE_LABELS)) {
      return Classes.trueLabels();
    }
    List<Integer> chosen = new ArrayList<>();
    asked.path("classes").forEach(index -> chosen.add(index.asInt()));
    return chosen.isEmpty()
        ? Classes.top(Math.max(1, asked.path("top").asInt()))
        : Classes.chosen(chosen);
  }

  /** The session's image, or the kept one, taken into the session again. */
  private StoredImage image(Session session, ShownRun run, int index) {
    ObjectNode picture = run.picture(index);
    String name = picture.path("image").asText();
    String id = picture.path("imageId").asText();
    return session
        .image(id)
        .orElseGet(
            () -> {
              Path file = run.folder().resolve(KeptFiles.image(id));
              if (!Files.isRegularFile(file)) {
                throw new HttpProblem(
                    404, name + " had no results, and was not kept. Add it, and explain it anew.");
              }
              return services
                  .images()
                  .add(session, name, file.toFile().length(), target -> Files.copy(file, target));
            });
  }
}
