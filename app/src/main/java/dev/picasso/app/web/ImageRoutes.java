package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.ImageStore;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.NoRoomException;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The images of a session. */
final class ImageRoutes {
  /** How many images of the largest allowed size one request may carry. */
  private static final int LARGEST_AT_ONCE = 16;

  private final Services services;
  private final LabelRoutes labels;

  ImageRoutes(Services services) {
    this.services = services;
    this.labels = new LabelRoutes(services);
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            "/images",
            "Adds images, and zips of images; what is wrong with one of them stands with it. With"
                + " ?labels=folders the folder of each is its true label.",
            Body.FILES,
            Body.json("Images"),
            this::upload),
        Route.post(
            "/images/samples",
            "Adds sample images of a model.",
            Body.json("Samples"),
            Body.json("Images"),
            this::samples),
        Route.get("/images", "The images of this session.", Body.json("Images"), this::list),
        Route.get(
            "/images/{id}",
            "The picture, upright, at most 1600 pixels a side; with ?thumb at most 160.",
            Body.PNG,
            this::picture),
        Route.post(
            "/images/labels",
            "Tells what images truly show: a table of images and labels.",
            Body.bytes("text/csv"),
            Body.json("Labelled"),
            labels::table),
        Route.patch(
            "/images/{id}",
            "Tells what an image truly shows, or that this is not known.",
            Body.json("Label"),
            Body.json("Image"),
            labels::one),
        Route.delete("/images/{id}", "Takes an image away.", this::delete),
        Route.post(
            "/images/{id}/restore",
            "Brings an image back that was taken away.",
            Body.NONE,
            Body.json("Image"),
            this::restore));
  }

  private Session session(Context context) {
    return services.people().session(context);
  }

  private void upload(Context context) {
    Session session = session(context);
    boolean byFolder = "folders".equals(context.queryParam("labels"));
    ArrayNode images = Json.array();
    int status = 400;
    for (Part part : files(services, context, session)) {
      String name = Multipart.name(part);
      try {
        if (ImageArchive.is(part)) {
          addAll(session, part, byFolder, images);
        } else {
          images.add(add(session, name, byFolder, part.getSize(), f -> Multipart.write(part, f)));
        }
      } catch (NoRoomException e) {
        images.add(refused(name, e));
        status = 507;
      }
    }
    answer(context, images, status);
  }

  /**
   * What came of each file; an error as a whole if nothing was taken.
   *
   * @param status of that
   */
  private static void answer(Context context, ArrayNode images, int status) {
    List<String> problems = images.findValuesAsText("problem");
    ObjectNode json = Json.object();
    if (problems.size() == images.size()) {
      context.status(status);
      json = ErrorAnswers.json(context.path(), status, String.join(" ", problems), problems);
    }
    Json.send(context, json.set("images", images));
  }

  /** The images that a request carries; at least one. */
  private static List<Part> files(Services services, Context context, Session session) {
    List<Part> parts = parts(services, context, session);
    if (parts.isEmpty()) {
      throw HttpProblem.wrong("There is no file; send each image in a part named \"file\".");
    }
    return parts;
  }

  /** The images that a request carries; perhaps none. */
  static List<Part> parts(Services services, Context context, Session session) {
    long limit = LARGEST_AT_ONCE * services.maxUpload() + (1 << 20);
    return Multipart.files(context, session.folder(), limit);
  }

  /** All images of a zip; a table in it tells what they show. */
  private void addAll(Session session, Part part, boolean byFolder, ArrayNode images) {
    String name = Names.shown(Multipart.name(part));
    long most = LARGEST_AT_ONCE * services.maxUpload();
    try (ImageArchive archive = ImageArchive.open(session, part, name, most)) {
      if (archive.entries().stream().allMatch(ImageArchive.Entry::isTable)) {
        throw new PicassoException(name + ": there is no image in it.");
      }
      for (ImageArchive.Entry entry : archive.entries()) {
        if (!entry.isTable()) {
          long bytes = Files.size(entry.file());
          ObjectNode taken =
              add(session, entry.path(), byFolder, bytes, f -> Files.copy(entry.file(), f));
          if (taken.has("problem")) {
            taken.put("problem", name + ": " + taken.path("problem").asText());
          }
          images.add(taken);
        }
      }
      for (byte[] table : archive.tables()) {
        LabelRoutes.apply(LabelRoutes.table(table), session);
      }
    } catch (NoRoomException e) {
      throw e;
    } catch (PicassoException e) {
      images.add(refused(name, e));
    } catch (HttpProblem e) {
      images.add(refused(name, new PicassoException(name + ": " + e.message())));
    } catch (IOException e) {
      images.add(refused(name, new PicassoException(name + ": a file in it cannot be read.", e)));
    }
  }

  /** The same, with the folder as what it shows, where that is wanted. */
  private ObjectNode add(
      Session session, String name, boolean byFolder, long bytes, ImageStore.Source source) {
    ObjectNode json = add(session, name, bytes, source);
    if (byFolder && json.has("id")) {
      StoredImage image = find(session, json.path("id").asText());
      Names.folder(name).ifPresent(label -> image.keepLabel(Optional.of(label)));
      return of(image);
    }
    return json;
  }

  /** An image that was taken, or why it was not; the lack of room is for all of them. */
  private ObjectNode add(Session session, String name, long bytes, ImageStore.Source source) {
    try {
      return of(services.images().add(session, name, bytes, source));
    } catch (NoRoomException e) {
      throw e;
    } catch (PicassoException e) {
      return refused(name, e);
    }
  }

  private static ObjectNode refused(String name, PicassoException e) {
    return Json.object()
        .put("name", Names.shown(name))
        .put("problem", String.valueOf(e.getMessage()));
  }

  static ObjectNode of(StoredImage image) {
    ObjectNode json = Json.object();
    image.label().ifPresent(label -> json.put("label", label));
    return json.put("id", image.id())
        .put("name", image.name())
        .put("width", image.width())
        .put("height", image.height())
        .put("url", Route.ROOT + "/images/" + image.id());
  }

  private void samples(Context context) throws IOException {
    Session session = session(context);
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("model", "names"));
    ServedModel model = ModelRoutes.find(services, session, Json.id(body, "model"));
    JsonNode names = body.path("names");
    List<Path> files = new ArrayList<>();
    if (names.isMissingNode() || names.isNull()) {
      files.addAll(model.configured().images());
    } else if (names.isArray() && names.size() <= services.limits().images()) {
      names.forEach(name -> files.add(ModelRoutes.sample(model, name.asText())));
    } else {
      throw HttpProblem.wrong(
          "\"names\" must be a list of at most %d names of sample images."
              .formatted(services.limits().images()));
    }
    ArrayNode images = Json.array();
    for (Path file : files) {
      images.add(
          add(
              session,
              String.valueOf(file.getFileName()),
              Files.size(file),
              target -> Files.copy(file, target)));
    }
    Json.send(context, Json.object().set("images", images));
  }

  private void list(Context context) {
    ArrayNode images = Json.array();
    session(context).images().forEach(i -> images.add(of(i)));
    Json.send(context, Json.object().set("images", images));
  }

  private void picture(Context context) throws IOException {
    Session session = session(context);
    String id = context.pathParam("id");
    boolean thumb = context.queryParamMap().containsKey("thumb");
    StoredImage image = findAny(services, session, id);
    context.contentType("image/png").header("Cache-Control", "private, max-age=3600");
    if (!thumb && session.image(id).isEmpty()) {
      context.result(services.images().view(image.name(), image.file()));
      return;
    }
    Path file = thumb ? services.images().thumb(image) : services.images().view(session, image);
    context.result(Files.newInputStream(file));
  }

  /** The image of that id: the session's own, or one of a kept run. */
  static StoredImage findAny(Services services, Session session, String id) {
    return session
        .image(id)
        .or(() -> services.history().image(id))
        .orElseGet(() -> find(session, id));
  }

  /** The session's images that "images" of a request names, or others where it names none. */
  static List<StoredImage> named(Session session, ObjectNode body, List<StoredImage> others) {
    JsonNode ids = body.path("images");
    if (ids.isMissingNode() || ids.isNull()) {
      return others;
    }
    if (!ids.isArray()) {
      throw HttpProblem.wrong("\"images\" must be a list of ids of images.");
    }
    List<StoredImage> images = new ArrayList<>();
    Json.idsOfImages(ids).forEach(id -> images.add(find(session, id)));
    return images;
  }

  /** The session's image of that id. */
  static StoredImage find(Session session, String id) {
    return session
        .image(id)
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "image", id, session.images().stream().map(StoredImage::id).toList()));
  }

  private void delete(Context context) {
    Session session = session(context);
    session.delete(find(session, context.pathParam("id")).id());
    Json.send(context, Json.object().put("ok", true));
  }

  private void restore(Context context) {
    Session session = session(context);
    StoredImage image = find(session, context.pathParam("id"));
    session.restore(image.id());
    Json.send(context, of(image));
  }
}
