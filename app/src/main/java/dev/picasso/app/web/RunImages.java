package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images of a run in a person's list: beside those that are there, or in their place. */
record RunImages(Services services) {
  /**
   * Has the list be of a run's images. Those that are taken away for that can be restored.
   *
   * @throws HttpProblem if one of the run's was not kept
   */
  void use(Context context) {
    Session session = services.people().session(context);
    ShownRun run = services.history().find(session, context.pathParam("id"));
    Set<String> its = new HashSet<>();
    for (int i = 0; i < run.total(); i++) {
      its.add(run.picture(i).path("imageId").asText());
      requireThere(session, run, i);
    }
    List<String> before = session.images().stream().map(StoredImage::id).toList();
    ObjectNode json = Json.object();
    its.forEach(session::restore);
    ArrayNode removed = json.putArray("removed");
    for (String id : before) {
      if (!its.contains(id) && session.delete(id)) {
        removed.add(id);
      }
    }
    ArrayNode added = json.putArray("added");
    for (int i = 0; i < run.total(); i++) {
      String id = image(session, run, i).id();
      if (!before.contains(id)) {
        added.add(id);
      }
    }
    ArrayNode images = json.putArray("images");
    session.images().forEach(image -> images.add(ImageRoutes.of(image)));
    Json.send(context, json);
  }

  /**
   * The images of a run, taken into the session where it has them no more: into the list where that
   * is empty, else beside it, so that the list stays what it is.
   */
  List<StoredImage> beside(Session session, ShownRun run) {
    boolean empty = session.images().isEmpty();
    List<StoredImage> images = new ArrayList<>();
    for (int i = 0; i < run.total(); i++) {
      boolean known = session.image(run.picture(i).path("imageId").asText()).isPresent();
      StoredImage image = image(session, run, i);
      images.add(image);
      if (!known && !empty) {
        boolean unused = session.delete(image.id());
      }
    }
    return images;
  }

  private static Path file(ShownRun run, String id) {
    return run.folder().resolve(KeptFiles.image(id));
  }

  private static void requireThere(Session session, ShownRun run, int index) {
    ObjectNode picture = run.picture(index);
    String id = picture.path("imageId").asText();
    if (session.image(id).isEmpty() && !Files.isRegularFile(file(run, id))) {
      throw new HttpProblem(
          404,
          picture.path("image").asText()
              + " had no results, and was not kept. Add it, and explain it anew.");
    }
  }

  /** The session's image, or the kept one, taken into the session again. */
  private StoredImage image(Session session, ShownRun run, int index) {
    requireThere(session, run, index);
    ObjectNode picture = run.picture(index);
    String id = picture.path("imageId").asText();
    Optional<StoredImage> there = session.image(id);
    if (there.isPresent()) {
      return there.get();
    }
    Path file = file(run, id);
    String name = picture.path("image").asText();
    StoredImage image =
        services
            .images()
            .addAgain(session, id, name, file.toFile().length(), to -> Files.copy(file, to));
    JsonNode label = picture.path("label");
    if (label.isTextual()) {
      image.keepLabel(Optional.of(label.asText()));
    }
    return image;
  }
}
