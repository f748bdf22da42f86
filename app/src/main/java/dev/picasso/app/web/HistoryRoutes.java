package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.Archive;
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
import dev.picasso.run.ClassesJson;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.visualization.Classes;
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
import java.util.stream.Stream;

/** Kept runs: listed, named, restored, repeated, and as a report. */
final class HistoryRoutes {
  private final Services services;
  private final RunHistory history;
  private final RunOrders orders;
  private final RunModels models;
  private final RunImages images;
  private final Report report = new Report();

  HistoryRoutes(Services services) {
    this.services = services;
    this.history = services.history();
    this.orders = new RunOrders(services);
    this.models = new RunModels(services);
    this.images = new RunImages(services);
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
        Route.post(
            "/runs/{id}/images",
            "Has the list of images be of those of a run: its own come back, the others are taken"
                + " away.",
            Body.NONE,
            Body.json("RunImages"),
            images::use),
        Route.post(
            "/runs/{id}/rest",
            "Goes on with a run that did not come to its end: starts the same again, which takes"
                + " the results that are there, where they would be made in the same way.",
            Body.NONE,
            Body.json("Run"),
            this::rest),
        Route.post(
            "/runs/{id}/restore",
            "Brings a kept run back that was removed.",
            Body.NONE,
            Body.json("KeptRun"),
            this::restore),
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
    history.list(session).forEach(run -> runs.add(of(history, session, run)));
    Json.send(context, json);
  }

  /** A kept run as lists show it. */
  static ObjectNode of(RunHistory history, Session session, KeptRun run) {
    boolean own = history.isOwn(session, run);
    boolean whole = run.finished() == run.images().size();
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
      if (i < EndedFiles.SMALL && (whole || small(history.archive(), run, i).isPresent())) {
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
    Json.send(context, of(history, session, history.own(session, run.id())));
  }

  private void restore(Context context) {
    Session session = session(context);
    KeptRun run = history.restore(session, context.pathParam("id"));
    Json.send(context, of(history, session, run));
  }

  private void small(Context context) throws IOException {
    String id = context.pathParam("id");
    KeptRun run =
        history.archive().find(id).orElseThrow(() -> RunHistory.unknown(session(context), id));
    int index = RunRoutes.index(run.images().size(), context.pathParam("index"));
    Path file =
        small(history.archive(), run, index)
            .orElseThrow(() -> new HttpProblem(404, "There is no small picture of this image."));
    context
        .contentType("image/png")
        .header("Cache-Control", "private, max-age=86400")
        .result(Files.newInputStream(file));
  }

  private static Optional<Path> small(Archive archive, KeptRun run, int index) {
    Path folder = archive.folder(run.id());
    return Stream.of(KeptFiles.small(index), KeptFiles.thumb(run.images().get(index).id()))
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
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
    again(context, history.find(session(context), context.pathParam("id")), Optional.empty());
  }

  /** What was finished of a run counts, where all is as it was. */
  private void rest(Context context) {
    Session session = session(context);
    String id = context.pathParam("id");
    StoredRun run = history.kept(id).orElseThrow(() -> notKept(session, id));
    if (run.kept().finished() == run.total()) {
      throw new HttpProblem(409, "All images of this run have been explained; it can be repeated.");
    }
    again(context, run, Optional.of(run.id()));
  }

  private static HttpProblem notKept(Session session, String id) {
    return session.run(id).isPresent()
        ? new HttpProblem(409, "The run has not ended yet, or nothing of it was finished.")
        : RunHistory.unknown(session, id);
  }

  private void again(Context context, ShownRun run, Optional<String> goesOn) {
    Session session = session(context);
    ObjectNode asked = run.order();
    Visualization<?> visualization = orders.visualization(asked.path("visualization").asText());
    Map<String, String> given = new LinkedHashMap<>();
    asked.path("settings").properties().forEach(e -> given.put(e.getKey(), e.getValue().asText()));
    Map<String, String> then = RunOrders.complete(visualization, given);
    RunModels.Found found = models.find(session, run, RunOrders.others(visualization, then));
    ServedModel model = found.model();
    Map<String, String> settings = found.settings(visualization, then);
    Classes classes = ClassesJson.read(asked);
    model.require(visualization, settings, classes);
    StepLimit.require(visualization, settings, services.limits().steps());
    List<StoredImage> explained = images.beside(session, run);
    List<Optional<String>> labels = new ArrayList<>();
    for (int i = 0; i < run.total(); i++) {
      JsonNode label = run.picture(i).path("label");
      labels.add(Optional.of(label).filter(JsonNode::isTextual).map(JsonNode::asText));
    }
    Run.Order order =
        new Run.Order(
            model,
            visualization,
            settings,
            classes,
            RunOrders.asked(asked.path("inputs")).orElse(ExplainedInputs.SHOWN),
            explained,
            labels,
            new SeenModels(services, session, found.byId()),
            goesOn);
    Run started = orders.start(session, People.from(context), order);
    Json.send(context.status(202), RunJson.of(new LiveRun(started, services.pages())));
  }
}
