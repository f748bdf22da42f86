package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.Session;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
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
  private static final Pattern FILE = Pattern.compile("r(\\d{1,6})-.*");

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
            Body.bytes("text/event-stream"),
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
        Route.delete("/runs/{id}/results", "Removes a run with all its results.", this::remove));
  }

  private void start(Context context) {
    Session session = services.people().session(context);
    Run run = orders.start(session, People.from(context), Json.body(context));
    Json.send(context.status(202), RunJson.of(run));
  }

  private void events(Context context) {
    events.stream(context, run(context), () -> services.people().seen(context));
  }

  private Run run(Context context) {
    Session session = services.people().session(context);
    String id = context.pathParam("id");
    return session
        .run(id)
        .orElseThrow(
            () -> HttpProblem.unknown("run", id, session.runs().stream().map(Run::id).toList()));
  }

  private void row(Context context) {
    Run run = run(context);
    int index = index(run, context.pathParam("index"));
    if (run.result(index).isEmpty()) {
      throw new HttpProblem(404, "This image has no results yet.");
    }
    ObjectNode result = RunJson.row(run, index);
    context.html(
        templates.row(
            run.order().visualization(),
            Map.of(
                "result", Json.map(result),
                "run", Json.map(RunJson.order(run)),
                "model", Json.map(ModelJson.of(run.order().model())),
                "visualization",
                    Json.map(
                        VisualizationJson.of(run.order().visualization(), services.pages())))));
  }

  private static int index(Run run, String text) {
    int size = run.order().images().size();
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
  private static Map<String, String> files(Run run) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < run.order().images().size(); i++) {
      run.result(i).ifPresent(result -> names.putAll(files(run, result)));
    }
    return names;
  }

  private static Map<String, String> files(Run run, RunResult result) {
    Map<String, String> names = new LinkedHashMap<>();
    JsonNode json = result.json();
    String image = Names.file(json.path("image").asText()).replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    String stem = image + "-" + run.order().visualization().id();
    for (ResultFiles.Entry file : ResultFiles.in(json).entries()) {
      String of = file.role() == FileRole.ORIGINAL ? image : stem;
      String label =
          file.part()
              .map(part -> "-" + Names.file(json.path("panels").path(part).path("label").asText()))
              .orElse("");
      names.put(file.name(), of + label + file.role().ending());
    }
    return names;
  }

  /** The result that a file of this name belongs to, as in "r12-3-map.png". */
  private static Optional<RunResult> owner(Run run, String file) {
    Matcher name = FILE.matcher(file);
    return name.matches() ? run.result(Integer.parseInt(name.group(1))) : Optional.empty();
  }

  /** Only names that we made are opened; the address is never part of a path. */
  private void file(Context context) throws IOException {
    Run run = run(context);
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

  private static String mediaType(String name) {
    return FileRole.ofFile(name).map(FileRole::mediaType).orElse("application/octet-stream");
  }

  private static void download(Context context, String name) {
    context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** Streams the file from what is stored. */
  private void results(Context context) throws IOException {
    Run run = run(context);
    if (context.queryParamMap().containsKey("download")) {
      download(context, run.order().visualization().id() + ".json");
    }
    context.contentType("application/json; charset=utf-8");
    try (Writer text = new OutputStreamWriter(context.outputStream(), StandardCharsets.UTF_8)) {
      RunJson.write(run, text);
    }
  }

  /** Streams the archive; its entries have the names that the JSON in it uses. */
  private void archive(Context context) throws IOException {
    Run run = run(context);
    context.contentType("application/zip");
    download(context, "picasso-" + Names.file(run.order().visualization().id()) + ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(context.res().getOutputStream())) {
      zip.setLevel(Deflater.BEST_SPEED); // most of it is PNG
      zip.putNextEntry(new ZipEntry("results.json"));
      Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
      RunJson.write(run, text);
      text.flush();
      zip.closeEntry();
      for (int i = 0; i < run.order().images().size(); i++) {
        for (String name : run.result(i).map(r -> files(run, r)).orElse(Map.of()).keySet()) {
          zip.putNextEntry(new ZipEntry(name));
          Files.copy(run.folder().resolve(name), zip);
          zip.closeEntry();
        }
      }
    }
  }

  private void remove(Context context) {
    services.people().session(context).forget(run(context));
    Json.send(context, Json.object().put("ok", true));
  }

  private void cancel(Context context) {
    run(context).cancel();
    Json.send(context, Json.object().put("ok", true));
  }
}
