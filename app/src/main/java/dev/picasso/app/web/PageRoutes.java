package dev.picasso.app.web;

import dev.picasso.run.Provenance;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page and the files that it is made of. */
final class PageRoutes {
  private static final String FOLDER = "static/";

  /** Names that lead nowhere else: no dot at the beginning of any part. */
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\\.[A-Za-z0-9._-]+");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "html", "text/html; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json; charset=utf-8");

  /** A file and its mark, by which a browser asks whether it has changed. */
  private static final class StaticFile {
    private final byte[] content;
    private final String mark;

    StaticFile(byte[] content) {
      this.content = content;
      this.mark =
          "\"" + Integer.toHexString(Arrays.hashCode(content)) + "-" + content.length + "\"";
    }
  }

  private final Services services;
  private final Templates templates;
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  PageRoutes(Services services, Templates templates) {
    this.services = services;
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/", this::page);
    routes.get(
        "/rest",
        context ->
            context.html(templates.page(Templates.REST, Map.of("appTitle", services.title()))));
    routes.get("/static/<name>", this::file);
    routes.get("/favicon.ico", context -> context.redirect("/static/icon.svg"));
  }

  private void page(Context context) {
    context.html(
        templates.page(
            Map.of(
                "version",
                Provenance.version(),
                "appTitle",
                services.title(),
                "opensModels",
                services.limits().models() > 0)));
  }

  private void file(Context context) {
    String name = context.pathParam("name");
    StaticFile file =
        Optional.ofNullable(files.get(name))
            .or(
                () ->
                    NAME.matcher(name).matches() && TYPES.containsKey(ending(name))
                        ? read(name)
                        : Optional.empty())
            .orElseThrow(() -> new HttpProblem(404, "There is no file of that name."));
    files.put(name, file);
    context
        .header("Cache-Control", "no-cache")
        .header("ETag", file.mark)
        .contentType(
            Optional.ofNullable(TYPES.get(ending(name))).orElse("application/octet-stream"));
    if (file.mark.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.result(file.content);
    }
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Optional<StaticFile> read(String name) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      return Optional.of(new StaticFile(in.readAllBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
