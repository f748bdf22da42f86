package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.app.web.wire.ClientAddress;
import dev.picasso.model.config.HeldInputs;
import dev.picasso.model.config.InputSlot;
import dev.picasso.run.ClassesJson;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Visualization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks what is asked for, and starts it. */
final class RunOrders {
  /** How many classes of an image may be asked for. */
  static final int MOST_CLASSES = 1000;

  /** Of a visualization; none has so many. */
  private static final int MOST_SETTINGS = 100;

  /** How many inputs of a model may be named. */
  static final int MOST_INPUTS = 100;

  private static final List<String> NAMES =
      List.of("model", "visualization", "settings", "top", "classes", "inputs", "images");

  private final Services services;

  RunOrders(Services services) {
    this.services = services;
  }

  /**
   * Starts the run that a request describes.
   *
   * @throws HttpProblem if something in it is unknown, wrong or too much
   */
  Run start(Session session, ClientAddress from, ObjectNode body) {
    Json.requireNames(body, NAMES);
    ServedModel model = ModelRoutes.find(services, session, Json.id(body, "model"));
    Visualization<?> visualization = visualization(Json.id(body, "visualization"));
    Map<String, String> settings = settings(visualization, body.path("settings"));
    Classes classes = classes(model, visualization, body);
    model.require(visualization, settings, classes);
    StepLimit.require(visualization, settings, services.limits().steps());
    for (String other : others(visualization, settings)) {
      ServedModel unused = ModelRoutes.find(services, session, other); // said once, not per image
    }
    return start(
        session,
        from,
        new Run.Order(
            model,
            visualization,
            settings,
            classes,
            inputs(model, body.path("inputs")),
            images(session, body.path("images")),
            new SeenModels(services, session)));
  }

  /** Starts a run whose parts are known to be right. */
  Run start(Session session, ClientAddress from, Run.Order order) {
    Run run =
        session
            .addRun(order)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        429,
                        services.limits().running()
                            + " of your runs are not finished; wait for one, or cancel it."));
    services
        .runner()
        .submit(session, run, from)
        .ifPresent(
            why -> {
              session.forget(run);
              throw new HttpProblem(503, why);
            });
    return run;
  }

  /** The visualization of that id. */
  Visualization<?> visualization(String id) {
    try {
      return services.visualizations().get(id);
    } catch (PicassoException e) {
      throw new HttpProblem(404, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> settings(Visualization<?> visualization, JsonNode given) {
    if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
      throw HttpProblem.wrong("\"settings\" must be an object of names and values.");
    }
    if (given.size() > MOST_SETTINGS) {
      throw HttpProblem.wrong(
          "\"settings\" has %d names, which is too much.".formatted(given.size()));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    given.properties().forEach(e -> texts.put(e.getKey(), text(e.getKey(), e.getValue())));
    return complete(visualization, texts);
  }

  private static String text(String name, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw HttpProblem.wrong(
          "The setting \""
              + HttpProblem.shown(name)
              + "\" must be a text, a number, true or false.");
    }
    return value.asText();
  }

  /** All settings, the defaults for those that are not given. */
  static <S extends Record> Map<String, String> complete(
      Visualization<S> visualization, Map<String, String> given) {
    return Schema.of(visualization.defaults()).toMap(parsed(visualization, given));
  }

  /** What settings call the models that are looked at beside the one that is explained. */
  static <S extends Record> List<String> others(
      Visualization<S> visualization, Map<String, String> settings) {
    return visualization.others(parsed(visualization, settings));
  }

  /** The same settings where those models are called otherwise; the others stay. */
  static <S extends Record> Map<String, String> callingOthers(
      Visualization<S> visualization, Map<String, String> settings, Map<String, String> names) {
    S called =
        visualization.callingOthers(
            parsed(visualization, settings),
            name -> Optional.ofNullable(names.get(name)).orElse(name));
    return Schema.of(visualization.defaults()).toMap(called);
  }

  private static <S extends Record> S parsed(
      Visualization<S> visualization, Map<String, String> settings) {
    return Schema.of(visualization.defaults()).parse(visualization.title(), settings);
  }

  /** The classes that are named, by their indexes, or a pair; else the most probable ones. */
  private static Classes classes(
      ServedModel model, Visualization<?> visualization, ObjectNode body) {
    JsonNode given = body.path(ClassesJson.FIELD);
    if (given.isObject()) {
      return known(model, ClassesJson.pair(given));
    }
    if (given.asText().equals(Classes.TRUE_LABELS)) {
      return Classes.trueLabels();
    }
    if (given.isMissingNode() || given.isNull() || (given.isArray() && given.isEmpty())) {
      return Classes.top(top(model, visualization, body.path("top")));
    }
    List<Integer> chosen = new ArrayList<>();
    for (JsonNode index : given) {
      if (!index.canConvertToInt() || !index.isIntegralNumber() || chosen.size() == MOST_CLASSES) {
        throw HttpProblem.wrong(
            "\"classes\" must be a list of up to "
                + MOST_CLASSES
                + " numbers of classes, or \""
                + Classes.TRUE_LABELS
                + "\".");
      }
      chosen.add(index.asInt());
    }
    if (!given.isArray()) {
      throw HttpProblem.wrong(
          "\"classes\" must be a list of numbers of classes, or \"" + Classes.TRUE_LABELS + "\".");
    }
    return known(model, Classes.chosen(chosen.stream().distinct().toList()));
  }

  /** Classes that the model has, as far as that can be told now. */
  private static Classes known(ServedModel model, Classes classes) {
    model.ready().ifPresent(ready -> classes.require(ready.model()));
    return classes;
  }

  /** The inputs that are explained, by their names; else the one that images go into. */
  private static ExplainedInputs inputs(ServedModel model, JsonNode given) {
    ExplainedInputs inputs =
        asked(given)
            .orElseThrow(
                () ->
                    HttpProblem.wrong(
                        "\"inputs\" must be a list of up to "
                            + MOST_INPUTS
                            + " names of inputs, or \""
                            + ExplainedInputs.EACH
                            + "\"."));
    return model.ready().map(ready -> ordered(inputs, ready.held())).orElse(inputs);
  }

  /** The same, those that are named in the order of the model's file. */
  private static ExplainedInputs ordered(ExplainedInputs inputs, HeldInputs held) {
    List<String> names = inputs.of(held).stream().map(InputSlot::name).toList();
    return inputs.names().isEmpty() ? inputs : ExplainedInputs.named(names);
  }

  /** As an order names them; empty where it does not do so rightly. */
  static Optional<ExplainedInputs> asked(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return Optional.of(ExplainedInputs.SHOWN);
    }
    if (given.isTextual() && given.asText().equals(ExplainedInputs.EACH)) {
      return Optional.of(ExplainedInputs.ALL);
    }
    List<String> names = new ArrayList<>();
    given.forEach(name -> names.add(name.isTextual() ? name.asText() : ""));
    boolean right = given.isArray() && names.size() <= MOST_INPUTS && !names.contains("");
    return right ? Optional.of(ExplainedInputs.named(names)) : Optional.empty();
  }

  private static int top(ServedModel model, Visualization<?> visualization, JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return visualization.top().orElse(model.configured().top());
    }
    boolean whole = given.isIntegralNumber() && given.canConvertToInt();
    if (!whole || given.asInt() < 1 || given.asInt() > MOST_CLASSES) {
      throw HttpProblem.wrong(
          "\"top\" is "
              + HttpProblem.shown(given.toString())
              + "; it must be a whole number between 1 and "
              + MOST_CLASSES
              + ".");
    }
    return given.asInt();
  }

  private List<StoredImage> images(Session session, JsonNode given) {
    int most = services.limits().imagesOfRun();
    if (!given.isArray() || given.isEmpty() || given.size() > most) {
      throw HttpProblem.wrong(
          "\"images\" must be a list of between 1 and " + most + " ids of images.");
    }
    List<StoredImage> images = new ArrayList<>();
    Json.idsOfImages(given).forEach(id -> images.add(ImageRoutes.findAny(services, session, id)));
    return images;
  }
}
