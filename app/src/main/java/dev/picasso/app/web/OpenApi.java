package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The OpenAPI 3.1 description: paths from the routes, settings from the visualizations' records,
 * the shapes of answers from {@code schemas.json}.
 */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  private final Visualizations visualizations;

  OpenApi(Visualizations visualizations) {
    this.visualizations = visualizations;
  }

  ObjectNode describe(List<Route> routes) {
    ObjectNode json = Json.object();
    json.put("openapi", "3.1.0");
    json.putObject("info")
        .put("title", "Picasso")
        .put("version", Provenance.version())
        .put("summary", "Shows what a trained image classifier looks at.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    json.putArray("servers").addObject().put("url", Route.ROOT);
    ObjectNode paths = json.putObject("paths");
    routes.forEach(r -> add(paths, r));
    ObjectNode components = json.putObject("components");
    ObjectNode schemas = components.putObject("schemas");
    schemas.setAll(shapes());
    for (Visualization<?> visualization : visualizations.all()) {
      schemas.set(settings(visualization), VisualizationJson.schema(visualization));
    }
    schemas.set("Order", order());
    return json;
  }

  private static ObjectNode shapes() {
    try (InputStream in =
        Optional.ofNullable(OpenApi.class.getResourceAsStream("schemas.json")).orElseThrow()) {
      return (ObjectNode) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String settings(Visualization<?> visualization) {
    return "Settings-" + visualization.id();
  }

  /** One shape for each visualization, told apart by its id. */
  private ObjectNode order() {
    ObjectNode json = Json.object();
    ArrayNode choices = json.putArray("oneOf");
    for (Visualization<?> visualization : visualizations.all()) {
      ObjectNode choice =
          choices.addObject().put("type", "object").put("additionalProperties", false);
      choice.putArray("required").add("model").add("visualization").add("images");
      ObjectNode properties = choice.putObject("properties");
      properties.putObject("model").put("type", "string");
      properties.putObject("visualization").put("const", visualization.id());
      ObjectNode images = properties.putObject("images").put("type", "array").put("minItems", 1);
      images.putObject("items").put("type", "string").put("description", "id of an image");
      properties.set("settings", reference(settings(visualization)));
      properties
          .putObject("top")
          .put("type", "integer")
          .put("minimum", 1)
          .put("maximum", RunOrders.MOST_CLASSES)
          .put("description", "classes shown for an image");
      ObjectNode classes = properties.putObject("classes");
      classes.put(
          "description",
          "which classes are shown for each image, instead of the top ones; or what each truly"
              + " shows, where that is known; or how far one is ahead of another");
      ArrayNode kinds = classes.putArray("oneOf");
      kinds.addObject().put("type", "array").putObject("items").put("type", "integer");
      kinds.addObject().put("const", Classes.TRUE_LABELS);
      kinds.add(reference("Pair"));
      properties.set("inputs", inputs());
    }
    return json;
  }

  /** Which inputs are explained. */
  private static ObjectNode inputs() {
    ObjectNode inputs = Json.object();
    inputs.put(
        "description",
        "of a model with several inputs: names of those that are explained, each while the others"
            + " hold their pictures; else the one that images go into");
    ArrayNode kinds = inputs.putArray("oneOf");
    kinds
        .addObject()
        .put("type", "array")
        .put("maxItems", RunOrders.MOST_INPUTS)
        .putObject("items")
        .put("type", "string");
    kinds.addObject().put("const", ExplainedInputs.EACH);
    return inputs;
  }

  private static void add(ObjectNode paths, Route route) {
    ObjectNode operation =
        paths
            .withObjectProperty(route.path().isEmpty() ? "/" : route.path())
            .putObject(route.method().name().toLowerCase(Locale.ROOT));
    operation.put("summary", route.summary());
    ArrayNode parameters = operation.putArray("parameters");
    for (Matcher found = PARAMETER.matcher(route.path()); found.find(); ) {
      parameters
          .addObject()
          .put("name", found.group(1))
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    if (!route.takes().isNone()) {
      content(operation.putObject("requestBody").put("required", true), route.takes());
    }
    ObjectNode responses = operation.putObject("responses");
    content(responses.putObject("2XX").put("description", "As asked."), route.gives());
    content(
        responses.putObject("4XX").put("description", "What is wrong, and what to do."),
        Route.Body.json("Error"));
  }

  private static void content(ObjectNode owner, Route.Body body) {
    if (body.isNone()) {
      return;
    }
    ObjectNode content = owner.putObject("content").putObject(body.type());
    if (!body.schema().isEmpty()) {
      content.set("schema", reference(body.schema()));
    }
  }

  private static ObjectNode reference(String schema) {
    return Json.object().put("$ref", "#/components/schemas/" + schema);
  }
}
