package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.NotNowException;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.app.web.state.Supposing;
import dev.picasso.model.Model;
import dev.picasso.visualization.ResultJson;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a model would say if something in an image were otherwise. */
final class WhatIfRoutes {
  private static final int SHOWN = 5;

  private final Services services;
  private final Supposing supposing;

  WhatIfRoutes(Services services, Supposing supposing) {
    this.services = services;
    this.supposing = supposing;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/models/{id}/what-if",
            "What the model says of an image, and what with a part of it hidden or a piece of"
                + " another image in it.",
            Body.json("Supposition"),
            Body.json("Supposed"),
            this::answer));
  }

  private void answer(Context context) {
    Session session = services.people().session(context);
    ServedModel model = ModelRoutes.find(services, session, context.pathParam("id"));
    ObjectNode body = Json.body(context);
    Json.requireNames(body, SuppositionJson.NAMES);
    StoredImage image = ImageRoutes.findAny(services, session, Json.id(body, "image"));
    SuppositionJson asked = new SuppositionJson(id -> ImageRoutes.findAny(services, session, id));
    try {
      Json.send(
          context,
          json(supposing.suppose(session, People.from(context), model, image, asked.read(body))));
    } catch (NotNowException e) {
      throw new HttpProblem(e.isOvertaken() ? 409 : 429, String.valueOf(e.getMessage()));
    }
  }

  /** The most probable classes of the image as it is, and the one that is most probable then. */
  private static ObjectNode json(Supposing.Told told) {
    Model model = told.model().model();
    Set<Integer> classes = new LinkedHashSet<>(told.before().told(model, 0, SHOWN));
    classes.addAll(told.after().told(model, 0, 1));
    ObjectNode json = Json.object();
    json.put("probabilities", model.scores().areProbabilities());
    json.put("pixels", told.pixels());
    ArrayNode list = json.putArray("classes");
    for (int target : classes) {
      ObjectNode one = list.addObject().put("index", target).put("label", model.label(target));
      one.set("before", ResultJson.value((double) told.before().probability(0, target)));
      one.set("after", ResultJson.value((double) told.after().probability(0, target)));
    }
    return json;
  }
}
