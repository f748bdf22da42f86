package dev.picasso.app.web;

import dev.picasso.app.web.metrics.Metrics;
import dev.picasso.app.web.metrics.RequestLog;
import dev.picasso.run.Provenance;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whether the server lives, what it counted, and what it was asked. */
final class Watch {
  private final Metrics metrics;
  private final RequestLog log = new RequestLog();
  private final Path folder;

  /**
   * @param folder that the server cannot do without
   */
  Watch(Metrics metrics, Path folder) {
    this.metrics = metrics;
    this.folder = folder;
  }

  void addTo(JavalinConfig config) {
    config.routes.get("/health", this::health);
    config.routes.get(
        "/metrics",
        context -> context.contentType(Metrics.TYPE).result(metrics.text(Provenance.version())));
    config.requestLogger.http(this::answered);
  }

  /** For those who restart what has died; it tells nothing else. */
  private void health(Context context) {
    boolean usable = Files.isWritable(folder);
    Json.send(
        context.status(usable ? 200 : 503),
        Json.object()
            .put("status", usable ? "ok" : "failing")
            .put("problem", usable ? "" : "The folder for images and results is gone."));
  }

  private void answered(Context context, Float millis) {
    Duration took = Duration.ofNanos((long) (millis * 1e6));
    int status = context.res().getStatus();
    String route =
        Optional.ofNullable(context.endpoints().matchedHttpEndpoint())
            .map((Endpoint found) -> found.path)
            .orElse("none");
    metrics.answered(context.method().name(), route, status, took);
    log.answered(
        context.method().name(), context.path(), status, took, context.req().getRemoteAddr());
  }
}
