package dev.picasso.app.web;

import dev.picasso.app.report.ShortNames;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pebble templates: the page, and the rows of results. A visualization may bring a template of its
 * own, which may include ours. All values are escaped.
 */
final class Templates {
  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);
  private static final String FOLDER = "dev/picasso/app/web/templates/";
  private static final String ROW = "result.peb";
  private static final String BESIDE = "beside.peb";
  private static final String PROBLEM = "problem.peb";
  private static final String METHOD = "method.peb";
  static final String REST = "rest.peb";
  static final String RUNS = "runs.peb";
  static final String RUN = "run.peb";
  private static final String LOGIN = "login.peb";
  private static final String DOOR = "door.peb";
  private static final String MODEL = "model.peb";
  private static final int LARGEST = 4 << 20;

  private final PebbleEngine own = engine(ours());

  /** An engine for each class, which goes when the class goes. */
  private final ClassValue<PebbleEngine> ofPlugins =
      new ClassValue<>() {
        @Override
        protected PebbleEngine computeValue(Class<?> type) {
          return engine(new BesideLoader(type, ours()));
        }
      };

  private static ClasspathLoader ours() {
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix(FOLDER);
    return loader;
  }

  private static PebbleEngine engine(Loader<?> loader) {
    return new PebbleEngine.Builder()
        .loader(loader)
        .autoEscaping(true)
        .extension(new ShortNames())
        .maxRenderedSize(LARGEST)
        .build();
  }

  /** The page. */
  String page(Map<String, Object> values) {
    return ours("index.peb", values);
  }

  /** Another page of ours. */
  String page(String name, Map<String, Object> values) {
    return ours(name, values);
  }

  /** The page about a method. */
  String method(Map<String, Object> values) {
    return ours(METHOD, values);
  }

  /** The page that asks for the token. */
  String login(Map<String, Object> values) {
    return ours(LOGIN, values);
  }

  /** The page that leads there. */
  String door(Map<String, Object> values) {
    return ours(DOOR, values);
  }

  /** The page about a model. */
  String model(Map<String, Object> values) {
    return ours(MODEL, values);
  }

  private String ours(String name, Map<String, Object> values) {
    try {
      return render(own, name, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One image's row of results, by the template of the visualization, or ours; by ours where there
   * are none. Where a template is broken the row says so, and the others are not harmed.
   */
  String row(Optional<Visualization<?>> visualization, Map<String, Object> values) {
    boolean failed = values.get("result") instanceof Map<?, ?> r && r.get("problem") != null;
    Optional<String> template =
        failed ? Optional.empty() : visualization.flatMap(Visualization::template);
    try {
      return template.isEmpty()
          ? render(own, ROW, values)
          : render(engineOf(visualization.orElseThrow()), template.get(), values);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      LOG.warn("the template {} is broken: {}", template.orElse(ROW), words(e));
      visualization.ifPresent(
          v ->
              Visualizations.failed(
                  v, "Its template " + template.orElse(ROW) + " is broken: " + words(e) + "."));
      return problem(values, template.orElse(ROW), words(e));
    }
  }

  /**
   * What came of another input beside an image, for the end of its row.
   *
   * @param values of that row
   * @param result of the input, of the same form as an image's
   */
  String beside(
      Optional<Visualization<?>> visualization,
      Map<String, Object> values,
      Map<String, Object> result) {
    Map<String, Object> own = new java.util.HashMap<>(values);
    own.put("result", result);
    own.put("beside", true);
    own.put("row", row(visualization, own));
    return ours(BESIDE, own);
  }

  /** What is wrong with a visualization's own template, without showing anything by it. */
  Optional<String> problem(Visualization<?> visualization) {
    return visualization.template().flatMap(name -> problem(visualization, name));
  }

  private Optional<String> problem(Visualization<?> visualization, String template) {
    try {
      var unused = engineOf(visualization).getTemplate(template);
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of("its template " + template + " is broken: " + words(e));
    }
  }

  private static String words(Throwable e) {
    return e instanceof PebbleException p
        ? String.valueOf(p.getPebbleMessage()) + line(p)
        : e.toString();
  }

  private static String line(PebbleException e) {
    return e.getLineNumber() == null ? "" : " (line " + e.getLineNumber() + ")";
  }

  private String problem(Map<String, Object> values, String template, String words) {
    Map<String, Object> told = new java.util.HashMap<>(values);
    told.put("message", "The template " + template + " cannot show this row: " + words);
    try {
      return render(own, PROBLEM, told);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PebbleEngine engineOf(Visualization<?> visualization) {
    return ofPlugins.get(visualization.getClass());
  }

  private static String render(PebbleEngine engine, String name, Map<String, Object> values)
      throws IOException {
    StringWriter out = new StringWriter();
    engine.getTemplate(name).evaluate(out, values, java.util.Locale.ROOT);
    return out.toString();
  }

  /** The templates that the page cannot do without. */
  static List<String> required() {
    return List.of(
        "index.peb",
        ROW,
        "map.peb",
        "part.peb",
        "saves.peb",
        BESIDE,
        "held.peb",
        PROBLEM,
        METHOD,
        REST,
        RUNS,
        RUN,
        "ask-run.peb",
        LOGIN,
        DOOR,
        MODEL);
  }
}
