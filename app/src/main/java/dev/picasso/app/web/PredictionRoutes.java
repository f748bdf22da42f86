package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.attribution.Predictions;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What a model says of images, without a reason. */
final class PredictionRoutes {
  /** A forward pass each: as a rule a second for all of them. */
  private static final int MOST_IMAGES = 16;

  private static final long PATIENCE_SECONDS = 20;

  private final Services services;

  /** The runtime uses all cores for each. */
  private final Semaphore turns = new Semaphore(1, true);

  PredictionRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/models/{id}/predictions",
            "The most probable class of each of a few images.",
            Body.json("PredictionOrder"),
            Body.json("Predictions"),
            this::answer));
  }

  private void answer(Context context) {
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("images"));
    Session session = services.people().session(context);
    ServedModel model = ModelRoutes.find(services, session, context.pathParam("id"));
    List<StoredImage> images = ImageRoutes.named(session, body, List.of());
    if (images.isEmpty() || images.size() > MOST_IMAGES) {
      throw HttpProblem.wrong("Name between 1 and " + MOST_IMAGES + " \"images\".");
    }
    Json.send(context, model.use(ready -> inTurn(model, ready, images)));
  }

  /** The turn begins when the model is there: while one is loaded, others can be asked. */
  private ObjectNode inTurn(ServedModel model, ReadyModel ready, List<StoredImage> images) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new HttpProblem(429, "Too many ask at once; try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
    try {
      return json(model, ready, images);
    } finally {
      turns.release();
    }
  }

  private ObjectNode json(ServedModel model, ReadyModel ready, List<StoredImage> images) {
    ObjectNode json = Json.object();
    model.given().ifPresent(mark -> json.put("given", mark));
    ArrayNode predictions = json.putArray("predictions");
    for (StoredImage image : images) {
      predictions.add(json(ready, image).put("image", image.id()));
    }
    return json;
  }

  private ObjectNode json(ReadyModel ready, StoredImage image) {
    try {
      Predictions said =
          ready.explainer().predict(ready.prepare(services.images().decode(image)).prepared().x());
      int best = said.told(ready.model(), 0, 1).get(0);
      ObjectNode json = Json.object().put("index", best).put("label", ready.model().label(best));
      json.set("probability", ResultJson.value((double) said.probability(0, best)));
      return json;
    } catch (PicassoException e) {
      return Json.object().put("problem", e.getMessage());
    }
  }
}
