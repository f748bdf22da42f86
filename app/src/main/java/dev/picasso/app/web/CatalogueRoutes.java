package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Pull;
import dev.picasso.app.web.state.Pulls;
import dev.picasso.app.web.state.Session;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.CatalogueEntry;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Known models: which there are, and getting one onto the server. A request names a model of the
 * catalogue; where its files are, the catalogue says alone.
 */
final class CatalogueRoutes {
  private static final int MOST_LISTENERS = 20;
  private static final int MOST_OF_ADDRESS = 10;

  private final Services services;
  private final EventStreams streams =
      new EventStreams(
          MOST_LISTENERS,
          MOST_OF_ADDRESS,
          "Too many pages listen; ask for the catalogue now and then.");

  CatalogueRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/catalogue",
            "Known models that can be had from their publishers.",
            Body.json("Catalogue"),
            this::list),
        Route.post(
            "/catalogue/{name}",
            "Gets a model onto the server; it joins the models when it is there.",
            Body.NONE,
            Body.json("CatalogueModel"),
            this::start),
        Route.get(
            "/catalogue/{name}/events",
            "Server-sent events of a download: progress, end.",
            Body.EVENTS,
            this::events),
        Route.delete(
            "/catalogue/{name}", "Cancels a download; what has come is kept.", this::cancel));
  }

  private void list(Context context) {
    ObjectNode json = Json.object().put("allowed", services.pulls().allowed());
    ArrayNode models = json.putArray("models");
    catalogue().entries().forEach(entry -> models.add(json(entry)));
    Json.send(context, json);
  }

  private Catalogue catalogue() {
    return services.pulls().store().catalogue();
  }

  private CatalogueEntry entry(Context context) {
    String name = context.pathParam("name");
    return catalogue()
        .find(name)
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "model of the catalogue called",
                    name,
                    catalogue().entries().stream().map(CatalogueEntry::name).toList()));
  }

  private void start(Context context) {
    CatalogueEntry entry = entry(context);
    requireAllowed();
    Session session = services.people().keep(context); // who asked may cancel it
    if (services.pulls().isFull(session)) {
      throw new HttpProblem(
          429, "Four of your models are on their way; wait for one, or cancel it.");
    }
    services.pulls().start(entry, session);
    Json.send(context.status(202), json(entry));
  }

  private void requireAllowed() {
    if (!services.pulls().allowed()) {
      throw new HttpProblem(
          403,
          "This server downloads no models for its visitors. Who runs it can do that with 'picasso"
              + " pull', or allow it with 'pull: true' under 'server:' in the picasso.yaml.");
    }
  }

  private void cancel(Context context) {
    Session session = services.people().session(context);
    Pull pull = pull(entry(context));
    if (pull.owner() != session && pull.status().state() == Pull.State.PULLING) {
      throw new HttpProblem(403, "Somebody else has asked for this model, and may cancel it.");
    }
    pull.cancel();
    Json.send(context, Json.object().put("ok", true));
  }

  private Pull pull(CatalogueEntry entry) {
    return services
        .pulls()
        .find(entry)
        .orElseThrow(() -> new HttpProblem(404, entry.name() + " is not being downloaded."));
  }

  private void events(Context context) {
    Pull pull = pull(entry(context));
    streams.stream(context, out -> tell(out, pull));
  }

  private void tell(EventStreams.Out out, Pull pull) throws IOException, InterruptedException {
    Pull.Status status = pull.status();
    while (status.state() == Pull.State.PULLING) {
      out.event("progress", json(pull.entry()));
      pull.awaitEnd(EventStreams.PACE);
      Pull.Status next = pull.awaitChange(status.version(), EventStreams.HEARTBEAT);
      while (next.version() == status.version()) {
        out.beat();
        next = pull.awaitChange(status.version(), EventStreams.HEARTBEAT);
      }
      status = next;
    }
    out.event("end", json(pull.entry()));
  }

  private ObjectNode json(CatalogueEntry entry) {
    Pulls pulls = services.pulls();
    ObjectNode json =
        Json.object()
            .put("name", entry.name())
            .put("title", entry.title())
            .put("description", entry.description())
            .put("publisher", entry.publisher())
            .put("licence", entry.licence())
            .put("size", entry.size());
    entry.hosts().forEach(json.putArray("hosts")::add);
    json.putObject("input")
        .put("height", entry.input().height())
        .put("width", entry.input().width());
    Optional<Pull.Status> status = pulls.find(entry).map(Pull::status);
    boolean pulling = status.filter(s -> s.state() == Pull.State.PULLING).isPresent();
    pulls.served(entry).filter(m -> !pulling).ifPresent(m -> json.put("model", m.id()));
    json.put("state", json.has("model") ? "here" : status.map(s -> word(s.state())).orElse("away"));
    json.put("bytes", status.map(Pull.Status::bytes).orElse(0L));
    status.flatMap(Pull.Status::secondsLeft).ifPresent(s -> json.put("secondsLeft", s));
    status.flatMap(Pull.Status::problem).ifPresent(p -> json.put("problem", p));
    return json;
  }

  private static String word(Pull.State state) {
    return state == Pull.State.DONE ? "away" : state.name().toLowerCase(Locale.ROOT);
  }
}
