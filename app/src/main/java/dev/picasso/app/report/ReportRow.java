package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.run.Truth;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One image's results as a template shows them. */
final class ReportRow {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportRow() {}

  /**
   * What a template is given.
   *
   * @param image its results; files by name
   */
  static Map<String, Object> of(JsonNode image, ReportFiles files) {
    List<Map<String, Object>> beside = new ArrayList<>();
    image.path(ResultJson.INPUTS).forEach(other -> beside.add(picture(other, files)));
    Map<String, Object> row = picture(image, files);
    row.put("truth", ReportTally.truth(image.path(Truth.FIELD)));
    row.put("beside", beside);
    return row;
  }

  /** Of an image, or of the picture that another input holds beside it. */
  private static Map<String, Object> picture(JsonNode image, ReportFiles files) {
    Map<String, Object> row = new HashMap<>();
    row.put("input", image.path(ResultJson.INPUT).asText());
    row.put("image", image.path("image").asText());
    row.put("problem", image.path("problem").asText());
    row.put("predictions", JSON.convertValue(image.path("predictions"), List.class));
    row.put("warnings", texts(image.path("warnings")));
    row.put("seen", seen(image.path("seen")));
    ResultFiles named = ResultFiles.in(image);
    row.put("original", "");
    named.of(Optional.empty()).stream()
        .filter(f -> f.role() == FileRole.ORIGINAL && isName(f))
        .forEach(f -> row.put("original", files.picture(f.name())));
    List<Map<String, Object>> panels = new ArrayList<>();
    for (int i = 0; i < image.path("panels").size(); i++) {
      panels.add(panel(image.path("panels").path(i), named.of(Optional.of(i)), files));
    }
    row.put("panels", panels);
    return row;
  }

  private static boolean isName(ResultFiles.Entry file) {
    return ResultFiles.NAME.matcher(file.name()).matches();
  }

  private static Map<String, Object> panel(
      JsonNode panel, List<ResultFiles.Entry> named, ReportFiles files) {
    Map<String, Object> shown = new HashMap<>();
    panel.properties().forEach(e -> shown.put(e.getKey(), plain(e.getValue())));
    if (panel.path("rows").isArray()) {
      shown.put("rows", rows(panel.path("rows")));
    }
    shown.put("picture", "");
    shown.put("numbers", Map.of());
    shown.put("covers", String.join(" ", texts(panel.path("covers"))));
    shown.put("stops", stops(panel.path("colours").asText()));
    for (ResultFiles.Entry file : named.stream().filter(ReportRow::isName).toList()) {
      switch (file.role()) {
        case OVERLAY, PICTURE, DRAWING -> shown.put("picture", files.picture(file.name()));
        case ARRAY -> shown.put("numbers", files.numbers(file.name()));
        default -> {}
      }
    }
    return shown;
  }

  /** Texts of a table; numbers below zero have the minus that those of scales have. */
  private static List<List<String>> rows(JsonNode table) {
    List<List<String>> rows = new ArrayList<>();
    table.forEach(
        row -> rows.add(texts(row).stream().map(t -> t.replaceFirst("^-(?=\\d)", "−")).toList()));
    return rows;
  }

  private static Object plain(JsonNode value) {
    return value.isNull() ? "" : JSON.convertValue(value, Object.class);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The part of the picture that the model sees, in shares of it. */
  private static String seen(JsonNode seen) {
    return seen.isObject()
        ? String.join(
            " ",
            List.of(
                seen.path("left").asText(),
                seen.path("top").asText(),
                seen.path("right").asText(),
                seen.path("bottom").asText()))
        : "";
  }

  private static String stops(String colours) {
    for (ColourMap map : ColourMap.values()) {
      if (map.name().equalsIgnoreCase(colours)) {
        return String.join(
            ",", map.stops().stream().map(c -> String.format(Locale.ROOT, "#%06x", c)).toList());
      }
    }
    return "";
  }
}
