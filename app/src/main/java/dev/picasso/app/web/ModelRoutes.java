package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Library;
import dev.picasso.app.web.state.RemovedModel;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.model.config.ConfiguredModel;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which models there are, and how they get there. */
final class ModelRoutes {
  /** How long a request waits for a model before it answers "loading". */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Services services;
  private final ModelUploads uploads;

  ModelRoutes(Services services) {
    this.services = services;
    this.uploads = new ModelUploads(services);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/models", "The models that can be picked.", Body.json("Models"), this::list),
        Route.get(
            "/models/{id}",
            "One model; it is loaded if it was not yet.",
            Body.json("Model"),
            this::one),
        Route.post(
            "/models",
            "Adds a model to this session: its file, its files (names may have folders), or a zip"
                + " of them.",
            Body.FILES,
            Body.json("Model"),
            this::upload),
        Route.delete(
            "/models/{id}",
            "Takes away a model that was added; it can be restored for ten minutes.",
            this::remove),
        Route.post(
            "/models/{id}/restore",
            "Brings a model back that was taken away.",
            Body.NONE,
            Body.json("Model"),
            this::restore),
        Route.get(
            "/models/{id}/samples/{name}",
            "A sample image of a model.",
            Body.bytes("image/*"),
            this::sample));
  }

  private void list(Context context) {
    Session session = session(context);
    List<ServedModel> all = all(services.library(), session);
    List<ServedModel> own = all.stream().filter(session::owns).toList();
    List<ServedModel> served = all.stream().filter(m -> !session.owns(m)).toList();
    ObjectNode json = Json.object().set("models", ModelJson.list(served, own));
    ArrayNode removed = json.putArray("removed");
    for (RemovedModel gone : session.removedModels()) {
      String title = gone.model().configured().request().title();
      removed.addObject().put("id", gone.model().id()).put("title", title);
    }
    Json.send(context, json);
  }

  /** Everybody's and the person's own; one that the person changed stands where it stood. */
  static List<ServedModel> all(Library library, Session session) {
    Set<String> everybodys =
        library.all().stream().map(ServedModel::id).collect(Collectors.toSet());
    return Stream.concat(
            library.all().stream().map(m -> session.model(m.id()).orElse(m)),
            session.models().stream().filter(m -> !everybodys.contains(m.id())))
        .toList();
  }

  private Session session(Context context) {
    return services.people().session(context);
  }

  private void one(Context context) throws InterruptedException {
    ServedModel model = find(services, session(context), context.pathParam("id"));
    services.warming().shown(model);
    model.await(PATIENCE);
    Json.send(context, json(context, model));
  }

  /** The model with its layers, and whether it is the person's own. */
  private ObjectNode json(Context context, ServedModel model) {
    boolean own = session(context).owns(model);
    return ModelJson.withLayers(model).put("own", own);
  }

  /** The model of that id, everybody's or the session's own. */
  static ServedModel find(Services services, Session session, String id) {
    return find(services.library(), session, id);
  }

  /** The model of that id, everybody's or the session's own. */
  static ServedModel find(Library library, Session session, String id) {
    return session
        .model(id)
        .or(() -> library.find(id))
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "model", id, all(library, session).stream().map(ServedModel::id).toList()));
  }

  private void upload(Context context) throws InterruptedException {
    Session session = session(context);
    ServedModel model = uploads.receive(context, session);
    model.await(PATIENCE);
    if (model.state() == ServedModel.State.FAILED && !model.asksForInputs()) {
      String problem = model.problem().orElse("The model cannot be loaded.");
      session.removeModel(model.id());
      throw new HttpProblem(422, problem);
    }
    services.warming().shown(model);
    Json.send(context.status(201), json(context, model));
  }

  /** Runs of it that are not finished end; results that are there stay. */
  private void remove(Context context) {
    Session session = session(context);
    ServedModel model = find(services, session, context.pathParam("id"));
    if (session.model(model.id()).isEmpty()) {
      throw new HttpProblem(403, model.id() + " is served for everybody, and stays.");
    }
    session.runs().stream().filter(run -> run.order().model() == model).forEach(Run::cancel);
    session.takeAway(model.id(), Instant.now());
    Json.send(context, Json.object().put("ok", true));
  }

  private void restore(Context context) {
    Session session = session(context);
    String id = context.pathParam("id");
    List<RemovedModel> called =
        session.removedModels().stream().filter(gone -> gone.model().id().equals(id)).toList();
    if (called.isEmpty()) {
      throw new HttpProblem(
          404,
          "There is no model "
              + HttpProblem.shown(id)
              + " that can be restored; it was removed more than %d minutes ago, or its room was needed."
                  .formatted(RemovedModel.RESTORABLE.toMinutes()));
    }
    Json.send(context, json(context, putBack(services, session, called.get(called.size() - 1))));
  }

  /**
   * Brings a model back; under another id where one is called so meanwhile.
   *
   * @throws HttpProblem if the person has opened too many
   */
  static ServedModel putBack(Services services, Session session, RemovedModel gone) {
    ConfiguredModel model = gone.model().configured();
    String id = ModelUploads.freeId(services, session, model.id());
    ConfiguredModel called = model.with(model.request().called(id, model.request().title()));
    ServedModel again = gone.model().copied(called, services.loading());
    if (!session.putBack(gone, again)) {
      throw ModelUploads.full(services);
    }
    return again;
  }

  private void sample(Context context) throws IOException {
    ServedModel model = find(services, session(context), context.pathParam("id"));
    Path file = sample(model, context.pathParam("name"));
    String type = Files.probeContentType(file);
    context
        .contentType(type != null && type.startsWith("image/") ? type : "application/octet-stream")
        .header("Cache-Control", "private, max-age=3600")
        .result(Files.newInputStream(file));
  }

  /** The sample of that name; names are compared, never made into paths. */
  static Path sample(ServedModel model, String name) {
    return model.configured().images().stream()
        .filter(f -> String.valueOf(f.getFileName()).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "sample image",
                    name,
                    model.configured().images().stream()
                        .map(f -> String.valueOf(f.getFileName()))
                        .toList()));
  }
}
