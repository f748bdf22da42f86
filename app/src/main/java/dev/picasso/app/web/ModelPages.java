package dev.picasso.app.web;

import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.model.Model;
import dev.picasso.model.drawing.ModelDrawing;
import dev.picasso.visualization.ReadyModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page about a model: its layers as a drawing, and what is known of it. */
final class ModelPages {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Services services;
  private final Templates templates;

  /** What was drawn last, since a page that is opened again asks again. */
  private volatile Optional<Drawn> last = Optional.empty();

  /**
   * A drawing as it is sent.
   *
   * @param model as it was loaded then; one that rests is not kept for this
   */
  private record Drawn(WeakReference<Model> model, String json) {}

  ModelPages(Services services, Templates templates) {
    this.services = services;
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/models/{id}/view", this::page);
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/models/{id}/graph",
            "The layers of a model as a drawing: boxes, lines, and blocks that repeat.",
            Body.json("Drawing"),
            this::graph));
  }

  private ServedModel find(Context context) {
    Session session = services.people().session(context);
    return ModelRoutes.find(services, session, context.pathParam("id"));
  }

  private void page(Context context) {
    ServedModel model = find(context);
    context.html(
        templates.model(
            Map.of(
                "id", model.id(),
                "title", model.configured().request().title(),
                "appTitle", services.title())));
  }

  private String drawing(Model model) {
    return last.filter(drawn -> drawn.model().refersTo(model))
        .map(Drawn::json)
        .orElseGet(
            () -> {
              String json = Json.text(DrawingJson.of(ModelDrawing.of(model)));
              last = Optional.of(new Drawn(new WeakReference<>(model), json));
              return json;
            });
  }

  private void graph(Context context) throws InterruptedException {
    ServedModel model = find(context);
    services.warming().shown(model);
    model.await(PATIENCE);
    if (model.state() == ServedModel.State.FAILED) {
      throw new HttpProblem(422, model.problem().orElse("The model cannot be loaded."));
    }
    ReadyModel ready =
        model
            .ready()
            .orElseThrow(
                () -> new HttpProblem(503, "The model is being loaded; ask again in a moment."));
    context.contentType("application/json; charset=utf-8").result(drawing(ready.model()));
  }
}
