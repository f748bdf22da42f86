package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pages about methods: what each computes, its settings, and when it misleads. */
final class MethodPages {
  private final Visualizations visualizations;

  /** By the id of the method. */
  private final Map<String, String> texts;

  /** The pages of those visualizations that have one; all are read here. */
  MethodPages(Visualizations visualizations) {
    this.visualizations = visualizations;
    Map<String, String> found = new LinkedHashMap<>();
    visualizations.all().forEach(v -> text(v).ifPresent(text -> found.put(v.id(), text)));
    this.texts = Map.copyOf(found);
  }

  void addTo(RoutesConfig routes, String appTitle, Templates templates) {
    routes.get("/methods/{id}", context -> page(context, appTitle, templates));
  }

  /** Where the page about a method is, if there is one. */
  Optional<String> address(Visualization<?> visualization) {
    return Optional.of(visualization.id()).filter(texts::containsKey).map(id -> "/methods/" + id);
  }

  private void page(Context context, String appTitle, Templates templates) {
    Visualization<?> visualization = find(context.pathParam("id"));
    String text =
        Optional.ofNullable(texts.get(visualization.id()))
            .orElseThrow(
                () ->
                    new HttpProblem(404, "There is no page about " + visualization.title() + "."));
    context.html(
        templates.method(
            Map.of(
                "title", visualization.title(), "html", GuideHtml.of(text), "appTitle", appTitle)));
  }

  /** Only what is a method is looked for, so that no name leads elsewhere. */
  private Visualization<?> find(String id) {
    try {
      return visualizations.get(id);
    } catch (PicassoException e) {
      throw new HttpProblem(404, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> text(Visualization<?> visualization) {
    return GuideText.of("methods/" + visualization.id());
  }
}
