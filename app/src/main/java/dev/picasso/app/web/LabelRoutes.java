package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.format.labels.LabelTable;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What images truly show, as people say it. */
final class LabelRoutes {
  private final Services services;

  LabelRoutes(Services services) {
    this.services = services;
  }

  /** One image's label; null takes it away. */
  void one(Context context) {
    Session session = services.people().session(context);
    StoredImage image = ImageRoutes.find(session, context.pathParam("id"));
    ObjectNode body = Json.body(context);
    Json.requireNames(body, List.of("label"));
    JsonNode label = body.path("label");
    if (!label.isNull() && (!label.isTextual() || Names.label(label.asText()).isEmpty())) {
      throw HttpProblem.wrong("\"label\" must be a text, or null where it is not known.");
    }
    image.keepLabel(label.isNull() ? Optional.empty() : Optional.of(label.asText()));
    Json.send(context, ImageRoutes.of(image));
  }

  /** The labels of many; rows of images that are not here harm nothing. */
  void table(Context context) {
    Session session = services.people().session(context);
    LabelTable table = table(context.bodyAsBytes());
    if (session.images().isEmpty()) {
      throw HttpProblem.wrong("There is no image yet; add the images first, then the table.");
    }
    int labelled = apply(table, session);
    if (labelled == 0) {
      throw HttpProblem.wrong(
          "None of the images stands in the table; it names \"%s\", and an image here is \"%s\"."
              .formatted(
                  HttpProblem.shown(table.rows().get(0).image()),
                  HttpProblem.shown(session.images().get(0).name())));
    }
    ArrayNode images = Json.array();
    session.images().forEach(image -> images.add(ImageRoutes.of(image)));
    Json.send(context, Json.object().put("labelled", labelled).set("images", images));
  }

  /**
   * A table of images and labels.
   *
   * @param text in UTF-8; other letters than these are marked, and harm no other line
   * @throws HttpProblem naming the first line that has no label
   */
  static LabelTable table(byte[] text) {
    try {
      return LabelTable.parse(new String(text, StandardCharsets.UTF_8));
    } catch (PicassoException e) {
      throw HttpProblem.wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Tells images what they show; returns how many stand in the table. */
  static int apply(LabelTable table, Session session) {
    int labelled = 0;
    Function<String, Optional<String>> finder = table.finder();
    for (StoredImage image : session.images()) {
      Optional<String> label = finder.apply(image.name());
      if (label.isPresent()) {
        image.keepLabel(label);
        labelled++;
      }
    }
    return labelled;
  }
}
