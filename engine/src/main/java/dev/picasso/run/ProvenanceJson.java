package dev.picasso.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.ResultJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where results come from, as the beginning of {@code results.json} says it. */
public final class ProvenanceJson {
  private ProvenanceJson() {}

  /** All fields but the images. */
  public static ObjectNode of(Provenance provenance) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("picasso", provenance.picasso());
    json.set("model", of(provenance.model()));
    if (!provenance.beside().isEmpty()) {
      ObjectNode beside = json.putObject("beside");
      provenance.beside().forEach((name, model) -> beside.set(name, of(model)));
    }
    json.put("visualization", provenance.visualization());
    ObjectNode settings = json.putObject("settings");
    provenance.settings().forEach(settings::put);
    ClassesJson.put(json, provenance.classes());
    ObjectNode preprocessing = json.putObject("preprocessing");
    provenance
        .preprocessing()
        .forEach((name, fact) -> preprocessing.set(name, ResultJson.value(fact)));
    if (!provenance.held().isEmpty()) {
      ObjectNode held = json.putObject("held");
      provenance
          .held()
          .forEach(
              (input, file) ->
                  held.putObject(input).put("file", file.file()).put("sha256", file.sha256()));
    }
    if (!provenance.explained().isEmpty()) {
      ObjectNode explained = json.putObject("explained");
      provenance
          .explained()
          .forEach(
              (input, facts) -> {
                ObjectNode of = explained.putObject(input);
                facts.forEach((name, fact) -> of.set(name, ResultJson.value(fact)));
              });
    }
    json.putObject("machine")
        .put("java", provenance.machine().java())
        .put("onnxRuntime", provenance.machine().onnxRuntime())
        .put("system", provenance.machine().system())
        .put("cores", provenance.machine().cores())
        .put("threads", provenance.machine().threads())
        .put("optimize", provenance.machine().optimize())
        .put("device", provenance.machine().device());
    provenance.given().ifPresent(given -> json.set("given", of(given)));
    json.put("made", provenance.made().toString());
    return json;
  }

  private static ObjectNode of(Provenance.OfModel model) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", model.id())
            .put("file", model.file())
            .put("sha256", model.sha256())
            .put("graph", model.graph())
            .put("format", model.format());
    return model.numbers() ? json.put("numbers", true) : json;
  }

  private static Provenance.OfModel model(JsonNode json) {
    return new Provenance.OfModel(
        text(json, "id"),
        text(json, "file"),
        text(json, "sha256"),
        text(json, "graph"),
        text(json, "format"),
        json.path("numbers").asBoolean());
  }

  private static ObjectNode of(Provenance.Given given) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", given.model());
    given.id().ifPresent(id -> json.put("id", id));
    given.weights().ifPresent(weights -> json.put("weights", weights));
    given.output().ifPresent(output -> json.put("output", output));
    if (!given.held().isEmpty()) {
      ObjectNode held = json.putObject("held");
      given.held().forEach(held::put);
    }
    return json;
  }

  /** Reads it back; what is missing, as in files of older versions, is empty or 0. */
  static Provenance read(JsonNode json) {
    Map<String, Provenance.OfModel> beside = new LinkedHashMap<>();
    json.path("beside").properties().forEach(e -> beside.put(e.getKey(), model(e.getValue())));
    JsonNode machine = json.path("machine");
    Map<String, Map<String, Object>> explained = new LinkedHashMap<>();
    json.path("explained")
        .properties()
        .forEach(e -> explained.put(e.getKey(), facts(e.getValue())));
    Map<String, Provenance.Held> held = new LinkedHashMap<>();
    json.path("held")
        .properties()
        .forEach(
            e ->
                held.put(
                    e.getKey(),
                    new Provenance.Held(text(e.getValue(), "file"), text(e.getValue(), "sha256"))));
    return new Provenance(
        text(json, "picasso"),
        model(json.path("model")),
        beside,
        text(json, "visualization"),
        texts(json.path("settings")),
        ClassesJson.read(json),
        facts(json.path("preprocessing")),
        held,
        explained,
        new Provenance.Machine(
            text(machine, "java"),
            text(machine, "onnxRuntime"),
            text(machine, "system"),
            machine.path("cores").asInt(),
            Math.max(0, machine.path("threads").asInt()),
            machine.path("optimize").asBoolean(true),
            machine.path("device").asText(Device.CPU.toString())),
        Optional.of(json.path("given")).filter(JsonNode::isObject).map(ProvenanceJson::given),
        instant(text(json, "made")));
  }

  private static Map<String, Object> facts(JsonNode json) {
    Map<String, Object> facts = new LinkedHashMap<>();
    json.properties().forEach(e -> facts.put(e.getKey(), fact(e.getValue())));
    return facts;
  }

  private static Object fact(JsonNode json) {
    if (json.isArray()) {
      List<Object> list = new ArrayList<>();
      json.forEach(item -> list.add(fact(item)));
      return list;
    }
    if (json.isBoolean()) {
      return json.asBoolean();
    }
    if (json.isInt()) {
      return json.asInt();
    }
    return json.isNumber() ? json.asDouble() : json.asText();
  }

  private static Provenance.Given given(JsonNode json) {
    return new Provenance.Given(
        text(json, "model"),
        maybe(json, "id"),
        maybe(json, "weights"),
        maybe(json, "output"),
        texts(json.path("held")));
  }

  private static Map<String, String> texts(JsonNode json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static Optional<String> maybe(JsonNode json, String name) {
    return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
