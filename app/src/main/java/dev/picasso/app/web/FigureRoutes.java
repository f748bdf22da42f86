package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.Route.Body;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Session;
import dev.picasso.image.figure.Figure;
import dev.picasso.image.figure.FigureFormat;
import dev.picasso.image.figure.FigureLayout;
import dev.picasso.image.figure.FigureStyle;
import dev.picasso.image.figure.FigureTable;
import dev.picasso.image.figure.Letters;
import dev.picasso.run.Provenance;
import dev.picasso.run.ResultsReader;
import dev.picasso.run.figure.Citation;
import dev.picasso.run.figure.FigureChoice;
import dev.picasso.run.figure.ResultFigure;
import dev.picasso.run.figure.Scales;
import dev.picasso.visualization.Visualization;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/** Results as figures for print, and what to say of them in a paper. */
final class FigureRoutes {
  private static final int LONGEST = 2000;
  private static final int LONGEST_TEXT = 300;
  private static final int MOST_TEXTS = 200;
  private static final List<String> PARAMETERS =
      List.of(
          "width",
          "points",
          "dpi",
          "rows",
          "columns",
          "scale",
          "caption",
          "heading",
          "label",
          "download");
  private static final long PATIENCE_SECONDS = 20;

  private final Services services;

  /** A figure takes hundreds of megabytes while it is made, so that one is made at a time. */
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  FigureRoutes(Services services) {
    this.services = services;
  }

  List<Route> routes() {
    Stream<Route> figures =
        Arrays.stream(FigureFormat.values())
            .map(
                format ->
                    Route.get(
                        "/runs/{id}/figure." + format.ending(),
                        "The results as a figure for print. In the query: width (mm), points, dpi,"
                            + " rows, columns, scale (made, row, table, own), caption, heading and"
                            + " label (as column:text and row:text, each as often as wanted);"
                            + " download.",
                        Body.bytes(format.mediaType()),
                        context -> figure(context, format)));
    return Stream.concat(
            figures,
            Stream.of(
                Route.get(
                    "/runs/{id}/citation",
                    "How the results were made, to be cited, and the methods' papers as BibTeX.",
                    Body.json("Citation"),
                    this::citation)))
        .toList();
  }

  private ShownRun run(Context context) {
    Session session = services.people().session(context);
    return services.history().find(session, context.pathParam("id"));
  }

  private void figure(Context context, FigureFormat format) throws InterruptedException {
    requireKnown(context);
    ShownRun run = run(context);
    FigureStyle style = style(context);
    FigureChoice choice = choice(context);
    if (!oneAtATime.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new HttpProblem(429, "Others make figures now; ask again in a moment.");
    }
    byte[] file;
    try {
      file = made(run, format, choice, style);
    } catch (PicassoException e) {
      throw new HttpProblem(422, String.valueOf(e.getMessage()));
    } finally {
      oneAtATime.unlock();
    }
    context.contentType(format.mediaType()).header("Cache-Control", "no-store");
    if (context.queryParamMap().containsKey("download")) {
      String name = "figure-" + Names.file(run.order().path("visualization").asText());
      context.header(
          "Content-Disposition", "attachment; filename=\"" + name + "." + format.ending() + "\"");
    }
    context.result(file);
  }

  private static byte[] made(
      ShownRun run, FigureFormat format, FigureChoice choice, FigureStyle style) {
    List<JsonNode> images = images(run);
    try (Letters letters = Letters.bundled()) {
      FigureTable table =
          ResultFigure.table(
              run.folder(), provenance(run), images, citation(run, images), choice, style);
      Figure figure = FigureLayout.of(table, style, letters);
      return format.write(figure, letters, style);
    }
  }

  /** No misspelt parameter is passed over. */
  private static void requireKnown(Context context) {
    for (String name : context.queryParamMap().keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw HttpProblem.wrong(
            "Figure: there is no %s; there are %s."
                .formatted(HttpProblem.shown(name), String.join(", ", PARAMETERS)));
      }
    }
  }

  private void citation(Context context) {
    ShownRun run = run(context);
    Citation citation = citation(run, images(run));
    Json.send(context, Json.object().put("text", citation.text()).put("bibtex", citation.bibTex()));
  }

  private static List<JsonNode> images(ShownRun run) {
    List<JsonNode> images = new ArrayList<>();
    for (int i = 0; i < run.total(); i++) {
      run.result(i).ifPresent(images::add);
    }
    return images;
  }

  private static Citation citation(ShownRun run, List<JsonNode> images) {
    Visualization<?> visualization =
        run.template()
            .orElseThrow(
                () ->
                    new HttpProblem(
                        422,
                        "The method of this run is not there any more, so that it has no figure."));
    return Citation.of(provenance(run), visualization, images);
  }

  private static Provenance provenance(ShownRun run) {
    ObjectNode header = run.provenance();
    if (header.isEmpty()) {
      throw new HttpProblem(404, "This run has no results yet.");
    }
    return ResultsReader.provenance(header);
  }

  private static FigureStyle style(Context context) {
    FigureStyle usual = FigureStyle.PAGE;
    try {
      return new FigureStyle(
          number(context, "width", Double::valueOf).orElse(usual.width()),
          number(context, "points", Double::valueOf).orElse(usual.points()),
          number(context, "dpi", Integer::valueOf).orElse(usual.dpi()));
    } catch (PicassoException e) {
      throw HttpProblem.wrong(String.valueOf(e.getMessage()));
    }
  }

  private static <N extends Number> Optional<N> number(
      Context context, String name, Function<String, N> read) {
    return given(context, name)
        .map(
            text -> {
              try {
                return read.apply(text);
              } catch (NumberFormatException e) {
                throw HttpProblem.wrong(
                    "Figure: "
                        + name
                        + " is "
                        + HttpProblem.shown(text)
                        + "; it must be a number.");
              }
            });
  }

  private static Optional<String> given(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
  }

  private static FigureChoice choice(Context context) {
    List<Integer> rows = new ArrayList<>();
    for (String row : list(context, "rows")) {
      rows.add(row(row));
    }
    Optional<String> caption = Optional.ofNullable(context.queryParam("caption"));
    if (caption.filter(text -> text.length() > LONGEST).isPresent()) {
      throw HttpProblem.wrong("Figure: the caption is longer than " + LONGEST + " characters.");
    }
    Map<Integer, String> labels = new LinkedHashMap<>();
    texts(context, "label").forEach((row, text) -> labels.put(row(row), text));
    return new FigureChoice(
        rows,
        list(context, "columns"),
        scales(context),
        caption,
        texts(context, "heading"),
        labels);
  }

  private static int row(String row) {
    if (!row.matches("\\d{1,7}")) {
      throw HttpProblem.wrong(
          "Figure: a row is " + HttpProblem.shown(row) + "; it must be a number from 1.");
    }
    return Integer.parseInt(row);
  }

  /** What is given several times as "place:text", by places. */
  private static Map<String, String> texts(Context context, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String given : context.queryParams(name)) {
      int colon = given.indexOf(':');
      if (colon < 1 || given.length() > LONGEST_TEXT || texts.size() == MOST_TEXTS) {
        throw HttpProblem.wrong(
            "Figure: a "
                + name
                + " is "
                + HttpProblem.shown(given)
                + "; it must be a place, a colon and at most "
                + LONGEST_TEXT
                + " characters.");
      }
      texts.put(given.substring(0, colon), given.substring(colon + 1).strip());
    }
    return texts;
  }

  private static List<String> list(Context context, String name) {
    return given(context, name)
        .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
        .orElse(List.of());
  }

  private static Scales scales(Context context) {
    String wanted = given(context, "scale").orElse("made");
    return Arrays.stream(Scales.values())
        .filter(s -> s.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.wrong(
                    "Figure: scale is "
                        + HttpProblem.shown(wanted)
                        + "; it must be made, row, table or own."));
  }
}
