package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.HeldFiles;
import dev.picasso.app.web.state.ImageStore;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.model.config.InputSlot;
import dev.picasso.model.config.SentConfiguration;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the inputs of a model hold that images do not go into: seen, and changed for a person. */
final class HeldRoutes {
  private static final String INPUT = "input";

  private final Services services;
  private final ModelChanges changes;

  HeldRoutes(Services services) {
    this.services = services;
    this.changes = new ModelChanges(services.library());
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/models/{id}/held",
            "The picture that an input holds, as its file has it, at most 1600 pixels a side:"
                + " ?input=NAME.",
            Body.PNG,
            this::picture),
        Route.post(
            "/models/{id}/held",
            "Has an input hold an image, or an array (.npy): ?input=NAME.",
            Body.FILES,
            Body.json("ModelInput"),
            this::file),
        Route.patch(
            "/models/{id}/held",
            "Has an input hold an image of this session, or be the one that is explained; the one"
                + " that was then holds what this one held.",
            Body.json("HeldOrder"),
            Body.json("ModelInput"),
            this::order));
  }

  private ServedModel model(Context context) throws InterruptedException {
    ServedModel model =
        ModelRoutes.find(services, services.people().session(context), context.pathParam("id"));
    model.await(ModelChanges.PATIENCE);
    return model;
  }

  /** The input that a request names. */
  private static InputSlot slot(ServedModel model, String name) {
    List<InputSlot> slots = model.slots();
    return slots.stream()
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> HttpProblem.unknown(INPUT, name, slots.stream().map(InputSlot::name).toList()));
  }

  private static InputSlot slot(Context context, ServedModel model) {
    return slot(
        model,
        Optional.ofNullable(context.queryParam(INPUT))
            .orElseThrow(() -> HttpProblem.wrong("Say which input: ?input=NAME.")));
  }

  private void picture(Context context) throws InterruptedException {
    InputSlot slot = slot(context, model(context));
    Path file =
        slot.holds().orElseThrow(() -> new HttpProblem(404, slot.name() + " holds nothing."));
    byte[] png = services.images().view(String.valueOf(file.getFileName()), file);
    context.contentType("image/png").header("Cache-Control", "no-store").result(png);
  }

  private void file(Context context) throws InterruptedException {
    Session session = services.people().session(context);
    ServedModel model = model(context);
    InputSlot slot = slot(context, model);
    List<Part> parts = Multipart.files(context, session.folder(), services.maxUpload() + (1 << 16));
    if (parts.size() != 1) {
      throw HttpProblem.wrong("Send one image or array, in a part named \"file\".");
    }
    Part part = parts.get(0);
    hold(context, model, slot, Multipart.name(part), part.getSize(), f -> Multipart.write(part, f));
  }

  private void order(Context context) throws InterruptedException {
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of(INPUT, "image", "explained"));
    Session session = services.people().session(context);
    ServedModel model = model(context);
    if (!body.path(INPUT).isTextual()) {
      throw HttpProblem.wrong("\"input\" is missing; it must be the name of an input.");
    }
    InputSlot slot = slot(model, body.path(INPUT).asText());
    if (body.hasNonNull("image") == body.path("explained").asBoolean()) {
      throw HttpProblem.wrong(
          "Send an \"image\" that the input holds, or \"explained\": true; one of them.");
    }
    if (body.hasNonNull("image")) {
      StoredImage image = ImageRoutes.findAny(services, session, Json.id(body, "image"));
      hold(
          context, model, slot, image.name(), size(image.file()), f -> Files.copy(image.file(), f));
    } else {
      explain(context, model, slot);
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private void hold(
      Context context,
      ServedModel model,
      InputSlot slot,
      String name,
      long bytes,
      ImageStore.Source source) {
    if (slot.explained() && model.slots().stream().filter(s -> s.holds().isEmpty()).count() == 1) {
      throw new HttpProblem(
          422,
          slot.name()
              + " is the input that is explained, so that images go into it. Explain another one"
              + " first.");
    }
    Session session = services.people().session(context);
    Path file = HeldFiles.keep(session, model.configured(), name, bytes, source);
    Map<String, Path> held = held(model, other -> !other.name().equals(slot.name()));
    held.put(slot.name(), file);
    try {
      taken(context, model, held);
    } catch (HttpProblem e) {
      HeldFiles.discard(session, List.of(file));
      // Where the server keeps it is nobody's business.
      String words = e.message().replace(file.toString(), String.valueOf(file.getFileName()));
      throw new HttpProblem(e.status(), words);
    } catch (RuntimeException e) {
      HeldFiles.discard(session, List.of(file));
      throw e;
    }
  }

  /** What inputs hold, by their names. */
  private static Map<String, Path> held(ServedModel model, Predicate<InputSlot> which) {
    Map<String, Path> held = new HashMap<>();
    model.slots().stream()
        .filter(which)
        .forEach(slot -> slot.holds().ifPresent(file -> held.put(slot.name(), file)));
    return held;
  }

  private void explain(Context context, ServedModel model, InputSlot slot) {
    if (!slot.takesImages()) {
      throw new HttpProblem(422, slot.name() + " takes no images, so it cannot be explained.");
    }
    InputSlot before = model.slots().stream().filter(InputSlot::explained).findFirst().orElse(slot);
    Map<String, Path> held = held(model, other -> !other.name().equals(slot.name()));
    slot.holds().ifPresent(file -> held.put(before.name(), file));
    taken(context, model, held);
  }

  private void taken(Context context, ServedModel model, Map<String, Path> held) {
    Session session = services.people().session(context);
    ServedModel changed =
        changes.apply(
            session,
            model,
            new SentConfiguration(model.configured().holdingOnly(held), model.said()));
    services.warming().shown(changed);
    Json.send(context, InputJson.of(changed, true, List.of()));
  }
}
