package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.app.web.state.TimeLimit;
import dev.picasso.attribution.Predictions;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultJson;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a model says of images, without a reason. */
final class PredictionRoutes {
  /** A forward pass each: as a rule a second for all of them. */
  private static final int MOST_IMAGES = 16;

  private static final long PATIENCE_SECONDS = 20;

  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Services services;
  private final TimeLimit limit;

  /** The runtime uses all cores for each. */
  private final Semaphore turns = new Semaphore(1, true);

  PredictionRoutes(Services services) {
    this.services = services;
    this.limit = services.longest().atMost(LONGEST);
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

  /** Waits for the model first, which keeps nobody else waiting, then for its turn. */
  private void answer(Context context) {
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("images"));
    Session session = services.people().session(context);
    ServedModel model = ModelRoutes.find(services, session, context.pathParam("id"));
    List<StoredImage> images = ImageRoutes.named(session, body, List.of());
    if (images.isEmpty() || images.size() > MOST_IMAGES) {
      throw HttpProblem.wrong("Name between 1 and " + MOST_IMAGES + " \"images\".");
    }
    Json.send(context, model.use(ready -> inTurn(() -> json(model, ready, images))));
  }

  private <R> R inTurn(Supplier<R> work) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new HttpProblem(429, "Too many ask at once; try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Picasso is being stopped.");
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private ObjectNode json(ServedModel model, ReadyModel ready, List<StoredImage> images) {
    Stop stop = new Stop();
    return limit.within(stop, () -> json(model, ready, images, stop));
  }

  private ObjectNode json(
      ServedModel model, ReadyModel ready, List<StoredImage> images, Stop stop) {
    ObjectNode json = Json.object();
    model.given().ifPresent(mark -> json.put("given", mark));
    ArrayNode predictions = json.putArray("predictions");
    for (StoredImage image : images) {
      predictions.add(json(ready, image, stop).put("image", image.id()));
    }
    return json;
  }

  private ObjectNode json(ReadyModel ready, StoredImage image, Stop stop) {
    try {
      Predictions said =
          ready
              .explainer()
              .stoppedBy(stop)
              .predict(ready.prepare(services.images().decode(image)).prepared().x());
      int best = said.told(ready.model(), 0, 1).get(0);
      ObjectNode json = Json.object().put("index", best).put("label", ready.model().label(best));
      json.set("probability", ResultJson.value((double) said.probability(0, best)));
      return json;
    } catch (StoppedException e) {
      throw e; // for all of them
    } catch (PicassoException e) {
      return Json.object().put("problem", e.getMessage());
    }
  }
}
