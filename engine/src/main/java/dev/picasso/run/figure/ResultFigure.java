package dev.picasso.run.figure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.PicassoException;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.FigureStyle;
import dev.picasso.image.figure.FigureTable;
import dev.picasso.image.figure.FigureTable.Cell;
import dev.picasso.image.figure.FigureTable.Note;
import dev.picasso.image.figure.FigureTable.Row;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.ResultJson;
import dev.picasso.visualization.SideBySide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The table of a figure, from results in files: a row for each image, first the image, then its
 * maps. Parts that are no pictures, as tables and curves, are left out.
 */
public final class ResultFigure {
  /** What chooses the column of the images themselves. */
  public static final String IMAGE = "image";

  /** Rows of more images are refused; a figure of more is not looked at. */
  private static final int MOST = 60;

  /** More pixels of pictures than a figure has use for. */
  private static final long LARGEST = 40_000_000;

  private final Path folder;
  private final FigureChoice choice;
  private final List<Line> lines;
  private final Citation citation;

  /** Pixels that the figure is wide. */
  private final int finest;

  /**
   * One image with the parts that can be shown.
   *
   * @param place of the image among all, from 1
   */
  private record Line(int place, JsonNode image, List<RecordedMap> maps) {
    List<String> classes() {
      return maps.get(0).classes();
    }

    List<String> labels() {
      return maps.stream().map(RecordedMap::heading).toList();
    }

    String name() {
      String file = image.path("image").asText().replaceFirst(".*[/\\\\]", "");
      return file.replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
    }

    /** What heads a column without the class, which is another one in another row. */
    String withoutClass(int column) {
      String[] parts = maps.get(column).heading().split(SideBySide.BETWEEN, 2);
      for (String one : classes()) {
        if (parts[0].endsWith(", " + one)) {
          parts[0] = parts[0].substring(0, parts[0].length() - one.length() - 2);
        }
      }
      return String.join(SideBySide.BETWEEN, parts);
    }
  }

  private ResultFigure(
      Path folder, FigureChoice choice, List<Line> lines, Citation citation, int finest) {
    this.folder = folder;
    this.choice = choice;
    this.lines = lines;
    this.citation = citation;
    this.finest = finest;
  }

  /**
   * The table. Its pictures are in memory, with about as many pixels as are printed.
   *
   * @param folder of the results' files
   * @param images JSON of each image, in order; those without results are left out
   * @param style in which it will be laid out
   * @throws PicassoException if nothing is there that was chosen, or a file is missing or damaged
   */
  public static FigureTable table(
      Path folder,
      Provenance provenance,
      List<JsonNode> images,
      Citation citation,
      FigureChoice choice,
      FigureStyle style) {
    List<Line> lines = new ArrayList<>();
    for (int i : rows(choice, images.size())) {
      JsonNode image = images.get(i);
      List<RecordedMap> maps = maps(folder, provenance, image);
      if (!maps.isEmpty()) {
        lines.add(new Line(i + 1, image, maps));
      }
    }
    if (lines.isEmpty()) {
      throw new PicassoException("The results have no map or picture that a figure could show.");
    }
    if (lines.size() > MOST) {
      throw new PicassoException(
          "A figure of %d images is too long; choose %d rows at most."
              .formatted(lines.size(), MOST));
    }
    return new ResultFigure(folder, choice, lines, citation, style.pixels(style.width())).table();
  }

  /** Those of an image, then of each other input beside it, after the picture that it holds. */
  static List<RecordedMap> maps(Path folder, Provenance provenance, JsonNode image) {
    List<RecordedMap> maps = new ArrayList<>();
    List<JsonNode> all = ResultJson.all(image);
    for (JsonNode input : all) {
      List<JsonNode> parts = new ArrayList<>();
      input.path("panels").forEach(parts::add);
      parts.removeIf(part -> !RecordedMap.isShown(part));
      if (!input.equals(image) && !parts.isEmpty()) {
        parts.add(0, RecordedMap.heldPicture(input));
      }
      for (JsonNode part : parts) {
        maps.add(new RecordedMap(folder, input, part, provenance.settings(), all.size() > 1));
      }
    }
    return maps;
  }

  private static List<Integer> rows(FigureChoice choice, int images) {
    if (choice.rows().isEmpty()) {
      return IntStream.range(0, images).boxed().toList();
    }
    for (int row : choice.rows()) {
      if (row < 1 || row > images) {
        throw new PicassoException(
            "There is no row %d; the results have rows 1 to %d.".formatted(row, images));
      }
    }
    return choice.rows().stream().map(row -> row - 1).toList();
  }

  private FigureTable table() {
    Line widest = lines.stream().max(Comparator.comparingInt(l -> l.maps().size())).orElseThrow();
    List<Integer> columns = columns(widest);
    boolean alike = lines.stream().map(Line::labels).distinct().count() == 1;
    boolean ofOne = lines.stream().allMatch(line -> line.classes().size() == 1);
    boolean sameWithout = (!alike || ofOne) && isSameWithoutClass(widest);
    Map<RecordedMap, Scale> scales =
        SharedScales.of(
            lines.stream().map(line -> chosen(line, columns)).toList(), choice.scales());
    Map<Integer, String> headings = new HashMap<>();
    choice.headings().forEach((column, text) -> headings.put(column(column, widest), text));
    int limit = Math.max(1, finest / Math.max(1, columns.size()));
    long pixels = 0;
    List<Row> rows = new ArrayList<>();
    for (Line line : lines) {
      List<Cell> cells = new ArrayList<>();
      List<Integer> held = columns.stream().filter(c -> c < line.maps().size()).toList();
      for (int c : held) {
        Cell cell = cell(line, c, !alike && !sameWithout, scales, limit, headings);
        cells.add(cell);
        pixels += (long) cell.picture().width() * cell.picture().height();
      }
      if (pixels > LARGEST) {
        throw new PicassoException(
            "A figure of so many pictures is too large; choose fewer rows, or fewer dpi.");
      }
      String label = choice.labels().getOrDefault(line.place(), line.name());
      rows.add(new Row(label, cells, notes(line, held, !sameWithout)));
    }
    List<String> heads =
        alike || sameWithout
            ? columns.stream()
                .map(c -> headings.getOrDefault(c, head(widest, c, sameWithout)))
                .toList()
            : List.of();
    return new FigureTable(
        citation.of(shown(columns)).title(),
        heads,
        rows,
        choice
            .caption()
            .orElseGet(
                () -> citation.of(shown(columns)).caption(shown(columns), isOneScaleEach(scales))));
  }

  /** Whether the rows' maps are of the same things, but for the class. */
  private boolean isSameWithoutClass(Line widest) {
    return IntStream.range(0, widest.maps().size())
        .allMatch(
            c ->
                !widest.withoutClass(c).equals(widest.maps().get(c).heading())
                    && lines.stream()
                        .allMatch(
                            line ->
                                c >= line.maps().size()
                                    || line.withoutClass(c).equals(widest.withoutClass(c))));
  }

  private List<RecordedMap> shown(List<Integer> columns) {
    return lines.stream().flatMap(line -> chosen(line, columns).stream()).toList();
  }

  private static List<RecordedMap> chosen(Line line, List<Integer> columns) {
    return columns.stream()
        .filter(c -> c >= 0 && c < line.maps().size())
        .map(line.maps()::get)
        .toList();
  }

  /** Whether no two maps of a row share a scale. */
  private boolean isOneScaleEach(Map<RecordedMap, Scale> scales) {
    return lines.stream()
        .allMatch(
            line ->
                line.maps().stream().flatMap(map -> scale(map, scales).stream()).distinct().count()
                    == line.maps().stream().filter(map -> map.scale().isPresent()).count());
  }

  private static Optional<Scale> scale(RecordedMap map, Map<RecordedMap, Scale> scales) {
    return Optional.ofNullable(scales.get(map)).or(map::scale);
  }

  private static String head(Line widest, int column, boolean withoutClass) {
    if (column < 0) {
      return IMAGE;
    }
    String head = withoutClass ? widest.withoutClass(column) : widest.maps().get(column).heading();
    return head.replace(SideBySide.BETWEEN, "\n");
  }

  private static List<Note> notes(Line line, List<Integer> columns, boolean named) {
    List<Optional<RecordedMap>> maps =
        columns.stream()
            .map(c -> c < 0 ? Optional.<RecordedMap>empty() : Optional.of(line.maps().get(c)))
            .toList();
    return RowNotes.of(maps, line.classes(), named);
  }

  private Cell cell(
      Line line,
      int column,
      boolean headed,
      Map<RecordedMap, Scale> scales,
      int limit,
      Map<Integer, String> headings) {
    if (column < 0) {
      return new Cell(
          limited(RecordedMap.original(folder, line.image()), limit),
          headed ? headings.getOrDefault(column, "") : "",
          Optional.empty());
    }
    RecordedMap map = line.maps().get(column);
    Optional<Scale> made = map.scale();
    Optional<Scale> scale = scale(map, scales);
    Canvas picture = scale.equals(made) ? map.drawn() : map.drawn(scale.orElseThrow());
    String heading =
        headed
            ? headings.getOrDefault(column, map.heading().replace(SideBySide.BETWEEN, "\n"))
            : "";
    return new Cell(limited(picture, limit), heading, scale);
  }

  /** By a whole factor, so that what is left is reduced well when it is laid out. */
  private static Canvas limited(Canvas picture, int width) {
    int factor = picture.width() / width;
    int longer = Math.max(picture.width(), picture.height());
    return factor < 2 ? picture : picture.fitting(longer / factor);
  }

  /** Places among the maps, −1 for the image. */
  private List<Integer> columns(Line widest) {
    if (choice.columns().isEmpty()) {
      return IntStream.range(-1, widest.maps().size()).boxed().toList();
    }
    return choice.columns().stream().map(wanted -> column(wanted.strip(), widest)).toList();
  }

  private static int column(String wanted, Line widest) {
    if (wanted.equalsIgnoreCase(IMAGE)) {
      return -1;
    }
    List<String> labels = widest.labels();
    if (wanted.matches("\\d{1,4}")) {
      int place = Integer.parseInt(wanted);
      if (place >= 1 && place <= labels.size()) {
        return place - 1;
      }
    }
    String lower = wanted.toLowerCase(Locale.ROOT);
    for (String label : labels) {
      if (label.equalsIgnoreCase(wanted)) {
        return labels.indexOf(label);
      }
    }
    return IntStream.range(0, labels.size())
        .filter(i -> labels.get(i).toLowerCase(Locale.ROOT).contains(lower))
        .findFirst()
        .orElseThrow(
            () ->
                new PicassoException(
                    "There is no column %s; there are image, %s, or their numbers 1 to %d."
                        .formatted(wanted, String.join(", ", labels), labels.size())));
  }
}
