package dev.picasso.region;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some places of the entry, and what a program is fed with for them: which rows of its tables each
 * place reads. All is made of whole numbers along each axis.
 */
public final class Places {
  private final RegionGraph.Program program;
  private final List<Place> places;
  private final Map<List<Object>, Parts> parts = new HashMap<>();
  private final Map<Field, Span> strips = new HashMap<>();

  /**
   * What changes at a place.
   *
   * @param rows of the entry, at least one
   * @param columns of the entry, at least one
   */
  public record Place(Span rows, Span columns) {}

  /**
   * The parts of an axis that the places hold; all are equally long, and within the axis.
   *
   * @param spans one for each place
   */
  private record Parts(List<Span> spans) {
    static Parts of(Influence influence, int cells, List<Span> pixels, double cap) {
      List<Span> exact = pixels.stream().map(p -> influence.of(p, cells, cap)).toList();
      int longest = Math.max(1, exact.stream().mapToInt(Span::length).max().orElse(1));
      return new Parts(exact.stream().map(s -> s.widened(longest, cells)).toList());
    }

    int length() {
      return spans.get(0).length();
    }
  }

  /** Cells along an axis: so many from a first one on, always so far apart. */
  private record Cells(int start, int count, int step) {}

  public Places(RegionGraph.Program program, List<Place> places) {
    this.program = program;
    this.places = List.copyOf(places);
    program.choices().keySet().forEach(this::extendStrip);
  }

  /** How many rows and columns of the entry the program is given at each place. */
  public List<Place> held() {
    Parts down = down(program.field());
    Parts across = across(program.field());
    List<Place> held = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      held.add(new Place(down.spans().get(i), across.spans().get(i)));
    }
    return held;
  }

  /**
   * What the program reads beside the parts of the entry.
   *
   * @param maps of the unchanged input, by value: [rows · columns, channels]
   */
  public Map<String, Tensor> inputs(Map<String, Tensor> maps) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    program.choices().forEach((choice, name) -> inputs.put(name, rows(choice)));
    program
        .bases()
        .forEach((name, base) -> inputs.put(name, strip(map(maps, base.value()), base.field())));
    return inputs;
  }

  private static Tensor map(Map<String, Tensor> maps, String value) {
    return Optional.ofNullable(maps.get(value))
        .orElseThrow(() -> new IllegalArgumentException("there is no map of " + value));
  }

  private Tensor strip(Tensor map, Field field) {
    Span rows = strips.getOrDefault(field, new Span(0, field.height()));
    int row = Math.toIntExact(map.shape().dim(1) * field.width() * map.type().bytes());
    ByteBuffer bytes = map.bytes();
    bytes.limit(rows.to() * row).position(rows.from() * row);
    long cells = (long) rows.length() * field.width();
    return Tensor.of(map.type(), Shape.of(cells, map.shape().dim(1)), bytes.slice());
  }

  /** Which rows of a table are read, [places, rows, columns]. */
  private Tensor rows(Reading.Choice choice) {
    Field field = field(choice);
    Parts down = down(field);
    Parts across = across(field);
    Span strip = strips.getOrDefault(field, new Span(0, field.height()));
    int base = strip.length() * field.width();
    int each = down.length() * across.length();
    int outside = base + places.size() * each;
    boolean changes = choice.from().isPresent();
    Cells first = cellsDown(choice, 0);
    int wide = cellsAcross(choice, 0).count();
    Shape shape = Shape.of(places.size(), first.count(), wide);
    ByteBuffer bytes = Tensor.allocate(4L * shape.size());
    IntBuffer out = bytes.asIntBuffer();
    int[] line = new int[wide];
    for (int i = 0; i < places.size(); i++) {
      Cells rows = cellsDown(choice, i);
      Cells columns = cellsAcross(choice, i);
      Span ownRows = down.spans().get(i);
      Span ownColumns = across.spans().get(i);
      for (int r = 0; r < rows.count(); r++) {
        int y = rows.start() + r * rows.step();
        boolean own = changes && ownRows.holds(y);
        boolean within = y >= 0 && y < field.height();
        int row = (y - strip.from()) * field.width();
        int part = base + i * each + (y - ownRows.from()) * across.length() - ownColumns.from();
        for (int c = 0; c < wide; c++) {
          int x = columns.start() + c * columns.step();
          if (!within || x < 0 || x >= field.width()) {
            line[c] = outside;
          } else {
            line[c] = own && ownColumns.holds(x) ? part + x : row + x;
          }
        }
        out.put(line);
      }
    }
    return Tensor.of(DataType.INT32, shape, bytes);
  }

  private static Field field(Reading.Choice choice) {
    return choice.from().orElseGet(() -> ((Target.Windows) choice.to()).outputs());
  }

  private Cells cellsDown(Reading.Choice choice, int place) {
    if (choice.to() instanceof Target.Windows w) {
      return cells(w.down(), down(w.outputs()).spans().get(place));
    }
    return new Cells(0, field(choice).height(), 1);
  }

  private Cells cellsAcross(Reading.Choice choice, int place) {
    if (choice.to() instanceof Target.Windows w) {
      return cells(w.across(), across(w.outputs()).spans().get(place));
    }
    return new Cells(0, field(choice).width(), 1);
  }

  private static Cells cells(Sweep sweep, Span outputs) {
    return new Cells(sweep.start(outputs.from()), sweep.needed(outputs.length()), sweep.step());
  }

  private Parts down(Field field) {
    return parts.computeIfAbsent(
        List.of("down", field.rows(), field.height()),
        k ->
            Parts.of(
                field.rows(),
                field.height(),
                places.stream().map(Place::rows).toList(),
                program.cap()));
  }

  private Parts across(Field field) {
    return parts.computeIfAbsent(
        List.of("across", field.columns(), field.width()),
        k ->
            Parts.of(
                field.columns(),
                field.width(),
                places.stream().map(Place::columns).toList(),
                program.cap()));
  }

  /** Of a map those rows are handed over that are read at any of the places. */
  private void extendStrip(Reading.Choice choice) {
    if (choice.from().isEmpty()) {
      return;
    }
    Field field = field(choice);
    int from = field.height();
    int to = 0;
    for (int i = 0; i < places.size(); i++) {
      Cells rows = cellsDown(choice, i);
      from = Math.min(from, Math.max(0, rows.start()));
      to =
          Math.max(
              to, Math.min(field.height(), rows.start() + (rows.count() - 1) * rows.step() + 1));
    }
    Span read = new Span(Math.min(from, to), to);
    strips.merge(
        field, read, (a, b) -> new Span(Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
  }

  /** The places as given. */
  public List<Place> all() {
    return places;
  }
}
