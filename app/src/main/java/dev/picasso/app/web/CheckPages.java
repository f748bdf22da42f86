package dev.picasso.app.web;

import dev.picasso.belief.Check;
import dev.picasso.belief.Checks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pages about checks: what each computes, which way is better, and when it misleads. */
final class CheckPages {
  private final Map<String, Check> checks = new LinkedHashMap<>();

  CheckPages() {
    Checks.builtIn().all().forEach(check -> checks.put(check.id(), check));
  }

  void addTo(RoutesConfig routes, String appTitle, Templates templates) {
    routes.get("/checks/{id}", context -> page(context, appTitle, templates));
  }

  /** Only what is a check is looked for, so that no name leads elsewhere. */
  private void page(Context context, String appTitle, Templates templates) {
    String id = context.pathParam("id");
    Check check =
        Optional.ofNullable(checks.get(id))
            .orElseThrow(() -> HttpProblem.unknown("check", id, checks.keySet()));
    String text =
        GuideText.of("checks/" + check.id())
            .orElseThrow(
                () -> new HttpProblem(404, "There is no page about " + check.title() + "."));
    context.html(
        templates.method(
            Map.of("title", check.title(), "html", GuideHtml.of(text), "appTitle", appTitle)));
  }
}
