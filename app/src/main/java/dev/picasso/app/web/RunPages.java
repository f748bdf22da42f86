package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.Words;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.report.Report;
import dev.picasso.app.report.ReportFacts;
import dev.picasso.app.report.ReportFiles;
import dev.picasso.app.report.ReportSource;
import dev.picasso.app.web.state.Session;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The pages of kept runs: the list, one run, and two side by side. */
final class RunPages {
  /** So many others can be chosen to compare with. */
  private static final int OTHERS = 100;

  private final Services services;
  private final RunHistory history;
  private final Templates templates;
  private final RunSettings settings;
  private final Report report = new Report();

  RunPages(Services services, Templates templates) {
    this.services = services;
    this.history = services.history();
    this.settings = new RunSettings(history);
    this.templates = templates;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/runs", this::list);
    routes.get("/runs/{id}", this::one);
  }

  private void list(Context context) {
    Session session = services.people().session(context);
    List<KeptRun> all = history.list(session);
    Map<String, KeptRun> rests = rests(all);
    List<Map<String, Object>> runs = all.stream().map(run -> shown(session, run, rests)).toList();
    context.html(
        templates.page(
            Templates.RUNS,
            Map.of(
                "appTitle",
                services.title(),
                "runs",
                runs,
                "full",
                runs.size() == RunHistory.MOST,
                "everybodys",
                history.everybodys())));
  }

  /** The runs that went on with others, by the id of the one that did not come to its end. */
  private Map<String, KeptRun> rests(List<KeptRun> newestFirst) {
    Map<String, KeptRun> rests = new HashMap<>();
    for (KeptRun run : newestFirst) {
      settings.of(run.id()).restOf().ifPresent(earlier -> rests.putIfAbsent(earlier, run));
    }
    return rests;
  }

  private Map<String, Object> shown(Session session, KeptRun run, Map<String, KeptRun> rests) {
    Map<String, Object> map = Json.map(HistoryRoutes.of(history, session, run));
    map.put("size", Words.bytes(run.bytes()));
    map.put("settings", settings.of(run.id()).words());
    Optional.ofNullable(rests.get(run.id()))
        .ifPresent(rest -> map.put("rest", Json.map(HistoryRoutes.of(history, session, rest))));
    map.put("failed", settings.of(run.id()).failed());
    map.put("of", KeptRun.title(run.method(), run.model()));
    map.put(
        "names",
        run.images().stream().map(KeptRun.Image::name).limit(20).collect(Collectors.joining(", ")));
    return map;
  }

  /** A run; with ?beside=ID another one at its side. */
  private void one(Context context) {
    Session session = services.people().session(context);
    KeptRun run = kept(session, context.pathParam("id"));
    Optional<KeptRun> beside =
        Optional.ofNullable(context.queryParam("beside"))
            .filter(id -> !id.isEmpty())
            .map(id -> kept(session, id));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("appTitle", services.title());
    List<KeptRun> all = history.list(session);
    Map<String, KeptRun> rests = rests(all);
    values.put("run", shown(session, run, rests));
    values.put("subtitle", run.name().isEmpty() ? "" : KeptRun.title(run.method(), run.model()));
    List<KeptRun> others =
        all.stream().filter(r -> !r.id().equals(run.id())).limit(OTHERS).toList();
    values.put("others", others.stream().map(r -> shown(session, r, rests)).toList());
    values.put("besideId", beside.map(KeptRun::id).orElse(""));
    Side left = side(run);
    if (beside.isPresent()) {
      Side right = side(beside.get());
      values.put("beside", shown(session, beside.get(), rests));
      values.put("pairs", pairs(left, right));
      values.put("facts", FactsCompared.of(left.facts(), right.facts()));
    } else {
      values.put("tally", report.tally(ReportSource.of(left.run().folder())));
      values.put("rows", left.images().stream().map(image -> row(left, image)).toList());
      values.put("made", report.facts(left.facts()));
    }
    context.html(templates.page(Templates.RUN, values));
  }

  private KeptRun kept(Session session, String id) {
    return history
        .archive()
        .find(id)
        .orElseThrow(
            () ->
                session.run(id).isPresent()
                    ? new HttpProblem(404, "This run has not ended yet; open it on the page.")
                    : new HttpProblem(
                        404,
                        "There is no run "
                            + HttpProblem.shown(id)
                            + ". It was deleted, or had not ended when Picasso did."
                            + " The others are at /runs."));
  }

  /** A run of the two. */
  private record Side(StoredRun run, ReportFacts facts, List<ObjectNode> images) {}

  private Side side(KeptRun kept) {
    StoredRun run = history.kept(kept.id()).orElseThrow();
    List<ObjectNode> images = new ArrayList<>();
    for (int i = 0; i < run.total(); i++) {
      run.result(i).ifPresent(images::add);
    }
    return new Side(run, ReportFacts.of(ReportSource.of(run.folder())), images);
  }

  private String row(Side side, ObjectNode image) {
    return report.row(image, ReportFiles.at(Route.ROOT + "/runs/" + side.run().id() + "/files/"));
  }

  /**
   * Each image of the left run with the one of the same name of the right one, then what is left.
   */
  private List<Map<String, String>> pairs(Side left, Side right) {
    List<Map<String, String>> pairs = new ArrayList<>();
    List<ObjectNode> open = new ArrayList<>(right.images());
    for (ObjectNode image : left.images()) {
      Optional<ObjectNode> same =
          IntStream.range(0, open.size())
              .filter(i -> open.get(i).path("image").equals(image.path("image")))
              .boxed()
              .findFirst()
              .map(i -> open.remove((int) i));
      pairs.add(Map.of("left", row(left, image), "right", same.map(s -> row(right, s)).orElse("")));
    }
    open.forEach(image -> pairs.add(Map.of("left", "", "right", row(right, image))));
    return pairs;
  }
}
