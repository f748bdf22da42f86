package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.image.Prediction;
import dev.picasso.visualization.Provenance;
import dev.picasso.visualization.ResultFiles;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The REST interface of the first Picasso, requests and answers as they were. It knows one model:
 * the first, or the one that a parameter {@code model} names.
 */
final class OriginalRoutes {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private static final Set<String> NO_SETTINGS = Set.of("image", "visualizer", "model");

  /** How long a request waits for its result. */
  private static final long PATIENCE = 600_000;

  private final Services services;
  private final RunOrders orders;

  OriginalRoutes(Services services) {
    this.services = services;
    this.orders = new RunOrders(services);
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api", this::about);
    routes.get("/api/", this::about);
    routes.get("/api/app_state", this::state);
    routes.post("/api/images", this::upload);
    routes.get("/api/images", this::images);
    routes.get("/api/visualizers", this::visualizers);
    routes.get("/api/visualizers/{name}", this::settings);
    routes.get("/api/visualize", this::visualize);
    routes.get("/api/inputs/{file}", this::input);
    routes.get("/api/outputs/{file}", this::output);
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

  private ServedModel model(Context context) {
    Session session = session(context);
    Optional<String> wanted = Optional.ofNullable(context.queryParam("model"));
    return wanted
        .map(id -> ModelRoutes.find(services, session, id))
        .or(() -> ModelRoutes.all(services.library(), session).stream().findFirst())
        .orElseThrow(() -> new HttpProblem(404, "There is no model."));
  }

  private void state(Context context) throws IOException {
    ServedModel model = model(context);
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

  private List<OriginalVisualizer> all() {
    return services.visualizations().all().stream().map(OriginalVisualizer::of).toList();
  }

  private OriginalVisualizer visualizer(String name) {
    return all().stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "visualizer", name, all().stream().map(OriginalVisualizer::name).toList()));
  }

  private void visualizers(Context context) {
    ArrayNode list = Json.array();
    all().forEach(v -> list.addObject().put("name", v.name()));
    Json.send(context, Json.object().set("visualizers", list));
  }

  private void settings(Context context) {
    ObjectNode json = Json.object();
    ObjectNode settings = json.putObject("settings");
    for (OriginalVisualizer.Setting s : visualizer(context.pathParam("name")).settings()) {
      ArrayNode values = settings.putArray(s.name());
      s.values().forEach(values::add);
    }
    Json.send(context, json);
  }

  private void visualize(Context context) throws InterruptedException {
    Session session = session(context);
    OriginalVisualizer visualizer = visualizer(required(context, "visualizer"));
    StoredImage image = image(session, required(context, "image"));
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : context.queryParamMap().keySet()) {
      if (!NO_SETTINGS.contains(name)) {
        given.put(name, Optional.ofNullable(context.queryParam(name)).orElse(""));
      }
    }
    Map<String, String> settings =
        RunOrders.complete(visualizer.visualization(), visualizer.ours(given));
    ServedModel model = model(context);
    Run run =
        orders.start(
            session,
            new Run.Order(
                model,
                visualizer.visualization(),
                settings,
                model.configured().top(),
                List.of(image)));
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
        .result()
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
    for (Prediction p : result.result().predictions()) {
      probabilities
          .addObject()
          .put("index", p.index())
          .put("name", p.label())
          .put("prob", String.format(Locale.ROOT, "%.3f", p.probability()));
    }
    List<String> outputs =
        result.files().stream()
            .flatMap(f -> f.panels().stream())
            .map(ResultFiles.OfPanel::overlay)
            .toList();
    json.put("has_output", !outputs.isEmpty());
    if (!outputs.isEmpty()) {
      ArrayNode names = json.putArray("output_file_names");
      outputs.forEach(name -> names.add(name(run, name)));
    }
    Optional<String> example = result.files().flatMap(ResultFiles::example);
    json.put("has_processed_input", example.isPresent());
    example.ifPresent(name -> json.put("processed_input_file_name", name(run, name)));
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
            .flatMap(RunResult::files)
            .ifPresent(
                f -> names(f).forEach(n -> files.put(name(run, n), run.folder().resolve(n))));
      }
    }
    return files;
  }

  private static List<String> names(ResultFiles files) {
    List<String> names = new ArrayList<>();
    files.example().ifPresent(names::add);
    files.panels().stream().flatMap(p -> Stream.of(p.overlay(), p.map())).forEach(names::add);
    return names;
  }

  private void input(Context context) throws IOException {
    Session session = session(context);
    String name = context.pathParam("file");
    List<StoredImage> named =
        session.images().stream().filter(i -> Names.file(i.name()).equals(name)).toList();
    if (named.isEmpty()) {
      output(context); // the original put processed inputs there, too
      return;
    }
    send(context, services.images().view(named.get(named.size() - 1)));
  }

  private void output(Context context) throws IOException {
    Map<String, Path> files = outputs(session(context));
    String name = context.pathParam("file");
    send(
        context,
        Optional.ofNullable(files.get(name))
            .orElseThrow(() -> HttpProblem.unknown("file", name, files.keySet())));
  }

  private static void send(Context context, Path picture) throws IOException {
    context.contentType("image/png").result(Files.newInputStream(picture));
  }

  private void reset(Context context) {
    session(context).reset();
    Json.send(context, Json.object().put("ok", "true"));
  }
}
