package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.Supposing;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.run.Provenance;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All of {@code /api/v1}. */
final class Version1 {
  private final Services services;

  private Version1(Services services) {
    this.services = services;
  }

  static List<Route> routes(Services services, Templates templates, Supposing supposing) {
    Version1 version = new Version1(services);
    List<Route> routes = new ArrayList<>(version.common());
    routes.addAll(new ModelRoutes(services).routes());
    routes.addAll(new InputRoutes(services).routes());
    routes.addAll(new HeldRoutes(services).routes());
    routes.addAll(new DoctorRoutes(services).routes());
    routes.addAll(new PredictionRoutes(services).routes());
    routes.addAll(new CatalogueRoutes(services).routes());
    routes.addAll(new ImageRoutes(services).routes());
    routes.addAll(new RunRoutes(services, templates).routes());
    routes.addAll(new WhatIfRoutes(services, supposing).routes());
    routes.addAll(new HistoryRoutes(services).routes());
    routes.addAll(new FigureRoutes(services).routes());
    routes.addAll(new ModelPages(services, templates).routes());
    OpenApi description = new OpenApi(services.visualizations());
    routes.add(
        Route.get(
            "/openapi.json",
            "This description.",
            Body.json("Anything"),
            context -> Json.send(context, description.describe(routes))));
    return routes;
  }

  private List<Route> common() {
    return List.of(
        Route.get("", "What answers here.", Body.json("Service"), this::about),
        Route.get(
            "/visualizations",
            "The visualizations with their settings.",
            Body.json("Visualizations"),
            this::visualizations),
        Route.get(
            "/plugins",
            "The files in the folder of plugins: what each brings, and what is wrong with it.",
            Body.json("Plugins"),
            context -> Json.send(context, PluginJson.of(services.visualizations().plugins()))),
        Route.get(
            "/colours",
            "The colour scales, colours equally spaced.",
            Body.json("Colours"),
            Version1::colours),
        Route.post(
            "/session/reset",
            "Starts over: images, unfinished runs and uploaded models are gone; kept runs stay.",
            Body.NONE,
            Body.json("Ok"),
            this::reset));
  }

  private void about(Context context) {
    Json.send(
        context,
        Json.object()
            .put("name", "Picasso")
            .put("version", Provenance.version())
            .put("title", services.title()));
  }

  private void visualizations(Context context) {
    ArrayNode list = Json.array();
    services
        .visualizations()
        .all()
        .forEach(v -> list.add(VisualizationJson.of(v, services.pages())));
    ObjectNode json = Json.object().set("visualizations", list);
    services.visualizations().problems().forEach(json.putArray("problems")::add);
    Json.send(context, json);
  }

  private static void colours(Context context) {
    ObjectNode json = Json.object();
    for (ColourMap map : ColourMap.values()) {
      ArrayNode stops = json.putArray(map.name().toLowerCase(Locale.ROOT));
      map.stops().forEach(c -> stops.add(String.format(Locale.ROOT, "#%06x", c)));
    }
    Json.send(context, json);
  }

  private void reset(Context context) {
    Session session = services.people().session(context);
    session.reset();
    Json.send(context, Json.object().put("ok", true));
  }
}
