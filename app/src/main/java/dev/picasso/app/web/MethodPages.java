package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.visualization.Visualization;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The pages about methods: what each computes, its settings, and when it misleads. */
final class MethodPages {
  private static final String FOLDER = "methods/";

  private final Services services;
  private final Templates templates;

  MethodPages(Services services, Templates templates) {
    this.services = services;
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/methods/{id}", this::page);
  }

  /** Where the page about a method is, if there is one. */
  static Optional<String> address(Visualization<?> visualization) {
    return MethodPages.class.getResource(FOLDER + visualization.id() + ".md") == null
        ? Optional.empty()
        : Optional.of("/methods/" + visualization.id());
  }

  private void page(Context context) {
    Visualization<?> visualization = find(context.pathParam("id"));
    String text =
        text(visualization)
            .orElseThrow(
                () ->
                    new HttpProblem(404, "There is no page about " + visualization.title() + "."));
    context.html(
        templates.method(
            Map.of("title", visualization.title(), "text", text, "appTitle", services.title())));
  }

  /** Only what is a method is looked for, so that no name leads elsewhere. */
  private Visualization<?> find(String id) {
    try {
      return services.visualizations().get(id);
    } catch (PicassoException e) {
      throw new HttpProblem(404, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> text(Visualization<?> visualization) {
    String name = FOLDER + visualization.id() + ".md";
    try (InputStream in = MethodPages.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
