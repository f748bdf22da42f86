package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.Session;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import dev.picasso.visualization.SideBySide;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Runs: started, watched, cancelled, and their results. */
final class RunRoutes {
  private static final Pattern FILE = Pattern.compile("r(\\d{1,6})[-@].*");

  private final Services services;
  private final RunOrders orders;
  private final RunEvents events;
  private final Templates templates;

  RunRoutes(Services services, Templates templates) {
    this.services = services;
    this.orders = new RunOrders(services);
    this.events = new RunEvents(services.limits().left());
    this.templates = templates;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/runs",
            "Starts a visualization; results come one by one.",
            Body.json("Order"),
            Body.json("Run"),
            this::start),
        Route.get(
            "/runs/{id}",
            "How a run stands, and the results so far.",
            Body.json("Run"),
            context -> Json.send(context, RunJson.of(run(context)))),
        Route.get(
            "/runs/{id}/events",
            "Server-sent events: progress, result, end.",
            Body.EVENTS,
            this::events),
        Route.get(
            "/runs/{id}/rows/{index}",
            "One image's results as a piece of HTML.",
            Body.bytes("text/html"),
            this::row),
        Route.get(
            "/runs/{id}/files/{name}",
            "A picture or an array of the results; with ?download under a telling name.",
            Body.bytes("application/octet-stream"),
            this::file),
        Route.get(
            "/runs/{id}/results.json",
            "Where the results come from, and all of them.",
            Body.json("Results"),
            this::results),
        Route.get(
            "/runs/{id}/results.zip",
            "All files of the results in one archive.",
            Body.bytes("application/zip"),
            this::archive),
        Route.delete("/runs/{id}", "Cancels a run; what is finished stays.", this::cancel),
        Route.delete(
            "/runs/{id}/results",
            "Removes a run with all its results; one that has ended can be restored for ten"
                + " minutes.",
            this::remove));
  }

  private void start(Context context) {
    Session session = services.people().session(context);
    Run run = orders.start(session, People.from(context), Json.body(context));
    Json.send(context.status(202), RunJson.of(new LiveRun(run, services.pages())));
  }

  private ShownRun run(Context context) {
    return services.history().find(services.people().session(context), context.pathParam("id"));
  }

  /** A kept run has ended, and tells so at once. */
  private void events(Context context) {
    Session session = services.people().session(context);
    String id = context.pathParam("id");
    Optional<Run> live = session.run(id);
    if (live.isPresent()) {
      events.stream(context, live.get(), () -> services.people().seen(context));
      return;
    }
    ShownRun kept = run(context);
    context
        .contentType("text/event-stream; charset=utf-8")
        .result("event: end\ndata: " + Json.text(kept.order().setAll(kept.status())) + "\n\n");
  }

  private void row(Context context) {
    ShownRun run = run(context);
    int index = index(run.total(), context.pathParam("index"));
    if (run.result(index).isEmpty()) {
      throw new HttpProblem(404, "This image has no results yet.");
    }
    context.html(row(templates, run, RunJson.row(run, index)));
  }

  /** One image's row, by the visualization's template or ours; below it other inputs beside it. */
  static String row(Templates templates, ShownRun run, ObjectNode result) {
    Map<String, Object> values =
        Map.of(
            "result", Json.map(result),
            "run", new LazyJson(run::order),
            "model", new LazyJson(run::model),
            "visualization", new LazyJson(run::visualization));
    StringBuilder html = new StringBuilder(templates.row(run.template(), values));
    for (JsonNode other : result.path(ResultJson.INPUTS)) {
      if (other instanceof ObjectNode input) {
        html.append(templates.beside(run.template(), values, Json.map(input)));
      }
    }
    return html.toString();
  }

  /** The index of a row that an address names. */
  static int index(int size, String text) {
    try {
      int index = Integer.parseInt(text);
      if (index >= 0 && index < size) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw new HttpProblem(
        404, "There is no row " + text + "; the rows are 0 to " + (size - 1) + ".");
  }

  /** The files of all results so far, by name, with the name under which they are saved. */
  private static Map<String, String> files(ShownRun run) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < run.total(); i++) {
      run.result(i).ifPresent(result -> names.putAll(files(run, result)));
    }
    return names;
  }

  private static Map<String, String> files(ShownRun run, JsonNode json) {
    Map<String, String> names = new LinkedHashMap<>();
    String stem = stem(json) + "-" + method(run);
    add(stem, json, names);
    for (JsonNode other : json.path(ResultJson.INPUTS)) {
      add(stem + "-" + Names.file(other.path(ResultJson.INPUT).asText()), other, names);
    }
    return names;
  }

  /** Those of one picture; pictures themselves are saved under their own names. */
  private static void add(String stem, JsonNode json, Map<String, String> names) {
    for (ResultFiles.Entry file : ResultFiles.in(json).entries()) {
      String of = file.role() == FileRole.ORIGINAL ? stem(json) : stem;
      String label =
          file.part()
              .map(part -> "-" + Names.file(json.path("panels").path(part).path("label").asText()))
              .orElse("");
      names.put(file.name(), of + label + file.role().ending());
    }
  }

  private static String stem(JsonNode json) {
    return Names.file(json.path("image").asText()).replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
  }

  /** The result that a file of this name belongs to, as in "r12-3-map.png". */
  private static Optional<ObjectNode> owner(ShownRun run, String file) {
    Matcher name = FILE.matcher(file);
    return name.matches() ? run.result(Integer.parseInt(name.group(1))) : Optional.empty();
  }

  /** Only names that we made are opened; the address is never part of a path. */
  private void file(Context context) throws IOException {
    ShownRun run = run(context);
    String name = context.pathParam("name");
    Map<String, String> files =
        owner(run, name).map(result -> files(run, result)).orElseGet(() -> files(run));
    if (!files.containsKey(name)) {
      throw HttpProblem.unknown("file", name, files.keySet());
    }
    context.contentType(mediaType(name)).header("Cache-Control", "private, max-age=3600");
    if (context.queryParamMap().containsKey("download")) {
      download(context, String.valueOf(files.get(name)));
    }
    context.result(Files.newInputStream(run.folder().resolve(name)));
  }

  /** The visualization's id, for names of files. */
  private static String method(ShownRun run) {
    return Names.file(run.order().path("visualization").asText());
  }

  private static String mediaType(String name) {
    return FileRole.ofFile(name).map(FileRole::mediaType).orElse("application/octet-stream");
  }

  private static void download(Context context, String name) {
    context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** Streams the file from what is stored. */
  private void results(Context context) throws IOException {
    ShownRun run = run(context);
    if (context.queryParamMap().containsKey("download")) {
      download(context, method(run) + ".json");
    }
    context.contentType("application/json; charset=utf-8");
    try (Writer text = new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8)) {
      RunJson.write(run, text);
    }
  }

  /** Streams the archive; its entries have the names that the JSON in it uses. */
  private void archive(Context context) throws IOException {
    ShownRun run = run(context);
    context.contentType("application/zip");
    download(context, "picasso-" + method(run) + ".zip");
    ArchiveNames names = new ArchiveNames(method(run).equals(SideBySide.ID) ? "" : method(run));
    try (ZipOutputStream zip = new ZipOutputStream(context.res().getOutputStream())) {
      zip.setLevel(Deflater.BEST_SPEED); // most of it is PNG
      zip.putNextEntry(new ZipEntry("results.json"));
      Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
      RunJson.write(run, text, names::renamed);
      text.flush();
      zip.closeEntry();
      for (int i = 0; i < run.total(); i++) {
        int index = i;
        Map<String, String> files = run.result(i).map(r -> names.of(index, r)).orElse(Map.of());
        for (Map.Entry<String, String> file : files.entrySet()) {
          zip.putNextEntry(new ZipEntry(file.getValue()));
          Files.copy(run.folder().resolve(file.getKey()), zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** A kept one can be restored for a while; of one at work nothing stays. */
  private void remove(Context context) {
    Session session = services.people().session(context);
    String id = context.pathParam("id");
    Optional<Run> live = session.run(id);
    if (live.isPresent() && !live.get().isKept()) {
      session.forget(live.get());
    } else {
      services.history().delete(session, id);
    }
    Json.send(context, Json.object().put("ok", true));
  }

  /** What has ended cannot be cancelled, which is no problem. */
  private void cancel(Context context) {
    Session session = services.people().session(context);
    String id = context.pathParam("id");
    session
        .run(id)
        .ifPresentOrElse(
            Run::cancel,
            () -> {
              if (services.history().kept(id).isEmpty()) {
                throw RunHistory.unknown(session, id);
              }
            });
    Json.send(context, Json.object().put("ok", true));
  }
}
