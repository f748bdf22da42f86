package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.attribution.Attribution;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.model.ModelAdapter;
import dev.picasso.plugin.PluginFile;
import dev.picasso.plugin.PluginTrouble;
import dev.picasso.visualization.Visualization;
import java.util.List;

/** The files of plugins: what each brings, and what is wrong with it. */
final class PluginJson {
  private PluginJson() {}

  static ObjectNode of(List<PluginFile> files) {
    ArrayNode list = Json.array();
    files.forEach(file -> list.add(of(file)));
    return Json.object().set("plugins", list);
  }

  private static ObjectNode of(PluginFile file) {
    ObjectNode json = Json.object();
    json.put("file", file.name());
    ArrayNode brings = json.putArray("brings");
    file.made(Visualization.class).forEach(v -> add(brings, "visualization", v.id(), v.title()));
    file.made(Attribution.class).forEach(m -> add(brings, "method", m.id(), m.title()));
    file.made(ModelAdapter.class).forEach(a -> add(brings, "adapter", a.id(), a.title()));
    file.made(ImagePreprocessor.class).forEach(p -> add(brings, "preprocessor", p));
    file.made(LambdaMeaning.Function.class).forEach(f -> add(brings, "lambda", f));
    troubles(json.putArray("problems"), file.problems());
    troubles(json.putArray("failures"), file.failures());
    return json;
  }

  /** What a {@code picasso.yaml} names by its class. */
  private static void add(ArrayNode list, String kind, Object made) {
    String name = made.getClass().getName();
    add(list, kind, name, name);
  }

  private static void add(ArrayNode list, String kind, String id, String title) {
    list.addObject().put("kind", kind).put("id", id).put("title", title);
  }

  private static void troubles(ArrayNode list, List<PluginTrouble> troubles) {
    for (PluginTrouble trouble : troubles) {
      ObjectNode json = list.addObject().put("message", trouble.words());
      trouble.line().ifPresent(line -> json.put("line", line));
      if (!trouble.code().isEmpty()) {
        json.put("code", trouble.code());
      }
    }
  }
}
