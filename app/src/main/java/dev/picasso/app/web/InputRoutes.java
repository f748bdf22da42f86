package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.image.DecodedImage;
import dev.picasso.model.config.ConfigurationException;
import dev.picasso.model.config.SentConfiguration;
import io.javalin.http.Context;
import java.util.List;

/** What a model is given: to be seen, changed and kept. */
final class InputRoutes {
  private static final List<String> PARTS = List.of("preprocessing", "labels", "head", "output");

  private final Services services;
  private final ModelChanges changes;

  InputRoutes(Services services) {
    this.services = services;
    this.changes = new ModelChanges(services.library());
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/models/{id}/input",
            "How images get into a model, in words and in parts that can be changed.",
            Body.json("ModelInput"),
            this::show),
        Route.patch(
            "/models/{id}/input",
            "Changes parts of it, for this person; what is not named stays.",
            Body.json("InputParts"),
            Body.json("ModelInput"),
            this::change),
        Route.post(
            "/models/{id}/input/files",
            "Takes over a picasso.yaml, or a file of labels of any name.",
            Body.FILES,
            Body.json("ModelInput"),
            this::files),
        Route.get(
            "/models/{id}/input/picasso.yaml",
            "All of it as a configuration, to be saved beside the model.",
            Body.bytes("application/yaml"),
            this::yaml),
        Route.get(
            "/models/{id}/input/picture",
            "An image as the network receives it: ?image=ID, or ?sample=NAME.",
            Body.PNG,
            this::picture));
  }

  private Session session(Context context) {
    return services.people().session(context);
  }

  private ServedModel model(Context context) {
    return ModelRoutes.find(services, session(context), context.pathParam("id"));
  }

  private void show(Context context) {
    ServedModel model = model(context);
    Json.send(context, InputJson.of(model, isOwn(context, model), List.of()));
  }

  private boolean isOwn(Context context, ServedModel model) {
    return session(context).model(model.id()).isPresent();
  }

  private void change(Context context) {
    ObjectNode body = Json.body(context);
    Json.requireNames(body, PARTS);
    ServedModel model = model(context);
    taken(context, model, read(() -> SentConfiguration.parts(Json.text(body), model.configured())));
  }

  private void files(Context context) {
    ServedModel model = model(context);
    taken(context, model, read(() -> changes.sent(context, session(context), model)));
  }

  private void taken(Context context, ServedModel model, SentConfiguration sent) {
    ServedModel changed = changes.apply(session(context), model, sent);
    services.warming().shown(changed);
    Json.send(context, InputJson.of(changed, true, sent.notes()));
  }

  /** Something that a person sent. */
  private interface Reading {
    SentConfiguration read();
  }

  private static SentConfiguration read(Reading reading) {
    try {
      return reading.read();
    } catch (ConfigurationException e) {
      String words = String.valueOf(e.getMessage());
      throw new HttpProblem(422, words.replace("the request, line 1: ", ""));
    }
  }

  private void yaml(Context context) {
    ServedModel model = model(context);
    String text = model.use(ready -> InputJson.yaml(model, ready));
    context
        .contentType("application/yaml; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"picasso.yaml\"")
        .result(text);
  }

  private void picture(Context context) {
    ServedModel model = model(context);
    DecodedImage image = image(context, model);
    byte[] png = png(context, model, image);
    context.contentType("image/png").header("Cache-Control", "no-store").result(png);
  }

  /** Of the model, or of what it was changed to before it came to this. */
  private byte[] png(Context context, ServedModel model, DecodedImage image) {
    try {
      return model.use(ready -> GivenPicture.png(ready, image));
    } catch (PicassoException e) {
      ServedModel now = model(context);
      if (now == model) {
        throw e;
      }
      return now.use(ready -> GivenPicture.png(ready, image));
    }
  }

  private DecodedImage image(Context context, ServedModel model) {
    String sample = context.queryParam("sample");
    if (sample != null) {
      return services.images().decoder().decode(ModelRoutes.sample(model, sample));
    }
    String id = context.queryParam("image");
    if (id == null) {
      throw HttpProblem.wrong("Say which image: ?image=ID, or ?sample=NAME.");
    }
    return services.images().decode(ImageRoutes.find(session(context), id));
  }
}
