package dev.picasso.app.web.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is counted, and what is looked up, as one text for Prometheus. */
public final class Metrics {
  /** The content type of the text. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Counter requests =
      new Counter("picasso_requests_total", "Requests answered.", "method", "route", "status");
  private final Durations durations =
      new Durations(
          "picasso_request_duration_seconds",
          "How long answers took, the wait for a place not counted.",
          "route");
  private final Counter runs =
      new Counter("picasso_runs_total", "Runs that ended, by how.", "state");
  private final Counter work =
      new Counter("picasso_work_seconds_total", "Time that runs were worked on.", "visualization");
  private final List<Gauge> gauges = new ArrayList<>();

  /** Has more to be looked up; before anything is served. */
  public void add(List<Gauge> more) {
    gauges.addAll(more);
  }

  /**
   * A request was answered.
   *
   * @param route its pattern, never what strangers wrote
   */
  public void answered(String method, String route, int status, Duration took) {
    String known = METHODS.contains(method) ? method : "other";
    requests.add(1, known, route, String.valueOf(status));
    durations.add(route, took.toNanos() / 1e9);
  }

  /** A request was refused before any route saw it. */
  public void refused(String method, int status) {
    String known = METHODS.contains(method) ? method : "other";
    requests.add(1, known, "refused", String.valueOf(status));
  }

  /** A run ended. */
  public void ended(String state) {
    runs.add(1, state);
  }

  /** A run was worked on. */
  public void worked(String visualization, Duration took) {
    work.add(took.toNanos() / 1e9, visualization);
  }

  /** All of it. */
  public String text(String version) {
    Exposition out = new Exposition();
    out.name("picasso_build_info", "gauge", "Which Picasso this is.")
        .series("picasso_build_info", Map.of("version", version), 1);
    gauges.forEach(gauge -> gauge.writeTo(out)); // first: looking things up may count some
    requests.writeTo(out);
    durations.writeTo(out);
    runs.writeTo(out);
    work.writeTo(out);
    return out.toString();
  }
}
