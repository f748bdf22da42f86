package dev.picasso.belief.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.WholeFile;
import dev.picasso.visualization.Csv;
import dev.picasso.visualization.ResultJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What an {@link Evaluation} says, as files and as JSON. */
public final class SummaryFiles {
  private SummaryFiles() {}

  /**
   * Writes {@code summary.csv}, {@code differences.csv}, {@code summary.json}, the drawing, and the
   * table that lies in the folder once more as {@code measures.h5}, by columns.
   */
  public static void write(Path folder, Evaluation evaluation) {
    ColumnFile.write(folder.resolve(MeasuresFile.NAME), folder.resolve("measures.h5"));
    WholeFile.write(folder.resolve("summary.csv"), means(evaluation));
    WholeFile.write(folder.resolve("differences.csv"), differences(evaluation));
    WholeFile.write(
        folder.resolve("summary.json"), bytes(json(evaluation).toPrettyString() + "\n"));
    WholeFile.write(folder.resolve("summary.svg"), bytes(IntervalDrawing.svg(evaluation.means())));
  }

  private static byte[] means(Evaluation evaluation) {
    List<List<String>> rows =
        evaluation.means().stream()
            .map(
                m ->
                    List.of(
                        m.name(),
                        m.method(),
                        m.better().toString(),
                        String.valueOf(m.estimate().count()),
                        Row.text(m.estimate().mean()),
                        Row.text(m.estimate().low()),
                        Row.text(m.estimate().high()),
                        m.estimate().doubt().orElse("")))
            .toList();
    return Csv.bytes(
        List.of("measure", "method", "better", "images", "mean", "low", "high", "doubt"), rows);
  }

  private static byte[] differences(Evaluation evaluation) {
    List<List<String>> rows =
        evaluation.differences().stream()
            .map(
                d ->
                    List.of(
                        d.name(),
                        d.first(),
                        d.second(),
                        String.valueOf(d.difference().count()),
                        Row.text(d.difference().mean()),
                        Row.text(d.difference().low()),
                        Row.text(d.difference().high()),
                        d.words(),
                        d.difference().doubt().orElse("")))
            .toList();
    return Csv.bytes(
        List.of(
            "measure", "first", "second", "images", "difference", "low", "high", "words", "doubt"),
        rows);
  }

  /** Means and differences. */
  public static ObjectNode json(Evaluation evaluation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("imageCount", evaluation.images());
    ArrayNode means = json.putArray("means");
    for (Evaluation.Mean m : evaluation.means()) {
      ObjectNode mean =
          means
              .addObject()
              .put("measure", m.name())
              .put("method", m.method())
              .put("better", m.better().toString());
      put("mean", m.estimate(), mean);
    }
    ArrayNode differences = json.putArray("differences");
    for (Difference d : evaluation.differences()) {
      ObjectNode difference =
          differences
              .addObject()
              .put("measure", d.name())
              .put("first", d.first())
              .put("second", d.second())
              .put("better", d.better().toString())
              .put("words", d.words());
      put("difference", d.difference(), difference);
    }
    return json;
  }

  private static void put(String name, Estimate estimate, ObjectNode json) {
    json.put("images", estimate.count());
    json.set(name, ResultJson.value(estimate.mean()));
    json.set("low", ResultJson.value(estimate.low()));
    json.set("high", ResultJson.value(estimate.high()));
    estimate.doubt().ifPresent(doubt -> json.put("doubt", doubt));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
