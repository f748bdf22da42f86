package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.run.Provenance;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The REST interface of the first Picasso, requests and answers as they were. It knows one model:
 * the first, or the one that a parameter {@code model} names.
 */
final class OriginalRoutes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Services services;
  private final OriginalRuns runs;

  OriginalRoutes(Services services) {
    this.services = services;
    this.runs = new OriginalRuns(services);
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api", this::about);
    routes.get("/api/", this::about);
    routes.get("/api/app_state", this::state);
    routes.post("/api/images", this::upload);
    routes.get("/api/images", this::images);
    routes.get("/api/visualizers", this::visualizers);
    routes.get("/api/visualizers/{name}", this::settings);
    routes.get("/api/visualize", runs::visualize);
    routes.get("/api/inputs/{file}", this::input);
    routes.get("/api/outputs/{file}", runs::output);
    routes.get("/api/reset", this::reset);
  }

  private Session session(Context context) {
    return services.people().session(context);
  }

  private void about(Context context) {
    Json.send(
        context,
        Json.object()
            .put("message", services.title() + ": what a trained image classifier looks at")
            .put("version", Provenance.version()));
  }

  /** The model that a request names, or the first. */
  static ServedModel model(Services services, Context context) {
    Session session = services.people().session(context);
    Optional<String> wanted = Optional.ofNullable(context.queryParam("model"));
    return wanted
        .map(id -> ModelRoutes.find(services, session, id))
        .or(() -> ModelRoutes.all(services.library(), session).stream().findFirst())
        .orElseThrow(() -> new HttpProblem(404, "There is no model."));
  }

  private void state(Context context) throws IOException {
    ServedModel model = model(services, context);
    Path file = model.configured().request().path();
    Json.send(
        context,
        Json.object()
            .put("app_title", services.title())
            .put("model_name", model.configured().request().title())
            .put("latest_ckpt_name", String.valueOf(file.getFileName()))
            .put(
                "latest_ckpt_time",
                Files.exists(file)
                    ? TIME.format(
                        Files.getLastModifiedTime(file).toInstant().atZone(ZoneId.systemDefault()))
                    : ""));
  }

  private void upload(Context context) {
    Session session = session(context);
    String type = Optional.ofNullable(context.contentType()).orElse("");
    if (!type.startsWith("multipart/")) {
      Json.send(context, Json.object().put("ok", "false"));
      return;
    }
    List<Part> files = ImageRoutes.parts(services, context, session);
    if (files.isEmpty() || Multipart.name(files.get(0)).isEmpty()) {
      Json.send(context, Json.object().put("ok", "false"));
      return;
    }
    Part part = files.get(0);
    StoredImage image =
        services
            .images()
            .add(session, Multipart.name(part), part.getSize(), f -> Multipart.write(part, f));
    Json.send(
        context,
        Json.object()
            .put("ok", "true")
            .put("file", Names.file(image.name()))
            .put("uid", image.number()));
  }

  private void images(Context context) {
    ArrayNode list = Json.array();
    for (StoredImage image : session(context).images()) {
      list.addObject().put("filename", Names.file(image.name())).put("uid", image.number());
    }
    Json.send(context, Json.object().set("images", list));
  }

  private void visualizers(Context context) {
    ArrayNode list = Json.array();
    OriginalVisualizer.all(services.visualizations())
        .forEach(v -> list.addObject().put("name", v.name()));
    Json.send(context, Json.object().set("visualizers", list));
  }

  private void settings(Context context) {
    ObjectNode json = Json.object();
    ObjectNode settings = json.putObject("settings");
    OriginalVisualizer visualizer =
        OriginalVisualizer.named(context.pathParam("name"), services.visualizations());
    for (OriginalVisualizer.Setting s : visualizer.settings()) {
      ArrayNode values = settings.putArray(s.name());
      s.values().forEach(values::add);
    }
    Json.send(context, json);
  }

  private void input(Context context) throws IOException {
    Session session = session(context);
    String name = context.pathParam("file");
    List<StoredImage> named =
        session.images().stream().filter(i -> Names.file(i.name()).equals(name)).toList();
    if (named.isEmpty()) {
      runs.output(context); // the original put processed inputs there, too
      return;
    }
    OriginalRuns.send(context, services.images().view(session, named.get(named.size() - 1)));
  }

  private void reset(Context context) {
    session(context).reset();
    Json.send(context, Json.object().put("ok", "true"));
  }
}
