package dev.picasso.visualization;

import dev.picasso.image.draw.Drawing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines over common places, as the probability while pixels are taken away.
 *
 * @param across what the places are, as in "share of the pixels removed"
 * @param places where the lines have their values, ascending
 * @param up what the values are
 * @param lines at least one
 */
public record Curve(
    String label, String across, List<Double> places, String up, List<Line> lines, String meaning)
    implements Part {
  /**
   * One line.
   *
   * @param name tells it from the others
   * @param values as many as places; what is no number leaves a gap
   */
  public record Line(String name, List<Double> values) {
    public Line {
      values = List.copyOf(values);
    }

    /** A line of an array. */
    public static Line of(String name, double... values) {
      return new Line(name, Arrays.stream(values).boxed().toList());
    }
  }

  public Curve {
    places = List.copyOf(places);
    lines = List.copyOf(lines);
    if (lines.isEmpty() || places.isEmpty()) {
      throw new IllegalArgumentException("a curve without lines or places");
    }
    for (Line line : lines) {
      if (line.values().size() != places.size()) {
        throw new IllegalArgumentException(
            "a line of %d values over %d places".formatted(line.values().size(), places.size()));
      }
    }
  }

  @Override
  public String kind() {
    return "curve";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("meaning", meaning);
    facts.put("across", across);
    facts.put("up", up);
    facts.put("lines", lines.stream().map(Line::name).toList());
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of(
        new Content(
            FileRole.DRAWING, () -> CurveDrawing.svg(this).getBytes(StandardCharsets.UTF_8)),
        new Content(FileRole.CSV, this::csv));
  }

  /** Numbers to the last bit, so that a repetition can be told from the first. */
  private byte[] csv() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      int at = i;
      rows.add(
          Stream.concat(Stream.of(places.get(i)), lines.stream().map(l -> l.values().get(at)))
              .map(String::valueOf)
              .toList());
    }
    return Csv.bytes(
        Stream.concat(Stream.of(across), lines.stream().map(Line::name)).toList(), rows);
  }
}
