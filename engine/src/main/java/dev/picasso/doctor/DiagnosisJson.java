package dev.picasso.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.PreprocessingText;
import dev.picasso.model.config.PreprocessingKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A diagnosis as JSON: for {@code picasso doctor --json} and the REST interface. */
public final class DiagnosisJson {
  private DiagnosisJson() {}

  /** All of a diagnosis. */
  public static ObjectNode of(Diagnosis found) {
    ObjectNode json = object();
    json.put("summary", DiagnosisText.summary(found));
    PlainWords.of(found).ifPresent(words -> json.put("plain", words));
    json.put("repaired", found.isRepaired());
    json.set("pixels", of(found.pixels()));
    found.order().ifPresent(o -> json.set("channels", of(o)));
    json.set("brightness", of(found.inversion()));
    json.set("given", of(found.given()));
    ObjectNode remedy = of(found.repaired());
    if (!found.isSure()) {
      remedy.withObject("/preprocessing").put(PreprocessingKeys.ASSUMED, "true");
    }
    json.set("remedy", remedy);
    ArrayNode problems = json.putArray("problems");
    found
        .problems()
        .forEach(
            p ->
                problems
                    .addObject()
                    .put("kind", p.kind().name().toLowerCase(Locale.ROOT))
                    .put("text", p.text()));
    ArrayNode rests = json.putArray("notes");
    found.rests().forEach(rests::add);
    ArrayNode tried = json.putArray("tried");
    found.ranked().forEach(r -> tried.add(of(r)));
    return json;
  }

  private static ObjectNode of(Aspect aspect) {
    return object()
        .put("answer", aspect.answer())
        .put("certainty", aspect.certainty().words())
        .put("probability", aspect.probability());
  }

  private static ObjectNode of(Ranked ranked) {
    ObjectNode json =
        object()
            .put("scaling", ranked.candidate().scaling().id())
            .put("words", ranked.candidate().scaling().words())
            .put("blueFirst", ranked.candidate().blueFirst())
            .put("inverted", ranked.candidate().inverted())
            .put("probability", ranked.probability())
            .put("certainty", ranked.certainty())
            .put("information", ranked.information());
    if (ranked.hits().areKnown()) {
      json.put("right", ranked.hits().right()).put("known", ranked.hits().known());
    }
    ranked.distance().ifPresent(d -> json.put("distance", d));
    return json;
  }

  private static ObjectNode of(Preprocessing preprocessing) {
    ObjectNode json = object().put("words", PreprocessingText.of(preprocessing));
    json.set("preprocessing", keys(PreprocessingKeys.of(preprocessing)));
    return json;
  }

  /** Keys of a configuration as JSON: texts, and lists of texts. */
  public static ObjectNode keys(Map<String, Object> keys) {
    ObjectNode json = object();
    keys.forEach(
        (key, value) -> {
          if (value instanceof List<?> many) {
            ArrayNode list = json.putArray(key);
            many.forEach(v -> list.add(String.valueOf(v)));
          } else {
            json.put(key, String.valueOf(value));
          }
        });
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
