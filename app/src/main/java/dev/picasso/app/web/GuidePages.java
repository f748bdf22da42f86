package dev.picasso.app.web;

import dev.picasso.belief.Check;
import dev.picasso.belief.Checks;
import dev.picasso.visualization.Visualization;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages of the guide: of each method what it computes, of each check what it measures, and when
 * either misleads.
 */
final class GuidePages {
  private static final String METHODS = "methods";
  private static final String CHECKS = "checks";

  private final Services services;
  private final Templates templates;

  GuidePages(Services services, Templates templates) {
    this.services = services;
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/" + METHODS + "/{id}", this::method);
    routes.get("/" + CHECKS + "/{id}", this::check);
  }

  /** Where the page about a method is, if there is one. */
  static Optional<String> address(Visualization<?> visualization) {
    String page = METHODS + "/" + visualization.id();
    return GuidePages.class.getResource(page + ".md") == null
        ? Optional.empty()
        : Optional.of("/" + page);
  }

  // Only what is a method or a check is looked for, so that no name leads elsewhere.

  private void method(Context context) {
    String id = context.pathParam("id");
    Visualization<?> found =
        services.visualizations().all().stream()
            .filter(v -> v.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    HttpProblem.unknown(
                        "method",
                        id,
                        services.visualizations().all().stream().map(Visualization::id).toList()));
    send(context, found.title(), METHODS + "/" + found.id());
  }

  private void check(Context context) {
    String id = context.pathParam("id");
    List<Check> all = Checks.builtIn().all();
    Check found =
        all.stream()
            .filter(c -> c.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> HttpProblem.unknown("check", id, all.stream().map(Check::id).toList()));
    send(context, found.title(), CHECKS + "/" + found.id());
  }

  private void send(Context context, String title, String page) {
    String text =
        text(page).orElseThrow(() -> new HttpProblem(404, "There is no page about " + title + "."));
    context.html(
        templates.guide(Map.of("title", title, "text", text, "appTitle", services.title())));
  }

  private static Optional<String> text(String page) {
    try (InputStream in = GuidePages.class.getResourceAsStream(page + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
